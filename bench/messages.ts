import { createEmulator } from '../index.js';
import type { AppApi, Application } from '../nodes/index.js';
import { nodeKinds } from '../nodes/index.js';
import { BLOCK_BYTES, Status } from '../rmc-core/index.js';
import type { BenchResult } from './result.js';

const MESSAGES = 400_000;
const WARM_UP = 40_000;
const MESSAGE_BYTES = 64;
const PORT = 9;
const HOUR_US = 3_600_000_000;

/** Takes whatever comes. */
const server: Application = {
  onStart(api) {
    api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: PORT });
  },
};

/** Sends as fast as RMC takes it: until RMC_EAGAIN, then again at each `writable`. */
class Sender implements Application {
  readonly #message = new Uint8Array(MESSAGE_BYTES).fill(0x2a);
  #left: number;

  constructor(messages: number) {
    this.#left = messages;
  }

  onStart(api: AppApi): void {
    api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'server', port: PORT });
  }

  onOpenDone(api: AppApi, session: number): void {
    this.#send(api, session);
  }

  onWritable(api: AppApi, session: number): void {
    this.#send(api, session);
  }

  #send(api: AppApi, session: number): void {
    while (this.#left > 0 && api.rmcSend(session, this.#message) === Status.RMC_INPROGRESS) this.#left -= 1;
  }
}

/** Messages a CPU second between two nodes of a kind, through the whole emulator. */
function messagesPerCpuSecond(kindName: string, messages: number): number {
  const kind = nodeKinds.find((one) => one.name === kindName);
  if (kind === undefined) return Number.NaN;
  const emulator = createEmulator({ log: 'counted' });
  emulator.addNode('server', kind).addApp('server', server);
  emulator.addNode('client', kind).addApp('client', new Sender(messages));
  const before = process.cpuUsage();
  const { world } = emulator;
  const message = world.eventType('message');
  while (world.log.countOf(message) < messages && world.nowUs < HOUR_US) emulator.run(1_000_000);
  const used = process.cpuUsage(before);
  const delivered = world.log.countOf(message);
  if (delivered !== messages) throw new Error(`only ${delivered} of ${messages} messages arrived`);
  return delivered / ((used.user + used.system) / 1_000_000);
}

/** Reliable 64-byte messages between two nodes, window 32, log counted, digest on. */
export function run(): readonly BenchResult[] {
  return nodeKinds.map((kind) => {
    messagesPerCpuSecond(kind.name, WARM_UP);
    return {
      name: `reliable 64-byte messages, ${kind.title} to ${kind.title}`,
      value: messagesPerCpuSecond(kind.name, MESSAGES),
      unit: 'messages/CPU s',
      target: { atLeast: 200_000 },
    };
  });
}
