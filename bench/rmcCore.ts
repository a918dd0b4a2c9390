import { defaultCoreTimers, RmcCore } from '../rmc-core/index.js';
import type { BenchResult } from './result.js';

// What a reliable message costs in the protocol machine alone: two cores on a direct wire, no emulator around them.

const MESSAGES = 2_000_000;
const WARM_UP = 200_000;
const MESSAGE_BYTES = 64;
const MEMORY_BYTES = 64 * 1024;
const PORT = 5;
const OWNER = 1;

function makeCore(node: number): RmcCore {
  const core = new RmcCore({
    node,
    place: 0,
    incarnation: 1,
    release: 'R1.1',
    timers: defaultCoreTimers,
    memory: new Uint8Array(MEMORY_BYTES),
    memoryBase: 0,
  });
  core.setCredit(OWNER, Number.POSITIVE_INFINITY);
  return core;
}

/** Takes all that `from` has to send to `to`; gives the number of frames. */
function carry(from: RmcCore, to: RmcCore, nowUs: number): number {
  let frames = 0;
  while (from.pollFrame()) {
    const { bytes, offset, length } = from.frame;
    to.handleFrame(bytes, offset, length, nowUs);
    frames++;
  }
  return frames;
}

/** As `carry`, but the other side answers each frame before the next one comes. */
function carryOneByOne(from: RmcCore, to: RmcCore, nowUs: number): number {
  let frames = 0;
  while (from.pollFrame()) {
    const { bytes, offset, length } = from.frame;
    to.handleFrame(bytes, offset, length, nowUs);
    frames += 1 + carry(to, from, nowUs);
  }
  return frames;
}

function drain(core: RmcCore): number {
  let outputs = 0;
  while (core.pollOutput()) outputs++;
  return outputs;
}

function connect(client: RmcCore, server: RmcCore): number {
  server.listen({ address: 0, port: PORT, owner: OWNER }, 0);
  const session = client.open(
    { address: 0, node: 2, place: 0, port: PORT, owner: OWNER, abortSession: true },
    0,
  );
  carry(client, server, 0);
  server.accept(1, 128, true, 0);
  carry(server, client, 0);
  carry(client, server, 0);
  drain(client);
  drain(server);
  return session;
}

/** Messages a CPU second. */
function measure(messages: number, move: typeof carry): number {
  const client = makeCore(1);
  const server = makeCore(2);
  const session = connect(client, server);
  const payload = new Uint8Array(MESSAGE_BYTES).fill(0x61);
  const burst = defaultCoreTimers.window;
  const before = process.cpuUsage();
  for (let sent = 0, nowUs = 0; sent < messages; sent += burst) {
    nowUs += 100;
    for (let i = 0; i < burst; i++) client.send(session, payload, 0, MESSAGE_BYTES, nowUs);
    move(client, server, nowUs);
    drain(server);
    move(server, client, nowUs);
    const done = drain(client);
    if (done !== burst) throw new Error(`${done} outputs for ${burst} messages`);
    if (client.nextTimeoutUs() <= nowUs) client.handleTimeout(nowUs);
    if (server.nextTimeoutUs() <= nowUs) server.handleTimeout(nowUs);
    carry(client, server, nowUs);
    carry(server, client, nowUs);
  }
  const used = process.cpuUsage(before);
  return messages / ((used.user + used.system) / 1e6);
}

/** The two ways in which acknowledgements come: one for all frames of an instant, and one for each frame. */
export function run(): readonly BenchResult[] {
  measure(WARM_UP, carry);
  measure(WARM_UP, carryOneByOne);
  const unit = 'messages/CPU s';
  return [
    {
      name: `reliable ${MESSAGE_BYTES}-byte messages, two cores, window 32, one ACK an instant`,
      value: measure(MESSAGES, carry),
      unit,
      target: { atLeast: 1_000_000 },
    },
    {
      name: `reliable ${MESSAGE_BYTES}-byte messages, two cores, window 32, one ACK a message`,
      value: measure(MESSAGES, carryOneByOne),
      unit,
    },
  ];
}
