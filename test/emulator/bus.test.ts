import { describe, expect, it } from 'vitest';
import { LimitReached, Refused } from '../../emulator/index.js';
import { type Bed, bed, eventsOf, linesOf } from './bed.js';

const times = (it: Bed): number[] => it.arrivals.map((arrival) => arrival.timeUs);
const firsts = (it: Bed): number[] => it.arrivals.map((arrival) => arrival.first);

describe('bus', () => {
  it('§7 a frame takes the latency, and is logged with its cause', () => {
    const it = bed(['a', 'b']);
    it.send('a', 'b', 9, 'OPEN_REQ');
    it.world.runTo(1000);
    expect(it.arrivals).toMatchObject([{ timeUs: 100, to: 'b', first: 9, corrupt: false }]);
    expect(linesOf(it.world, 'frame_sent')).toEqual(['0 node=a frame=OPEN_REQ from=a to=b']);
    expect(linesOf(it.world, 'frame_delivered')).toEqual(['100 node=b frame=OPEN_REQ from=a to=b']);
    expect(eventsOf(it.world).map((event) => event.cause)).toEqual([0, 1]);
    expect(it.world.bus.counters).toEqual({ sent: 1, delivered: 1, dropped: 0, bytes: 4 });
  });

  it('§7 a frame to its own node takes one latency too', () => {
    const it = bed(['a']);
    it.send('a', 'a');
    it.world.runTo(1000);
    expect(times(it)).toEqual([100]);
  });

  it('§2 frames sent at the same time arrive in the order in which they were sent', () => {
    const it = bed(['a', 'b', 'c']);
    for (const from of ['c', 'a', 'b', 'a']) it.send(from, 'b', it.world.log.count);
    it.world.runTo(1000);
    expect(firsts(it)).toEqual([0, 1, 2, 3]);
  });

  it('§3 frames on their way can be looked at, those that arrive first before the others', () => {
    const it = bed(['a', 'b', 'c']);
    const seen = (): number[][] =>
      it.world.bus.flying().map(({ slot, arrivesUs }) => [it.world.bus.frames.sentEvent[slot]!, arrivesUs]);
    expect(seen()).toEqual([]);
    it.world.bus.links.set('latencyUs', 500, 1, 2);
    it.world.at(
      300,
      it.world.handler('other', () => {}),
    );
    it.send('a', 'b');
    it.send('a', 'c');
    it.send('b', 'c');
    expect(seen()).toEqual([
      [2, 100],
      [3, 100],
      [1, 500],
    ]);
    it.world.runTo(100);
    expect(seen()).toEqual([[1, 500]]);
    it.world.runTo(500);
    expect(seen()).toEqual([]);
  });

  it('a frame is copied when it is sent', () => {
    const it = bed(['a', 'b']);
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    it.world.bus.send(1, 2, 3, 4, it.world.strings.intern('DATA'), -1, bytes, 1, 3);
    const { frames } = it.world.bus;
    expect([frames.place[0], frames.port[0], frames.from[0], frames.to[0]]).toEqual([3, 4, 1, 2]);
    bytes.fill(0);
    it.world.runTo(1000);
    expect([...it.arrivals[0]!.bytes]).toEqual([2, 3, 4]);
  });

  it('§1 many frames in flight keep their bytes; the pool is used again; a full one shows itself', () => {
    const it = bed(['a', 'b'], { limits: { frames: 1000 } });
    for (let n = 0; n < 1000; n += 1) it.send('a', 'b', n % 256, 'DATA', 1 + (n % 1500));
    expect(() => it.send('a', 'b')).toThrow(LimitReached);
    it.world.runTo(1000);
    expect(firsts(it)).toEqual(Array.from({ length: 1000 }, (_, n) => n % 256));
    expect(
      it.arrivals.every(
        ({ bytes, first }, n) => bytes.length === 1 + (n % 1500) && bytes.every((b) => b === first),
      ),
    ).toBe(true);
    expect(it.world.bus.frames.used).toBe(0);
    expect(() => it.world.bus.release(0)).toThrow('released twice');
    expect(() => it.send('a', 'b', 0, 'DATA', 1537)).toThrow('longer than a slot');
  });
});

describe('link settings', () => {
  const sendMany = (it: Bed, many: number, gapUs = 0, length = 4): void => {
    for (let n = 0; n < many; n += 1) {
      it.send('a', 'b', n, 'DATA', length);
      if (gapUs > 0) it.world.runTo(it.world.nowUs + gapUs);
    }
    it.world.runTo(it.world.nowUs + 100_000);
  };

  it('§3 link latency', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('latencyUs', 7);
    sendMany(it, 1);
    expect(times(it)).toEqual([7]);
  });

  it('§3 link jitter adds up to so much, evenly', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('jitterUs', 50);
    sendMany(it, 200);
    expect(Math.min(...times(it))).toBeLessThan(105);
    expect(Math.max(...times(it))).toBeGreaterThan(145);
    expect(times(it).every((timeUs) => timeUs >= 100 && timeUs <= 150)).toBe(true);
  });

  it('§7 link bandwidth is in bits a second, and frames of one direction wait for one another', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('bandwidthBitsPerS', 100_000_000);
    sendMany(it, 3, 0, 125);
    expect(times(it)).toEqual([110, 120, 130]);
    it.send('b', 'a', 0, 'DATA', 125);
    it.world.runTo(it.world.nowUs + 1000);
    expect(times(it).at(-1)).toBe(100_000 + 110);
  });

  it('§3 link loss drops with the reason loss', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('loss', 0.3);
    sendMany(it, 500);
    const dropped = linesOf(it.world, 'frame_dropped');
    expect(dropped.length + it.arrivals.length).toBe(500);
    expect(dropped.length).toBeGreaterThan(110);
    expect(dropped.length).toBeLessThan(190);
    expect(dropped[0]).toBe('0 node=a frame=DATA from=a to=b reason=loss');
    expect(it.world.bus.frames.used).toBe(0);
  });

  it('§7 link duplicate: the second follows one latency later', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('duplicate', 1);
    sendMany(it, 1);
    expect(times(it)).toEqual([100, 200]);
    expect(linesOf(it.world, 'frame_sent')).toHaveLength(1);
    expect(linesOf(it.world, 'frame_delivered')).toHaveLength(2);
  });

  it('§7 link reorder: a frame is held for 1 to 3 latencies, the next ones pass it', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('reorder', 0.3);
    sendMany(it, 100, 50);
    const held = it.arrivals.filter(({ timeUs, first }) => timeUs !== first * 50 + 100);
    expect(held.length).toBeGreaterThan(15);
    expect(held.every(({ timeUs, first }) => timeUs >= first * 50 + 200 && timeUs <= first * 50 + 400)).toBe(
      true,
    );
    expect(firsts(it)).not.toEqual([...firsts(it)].sort((x, y) => x - y));
  });

  it('§3 link corrupt flips one bit of the copy', () => {
    const it = bed(['a', 'b']);
    it.world.bus.links.set('corrupt', 1);
    sendMany(it, 50);
    for (const { bytes, corrupt } of it.arrivals) expect(corrupt && bytes.length === 4).toBe(true);
    const flipped = it.arrivals.map(({ bytes }, n) => bytes.reduce((sum, byte) => sum + bits(byte ^ n), 0));
    expect(new Set(flipped)).toEqual(new Set([1]));
    it.send('a', 'b', 0, 'DATA', 0);
    it.world.runTo(it.world.nowUs + 1000);
    expect(it.arrivals.at(-1)!.bytes.length).toBe(0);
  });

  it('§3 --from and --to narrow a setting; the later command wins; nodes that come later are in', () => {
    const it = bed(['a', 'b']);
    const { links } = it.world.bus;
    links.set('latencyUs', 10);
    links.set('latencyUs', 20, 1);
    links.set('latencyUs', 30, 0, 2);
    const c = it.world.nodes.add('c', it.world.nodes.model(1));
    const latencies = (): number[] =>
      [
        [1, 2],
        [2, 1],
        [1, c],
        [c, 2],
      ].map(([from, to]) => links.link(from!, to!).latencyUs);
    expect(latencies()).toEqual([30, 10, 20, 30]);
    links.set('latencyUs', 40, 1);
    expect(latencies()).toEqual([40, 10, 40, 30]);
    links.set('latencyUs', 50);
    expect(latencies()).toEqual([50, 50, 50, 50]);
  });

  it('§3 a setting that cannot be is refused', () => {
    const { links } = bed(['a']).world.bus;
    expect(() => links.set('loss', 1.1)).toThrow(Refused);
    expect(() => links.set('loss', Number.NaN)).toThrow(Refused);
    expect(() => links.set('latencyUs', -1)).toThrow(Refused);
    expect(() => links.set('jitterUs', 0.5)).toThrow(Refused);
  });
});

describe('cut, isolate, heal', () => {
  const reach = (it: Bed): string[] => {
    const before = it.arrivals.length;
    const names = it.world.nodes.state.map(({ name }) => name);
    names.forEach((from, index) => {
      for (const to of names) if (to !== from) it.send(from, to, index);
    });
    it.world.runTo(it.world.nowUs + 1000);
    return it.arrivals.slice(before).map(({ first, to }) => `${names[first]}>${to}`);
  };

  it('§3 a cut drops both directions with the reason cut, one-way only the one', () => {
    const it = bed(['a', 'b', 'c']);
    it.world.bus.cut(1, 2, true);
    expect(reach(it)).toEqual(['a>c', 'b>a', 'b>c', 'c>a', 'c>b']);
    expect(it.world.bus.links.cuts()).toEqual([{ from: 1, to: 2, oneWay: true }]);
    it.world.bus.cut(2, 1, false);
    expect(reach(it)).toEqual(['a>c', 'b>c', 'c>a', 'c>b']);
    expect(it.world.bus.links.cuts()).toEqual([{ from: 1, to: 2, oneWay: false }]);
    expect(linesOf(it.world, 'frame_dropped')[0]).toBe('0 node=a frame=DATA from=a to=b reason=cut');
    expect(() => it.world.bus.cut(1, 1, false)).toThrow(Refused);
  });

  it('§3 isolate cuts a node from all others, also from those that come later', () => {
    const it = bed(['a', 'b', 'c']);
    it.world.bus.isolate(2);
    expect(reach(it)).toEqual(['a>c', 'c>a']);
    it.world.nodes.add('d', it.world.nodes.model(1));
    expect(it.world.bus.links.link(2, 4).cut && it.world.bus.links.link(4, 2).cut).toBe(true);
    it.send('b', 'b');
    it.world.runTo(it.world.nowUs + 1000);
    expect(it.arrivals.at(-1)!.to).toBe('b');
  });

  it('§3 heal mends one way, or all', () => {
    const it = bed(['a', 'b', 'c']);
    it.world.bus.isolate(2);
    it.world.bus.heal(3, 2);
    expect(reach(it)).toEqual(['a>c', 'b>c', 'c>a', 'c>b']);
    it.world.bus.heal();
    expect(reach(it)).toHaveLength(6);
    expect(it.world.bus.links.cuts()).toEqual([]);
  });

  it('§7 frames in flight when a link is cut still arrive', () => {
    const it = bed(['a', 'b']);
    it.send('a', 'b');
    it.world.runTo(50);
    it.world.bus.cut(1, 2, false);
    it.send('a', 'b');
    it.world.runTo(1000);
    expect(times(it)).toEqual([100]);
  });

  it('§7 frames for a node that is off, or boots, are dropped at arrival', () => {
    const it = bed(['a', 'b']);
    it.send('a', 'b');
    it.world.nodes.powerOff(2);
    it.world.runTo(1000);
    it.world.nodes.powerOn(2, 500);
    it.send('a', 'b');
    it.world.runTo(1200);
    expect(it.arrivals).toEqual([]);
    expect(linesOf(it.world, 'frame_dropped')).toEqual([
      '100 node=b frame=DATA from=a to=b reason=off',
      '1100 node=b frame=DATA from=a to=b reason=off',
    ]);
    expect(it.world.bus.frames.used).toBe(0);
  });

  it('D20 frames in flight outlive their sender', () => {
    const it = bed(['a', 'b']);
    it.send('a', 'b');
    it.world.nodes.powerOff(1);
    it.world.runTo(1000);
    expect(times(it)).toEqual([100]);
  });

  it('D30 the last failure between two nodes, or of a node, is known', () => {
    const it = bed(['a', 'b', 'c']);
    const { faults, nodes, log } = it.world;
    expect(faults.lastFault(1, 2)).toBeUndefined();
    it.world.runTo(10);
    log.cause = it.world.command('cut a b --one-way');
    it.world.bus.cut(1, 2, true);
    log.cause = 0;
    const cut = { what: 'cut', timeUs: 10, event: 1 };
    expect(faults.lastFault(1, 2)).toEqual(cut);
    expect(faults.lastFault(2, 1)).toEqual(cut);
    expect(faults.lastFault(1, 3)).toBeUndefined();
    it.world.runTo(20);
    nodes.powerOff(1);
    expect(faults.lastFault(1, 2)).toEqual({ what: 'node_down', timeUs: 20, event: 2 });
    expect(faults.lastFault(2, 1)).toEqual(cut);
  });
});

function bits(byte: number): number {
  return byte === 0 ? 0 : (byte & 1) + bits(byte >> 1);
}
