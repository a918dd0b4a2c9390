import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../emulator/index.js';
import type { Emulator } from '../../index.js';
import { kinds, lab, pair, plain } from './lab.js';

function dropped(emulator: Emulator, reason: string): number {
  return emulator.events('frame_dropped').filter((event) => event.fields.get('reason') === reason).length;
}

/** When things happened, from the first rmc_send on. */
function since(emulator: Emulator, events: readonly LoggedEvent[]): readonly number[] {
  const sentUs = emulator.events('rmc_send')[0]?.timeUs ?? 0;
  return events.map((event) => event.timeUs - sentUs);
}

function messageTimes(emulator: Emulator): readonly number[] {
  return since(emulator, emulator.events('message'));
}

/** From the bus to the application: an EEE's mailbox lies between. */
const IPC: Readonly<Record<string, number>> = { ssc: 0, eee: 5 };

describe.each(kinds)('an injection, the server being on an %s', (kind) => {
  const ipc = IPC[kind] ?? 0;
  const sent = (lines: string) => {
    const emulator = pair(kind);
    emulator.command(lines);
    return emulator;
  };

  it('D24 loss: dropped with reason inject, and sent again after rto', () => {
    const emulator = sent('inject loss --frame DATA --count 1\nrmc_send c hello\nrun 1s');
    expect(dropped(emulator, 'inject')).toBe(1);
    expect(messageTimes(emulator)).toEqual([50_000 + 100 + ipc]);
  });

  it('D24 duplicate: delivered twice, handed up once', () => {
    const emulator = sent('inject duplicate --frame DATA --count 1\nrmc_send c hello\nrun 1s');
    const data = emulator.events('frame_delivered').filter((event) => event.fields.get('frame') === 'DATA');
    expect(since(emulator, data)).toEqual([100, 200]);
    expect(messageTimes(emulator)).toEqual([100 + ipc]);
  });

  it('D24 delay: later by that much', () => {
    const emulator = sent('inject delay --frame DATA --count 1 --delay 7ms\nrmc_send c hello\nrun 1s');
    expect(messageTimes(emulator)).toEqual([7_100 + ipc]);
  });

  it('D24 reorder: held for 1 to 3 latencies, so that what follows overtakes it, and waits', () => {
    const emulator = sent('inject reorder --frame DATA --count 1\nrmc_send c a\nrmc_send c b\nrun 1s');
    const [first, second] = messageTimes(emulator);
    expect(first).toBeGreaterThanOrEqual(200 + ipc);
    expect(first).toBeLessThanOrEqual(400 + ipc);
    expect(second).toBe(first);
    expect(emulator.events('message').map((event) => event.fields.get('text'))).toEqual(['a', 'b']);
  });

  it('D24 corrupt: dropped where it arrives, by its CRC', () => {
    const emulator = sent('inject corrupt --frame DATA --count 1\nrmc_send c hello\nrun 1s');
    const [drop] = emulator.events('frame_dropped').map(plain);
    expect(drop).toMatchObject({ node: 'far', frame: 'DATA', reason: 'corrupt' });
    expect(messageTimes(emulator)).toEqual([50_000 + 100 + ipc]);
  });

  it('D5 alloc-failure: the open request is refused, or the call does not get made', () => {
    const place = kind === 'ssc' ? 'server' : 'far.rmc';
    const emulator = lab(`
      node far ${kind}
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9 --as s
      inject alloc-failure --in ${place} --count 1
      rmc_open client far:9 --as c
      run 1ms
      inject alloc-failure --in client --count 1
      rmc_open client far:9 --as d
    `);
    expect(emulator.events('open_done').map((event) => event.fields.get('status'))).toEqual(['RMC_ENOMEM']);
    const calls = emulator.events('rmc_open').map((event) => event.fields.get('status'));
    expect(calls).toEqual(['RMC_INPROGRESS', 'RMC_ENOMEM']);
    expect(emulator.events('memory_error').map((event) => event.fields.get('kind'))).toEqual([
      'out-of-memory',
      'out-of-memory',
    ]);
  });

  it('§3 each injection sees every frame, also one that another drops', () => {
    const emulator = sent(`
      inject loss --frame DATA --count 1 --as first
      inject loss --frame DATA --count 1 --as second
      rmc_send c hello
      run 1s`);
    expect(dropped(emulator, 'inject')).toBe(1);
    expect(emulator.world.injections.unused()).toEqual([]);
  });
});
