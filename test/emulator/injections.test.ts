import { describe, expect, it } from 'vitest';
import { frameInjections, type InjectionOptions, LimitReached, Refused } from '../../emulator/index.js';
import { type Bed, bed, linesOf } from './bed.js';

const times = (it: Bed): number[] => it.arrivals.map((arrival) => arrival.timeUs);

/** Sends 0, 1, 2… from a to b, one each 1,000 us, and lets all arrive. */
function sendMany(it: Bed, many: number, type = 'DATA'): void {
  for (let n = 0; n < many; n += 1) {
    it.send('a', 'b', n, type);
    it.world.runTo(it.world.nowUs + 1000);
  }
}

function injected(options: InjectionOptions, many = 3): Bed {
  const it = bed(['a', 'b', 'c']);
  it.world.injections.add(options);
  sendMany(it, many);
  return it;
}

describe('inject', () => {
  it('§3 inject loss', () => {
    const it = injected({ kind: 'loss', count: 1 });
    expect(times(it)).toEqual([1100, 2100]);
    expect(linesOf(it.world, 'frame_dropped')).toEqual(['0 node=a frame=DATA from=a to=b reason=inject']);
  });

  it('§3 inject duplicate', () => {
    expect(times(injected({ kind: 'duplicate', count: 1 }))).toEqual([100, 200, 1100, 2100]);
  });

  it('§3 inject delay: for --delay, else for one latency', () => {
    expect(times(injected({ kind: 'delay', count: 1, delayUs: 250 }))).toEqual([350, 1100, 2100]);
    expect(times(injected({ kind: 'delay', count: 1 }))).toEqual([200, 1100, 2100]);
  });

  it('§3 inject reorder: held for 1 to 3 latencies, or for --delay', () => {
    const [first] = times(injected({ kind: 'reorder', count: 1 }, 1));
    expect(first).toBeGreaterThanOrEqual(200);
    expect(first).toBeLessThanOrEqual(400);
    expect(times(injected({ kind: 'reorder', count: 1, delayUs: 1500 }))).toEqual([1100, 1600, 2100]);
  });

  it('§3 inject corrupt', () => {
    const it = injected({ kind: 'corrupt', count: 1 });
    expect(it.arrivals.map(({ corrupt }) => corrupt)).toEqual([true, false, false]);
    expect([...it.arrivals[0]!.bytes]).not.toEqual([0, 0, 0, 0]);
  });

  it('§3 filters: frame type, from, to', () => {
    const it = bed(['a', 'b', 'c']);
    const { injections, strings } = it.world;
    const ack = injections.add({ kind: 'loss', frame: strings.intern('ACK') });
    const fromC = injections.add({ kind: 'loss', from: 3 });
    const toC = injections.add({ kind: 'loss', to: 3 });
    it.send('a', 'b', 1);
    it.send('a', 'b', 2, 'ACK');
    it.send('c', 'b', 3);
    it.send('b', 'c', 4);
    it.world.runTo(1000);
    expect(it.arrivals.map(({ first }) => first)).toEqual([1]);
    expect([ack.seen, fromC.seen, toC.seen]).toEqual([1, 1, 1]);
  });

  it('§3 --skip, --count, --probability and --for bound it', () => {
    expect(times(injected({ kind: 'loss', skip: 2, count: 1 }, 4))).toEqual([100, 1100, 3100]);
    expect(times(injected({ kind: 'loss', untilUs: 1000 }, 4))).toEqual([2100, 3100]);
    const many = times(injected({ kind: 'loss', probability: 0.4 }, 200)).length;
    expect(many).toBeGreaterThan(95);
    expect(many).toBeLessThan(145);
  });

  it('§3 each inject sees every frame, also one that another, or the link, drops', () => {
    const it = bed(['a', 'b']);
    const { injections, bus } = it.world;
    const first = injections.add({ kind: 'loss', count: 1 });
    const second = injections.add({ kind: 'delay', skip: 1, count: 1, delayUs: 300 });
    sendMany(it, 3);
    expect(times(it)).toEqual([1400, 2100]);
    expect([first.seen, second.seen]).toEqual([1, 2]);
    bus.cut(1, 2, true);
    const third = injections.add({ kind: 'loss' });
    sendMany(it, 1);
    bus.heal();
    bus.links.set('loss', 1);
    sendMany(it, 1);
    expect([third.seen, third.taken]).toEqual([2, 2]);
    expect(linesOf(it.world, 'frame_dropped').map((line) => line.split('=').at(-1))).toEqual([
      'inject',
      'cut',
      'loss',
    ]);
  });

  it('§3 clear ends one, or all', () => {
    const it = bed(['a', 'b']);
    const { injections } = it.world;
    injections.add({ kind: 'loss', name: 'x' });
    injections.add({ kind: 'duplicate' });
    sendMany(it, 1);
    injections.clear('x');
    sendMany(it, 1);
    injections.clearAll();
    sendMany(it, 1);
    expect(times(it)).toEqual([1100, 1200, 2100]);
    expect(() => injections.clear('y')).toThrow(Refused);
  });

  it('§3 a name can be used again once its injection is over', () => {
    const { injections } = bed(['a']).world;
    injections.add({ kind: 'loss', name: 'x' });
    expect(() => injections.add({ kind: 'loss', name: 'x' })).toThrow('there is an injection x already');
    injections.clear('x');
    injections.add({ kind: 'delay', name: 'x' });
    injections.clear('x');
    expect(injections.state.map(({ cleared }) => cleared)).toEqual([true, true]);
  });

  it('§3 those that never took effect are known, also when they were cleared', () => {
    const it = bed(['a', 'b']);
    const { injections, strings } = it.world;
    injections.add({ kind: 'delay' });
    injections.add({ kind: 'loss', name: 'never', frame: strings.intern('ABORT') });
    injections.add({ kind: 'loss', name: 'skipped', skip: 5 });
    injections.clear('never');
    sendMany(it, 1);
    expect(injections.unused()).toEqual(['never', 'skipped']);
  });

  it('§3 every kind is shown to take effect', () => {
    for (const kind of frameInjections) {
      const it = injected({ kind, count: 1, delayUs: 10 }, 1);
      const [arrival] = it.arrivals;
      const untouched = it.arrivals.length === 1 && arrival!.timeUs === 100 && !arrival!.corrupt;
      expect([kind, untouched]).toEqual([kind, false]);
      expect(it.world.injections.unused()).toEqual([]);
    }
  });

  it('§1 too many show themselves', () => {
    const { injections } = bed(['a'], { limits: { injections: 1 } }).world;
    injections.add({ kind: 'loss' });
    expect(() => injections.add({ kind: 'loss' })).toThrow(LimitReached);
  });
});

describe('inject alloc-failure', () => {
  const withProcesses = () => {
    const { world } = bed(['a']);
    const space = world.memory.create('a', 4096);
    const client = space.owner('client', 'app', world.processes.start(1, 'client'), 4096);
    const rmc = space.owner('a.rmc', 'rmc', world.processes.start(1, 'a.rmc'), 4096);
    const alloc = (owner: number): boolean => space.alloc(128, owner) !== 0;
    return { world, space, client, rmc, alloc, name: (text: string) => world.strings.intern(text) };
  };

  it('§3 fails the allocations of the named process, within --skip and --count', () => {
    const { world, client, rmc, alloc, name } = withProcesses();
    const failure = world.injections.add({
      kind: 'alloc-failure',
      process: name('client'),
      skip: 1,
      count: 2,
    });
    expect([client, rmc, client, client, rmc, client].map(alloc)).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
    expect([failure.seen, failure.taken]).toEqual([3, 2]);
  });

  it('§3 fails pool allocations too, and frames are none of its business', () => {
    const { world, space, rmc, name } = withProcesses();
    const pool = space.reservePool(rmc, 2, 128);
    world.injections.add({ kind: 'alloc-failure', process: name('a.rmc'), count: 1 });
    expect(space.allocFromPool(pool)).toBe(0);
    expect(space.allocFromPool(pool)).toBe(0x1000);
    expect(world.injections.frameCount).toBe(0);
  });
});
