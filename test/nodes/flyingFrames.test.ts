import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import type { FlyingFrame } from '../../nodes/index.js';
import { kinds, lab, pair, plain } from './lab.js';

/** When each frame ended, by its frame_sent: twice for one with a copy. */
function ends(emulator: Emulator): ReadonlyMap<number, readonly number[]> {
  const times = new Map<number, number[]>();
  for (const kind of ['frame_delivered', 'frame_dropped']) {
    for (const { cause, timeUs } of emulator.events(kind)) {
      times.set(
        cause,
        [...(times.get(cause) ?? []), timeUs].sort((a, b) => a - b),
      );
    }
  }
  return times;
}

/** Looks at the frames on their way in many moments of a run, 40 us apart; each copy once. */
function seen(emulator: Emulator, looks: number): readonly FlyingFrame[] {
  const found = new Map<string, FlyingFrame>();
  for (let look = 0; look < looks; look += 1) {
    const { nowUs, bus } = emulator.view();
    for (const frame of bus.flying) {
      expect(frame.sentUs).toBeLessThanOrEqual(nowUs);
      expect(frame.arrivesUs).toBeGreaterThanOrEqual(nowUs);
      found.set(`${frame.event} ${frame.arrivesUs}`, frame);
    }
    emulator.command('run 40us');
  }
  emulator.command('run 1s');
  return [...found.values()];
}

describe.each(kinds)('frames on their way to and from an %s', (kind) => {
  it('§7 arrive when the view says, with jitter, bandwidth, delays, copies and damage', () => {
    const emulator = pair(kind);
    emulator.command(`
      link jitter 150us
      link bandwidth 4Mbit
      link corrupt 10%
      link reorder 10%
      inject delay --frame DATA --count 3 --delay 700us
      inject duplicate --frame ACK --count 4
      rmc_send c hello --count 20
    `);
    const flown = seen(emulator, 60);
    expect(flown.length).toBeGreaterThan(20);
    const ended = ends(emulator);
    const copies = new Map<number, number[]>();
    for (const { event, arrivesUs } of flown) {
      copies.set(
        event,
        [...(copies.get(event) ?? []), arrivesUs].sort((a, b) => a - b),
      );
    }
    for (const [event, times] of copies) expect(times, `frame ${event}`).toEqual(ended.get(event));
    expect([...copies.values()].some((times) => times.length > 1)).toBe(true);
    for (const frame of flown) {
      const sent = emulator.events('frame_sent').find(({ number }) => number === frame.event);
      expect(sent?.timeUs).toBe(frame.sentUs);
      const { from, to, type, session } = frame;
      expect(sent === undefined ? {} : plain(sent)).toMatchObject({
        ...{ from, to, frame: type },
        ...(session === '' ? {} : { session }),
      });
    }
    const damaged = flown.filter(({ corrupt }) => corrupt);
    const dropped = emulator
      .events('frame_dropped')
      .filter(({ fields }) => fields.get('reason') === 'corrupt');
    expect(damaged.length).toBeGreaterThan(0);
    for (const { event } of damaged) expect(dropped.map(({ cause }) => cause)).toContain(event);
  });

  it('§3 what was lost or cut off at once is not on its way, nor is what waits for a hung process', () => {
    const emulator = pair(kind);
    emulator.command('cut far near --one-way\nrmc_send c hello\nrun 150us');
    expect(emulator.view().bus.flying).toEqual([]);
    emulator.command('heal\nhang far\nrmc_send c hello');
    expect(emulator.view().bus.flying.map(({ type, session }) => `${type} ${session}`)).toContain('DATA c');
    emulator.command('run 101us');
    const { flying, inFlight } = emulator.view().bus;
    expect(flying.filter(({ type, session }) => `${type} ${session}` === 'DATA c')).toEqual([]);
    expect(inFlight).toBeGreaterThan(flying.length);
  });
});

describe('the bus of a view', () => {
  it('§3 shows 64 frames on their way at most, those that arrive first', () => {
    const emulator = lab(`
      node a ssc
      node b ssc
      app x --on a
      app y --on b
      set a window 200
      set b window 200
      rmc_listen y 7
      rmc_open x b:7 --as c
      run 10ms
      rmc_send c hello --count 100
    `);
    const { flying, inFlight } = emulator.view().bus;
    expect(inFlight).toBe(100);
    expect(flying).toHaveLength(64);
    const sent = emulator.events('frame_sent').slice(-100, -36);
    expect(flying.map(({ event }) => event)).toEqual(sent.map(({ number }) => number));
  });

  it('§3 says of a cut whether frames still pass the other way', () => {
    const emulator = lab('node a ssc\nnode b ssc\nnode c ssc\ncut b a --one-way\ncut a c');
    expect(emulator.view().bus.cuts).toEqual([
      { from: 'b', to: 'a', oneWay: true },
      { from: 'a', to: 'c', oneWay: false },
    ]);
  });

  it('§2 leaves out a frame whose sending a log that is not kept has forgotten', () => {
    const emulator = lab(
      `
      node a ssc
      node b ssc
      app x --on a
      app y --on b
      rmc_listen y 7
      rmc_open x b:7 --as c
      run 10ms
      inject delay --frame DATA --count 1 --delay 1m
      rmc_send c hello
    `,
      { log: 'off' },
    );
    expect(emulator.view().bus.flying.map(({ type }) => type)).toEqual(['DATA']);
    emulator.command('repeat 300\nrmc_send c hello --count 30\nrun 40ms\nend');
    const { flying } = emulator.view().bus;
    expect(flying.filter(({ sentUs }) => sentUs < 20_000)).toEqual([]);
  });
});
