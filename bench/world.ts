import { type EntryHandler, type LogMode, World } from '../emulator/index.js';
import type { BenchResult } from './result.js';

// What one message costs in the emulator alone: a frame of data and a frame back, each sent and delivered, and three
// events of the applications: 2 frames, 7 events, 2 queue entries. The nodes here only answer.

const MESSAGES = 400_000;
const WARM_UP = 50_000;
const TEXT_BYTES = 64;

const events = ['bench_call', 'bench_message', 'bench_done'].map((name) => ({
  name,
  help: 'an event of an application',
  common: ['node', 'app', 'session', 'peer'] as const,
  fields: [
    { name: 'text', type: 'text' as const, help: '' },
    { name: 'size', type: 'int' as const, help: '' },
  ],
}));

/** Two nodes: `start` sends a message, its answer sends the next, until none are left. */
function pingPong(log: LogMode, messages: number): World {
  const install = (): void => {};
  const world = new World({ log, extensions: [{ name: 'bench', events, commands: [], install }] });
  const data = world.strings.intern('DATA');
  const ack = world.strings.intern('ACK');
  const session = world.strings.intern('client.1');
  const [call, message, done] = events.map((event) => world.eventType(event.name));
  const bytes = new Uint8Array(128);
  const { bus } = world;
  let left = messages;

  const send: EntryHandler = () => {
    left -= 1;
    const cause = world.log.cause;
    world.log.cause = world.log.emit(call!, 1, 1, session, 1, -1, TEXT_BYTES);
    bus.send(1, 2, 1, 0, data, session, bytes, 0, 64 + TEXT_BYTES);
    world.log.cause = cause;
  };
  world.nodes.add('client', {
    powerLost: install,
    booted: install,
    frameArrived(frame) {
      world.log.cause = bus.delivered(frame, 1, session);
      world.log.emit(done!, 1, 1, session, 1, -1, 0);
      bus.release(frame);
      if (left > 0) send(0, 0);
    },
  });
  world.nodes.add('server', {
    powerLost: install,
    booted: install,
    frameArrived(frame) {
      world.log.cause = bus.delivered(frame, 2, session);
      const text = world.log.text(bus.frames.bytes(frame), bus.frames.offset(frame) + 64, TEXT_BYTES);
      world.log.emit(message!, 2, 2, session, 2, text, TEXT_BYTES);
      bus.release(frame);
      bus.send(2, 1, 1, 0, ack, session, bytes, 0, 64);
    },
  });
  const start = world.handler('start', send);
  for (let stream = 0; stream < 32; stream += 1) world.at(0, start);
  return world;
}

function cpuSecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1_000_000;
}

/** Figures of the emulator alone, in each log mode. */
export function run(): readonly BenchResult[] {
  const results: BenchResult[] = [];
  for (const mode of ['off', 'counted', 'kept'] as const) {
    pingPong(mode, WARM_UP).runTo(1_000_000_000);
    const world = pingPong(mode, MESSAGES);
    const seconds = cpuSecondsOf(() => world.runTo(1_000_000_000));
    const messages = world.bus.counters.sent / 2;
    const target = mode === 'counted' ? { target: { atMost: 2 } } : {};
    results.push(
      { name: `a message, log ${mode}`, value: (seconds * 1_000_000) / messages, unit: 'us CPU', ...target },
      { name: `events, log ${mode}`, value: world.log.count / seconds, unit: 'events/CPU s' },
      { name: `frames, log ${mode}`, value: world.bus.counters.sent / seconds, unit: 'frames/CPU s' },
    );
  }
  return results;
}
