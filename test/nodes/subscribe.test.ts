import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';

/** Two nodes, whose heartbeats and messages are events all the time. */
function busy(): Emulator {
  const emulator = createEmulator();
  emulator.command('node s ssc\nnode c ssc\napp server --on s\napp client --on c\nrmc_listen server 9');
  emulator.command('rmc_open client s:9\nexpect open_done --app client --status RMC_OK');
  emulator.command('rmc_send client.1 tick --count 50 --every 10ms');
  return emulator;
}

const upTo = (many: number): number[] => Array.from({ length: many }, (_, at) => at + 1);

describe('Emulator.subscribe', () => {
  it('§2 gives the present list and all later changes, with no gap and no repeat, in one call', () => {
    const emulator = busy();
    const lists: number[][] = [];
    for (const pauseUs of [0, 100_000, 250_000]) {
      emulator.run(pauseUs);
      const list: number[] = [];
      const { present } = emulator.subscribe((event) => list.push(event.number));
      list.unshift(...present.map(({ number }) => number));
      lists.push(list);
    }
    emulator.run(300_000);
    emulator.command('kill client\nrun 10ms');
    emulator.run(300_000);
    const all = emulator.events().map(({ number }) => number);
    expect(all).toEqual(upTo(all.length));
    expect(all.length).toBeGreaterThan(200);
    for (const list of lists) expect(list).toEqual(all);
  });

  it('§2 on an empty world everything comes to the observer', () => {
    const emulator = createEmulator();
    const seen: string[] = [];
    const { present } = emulator.subscribe(({ event }) => seen.push(event));
    expect(present).toEqual([]);
    emulator.command('node s ssc\napp a --on s');
    expect(seen).toEqual(emulator.events().map(({ event }) => event));
    expect(seen).toContain('process_start');
  });

  it('§2 an observer changes nothing in the run, and its end is the end', () => {
    const alone = busy();
    alone.run(500_000);
    const emulator = busy();
    let heard = 0;
    const subscription = emulator.subscribe(() => {
      heard += 1;
    });
    emulator.run(100_000);
    subscription.close();
    const before = heard;
    emulator.run(400_000);
    expect([heard, emulator.digest()]).toEqual([before, alone.digest()]);
  });
});
