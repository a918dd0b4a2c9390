import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateDigestOf } from '../../emulator/stateDigest.js';
import { type Bed, bed } from './bed.js';

/** A world with something in every part of it. */
function busy(): Bed {
  const it = bed(['a', 'b', 'c']);
  const { world } = it;
  world.bus.links.set('jitterUs', 50);
  world.injections.add({ kind: 'delay', probability: 0.5 });
  const space = world.memory.create('a', 1024);
  const process = world.processes.start(1, 'client');
  const owner = space.owner('client', 'app', process, 1024);
  space.free(space.alloc(128, owner), owner);
  space.alloc(128, owner);
  world.processes.hang(process);
  for (let n = 0; n < 10; n += 1) it.send('a', 'b', n);
  world.runTo(120);
  return it;
}

describe('state digest', () => {
  it('§2 equal for equal state', () => {
    expect(busy().world.stateDigest()).toBe(busy().world.stateDigest());
    expect(busy().world.stateDigest()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('§2 looking changes nothing', () => {
    const { world } = busy();
    const before = world.stateDigest();
    world.filter('frame_sent', [['node', 'nobody']]).next(1);
    world.subscribe(() => {});
    world.bus.links.cuts();
    expect(world.stateDigest()).toBe(before);
  });

  it('§2 differs when one byte of memory, or anything else, differs', () => {
    const changes: ((it: Bed) => void)[] = [
      () => {},
      ({ world }) => {
        world.memory.spaces[0]!.bytes[77] = 1;
      },
      ({ world }) => world.runTo(121),
      ({ world }) =>
        world.at(
          500,
          world.handler('x', () => {}),
        ),
      ({ world }) => world.nodes.powerOff(3),
      ({ world }) => world.bus.cut(1, 2, true),
      ({ world }) => world.bus.links.set('loss', 0.1),
      ({ world }) => world.random.stream('link a>b').chance(0.5),
      ({ world }) => world.processes.resume(1),
      ({ world }) => world.injections.clearAll(),
      ({ world }) => world.memory.spaces[0]!.hold(0x1080),
      ({ world }) => {
        const { frames } = world.bus;
        const slot = Array.from(frames.length).findIndex((length) => length >= 0);
        frames.flipBit(slot, 3);
      },
    ];
    const digests = changes.map((change) => {
      const it = busy();
      change(it);
      return it.world.stateDigest();
    });
    expect(new Set(digests).size).toBe(changes.length);
  });

  it('§2 tells plain values apart, and does not mind the order in which properties were written', () => {
    const states = [
      0,
      1,
      -1,
      0.5,
      2 ** 40,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      '',
      '1',
      true,
      false,
      null,
      [],
      [0],
      [[]],
      {},
      { a: 1 },
      { b: 1 },
      { a: 2 },
      new Map(),
      new Map([['a', 1]]),
      new Set(),
      new Set([1]),
      new Uint8Array(2),
      new Uint8Array(3),
    ];
    const digests = states.map((state) => stateDigestOf([['x', state]]));
    expect(new Set(digests).size).toBe(states.length);
    expect(stateDigestOf([['x', { a: 1, b: 2 }]])).toBe(stateDigestOf([['x', { b: 2, a: 1 }]]));
    expect(stateDigestOf([['x', 1]])).not.toBe(stateDigestOf([['y', 1]]));
  });

  it('§2 takes any plain value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(stateDigestOf([['x', value]])).toBe(stateDigestOf([['x', structuredClone(value)]]));
      }),
    );
  });

  it('§1 refuses what is no plain data', () => {
    class Thing {}
    const ring: unknown[] = [];
    ring.push(ring);
    for (const state of [new Thing(), () => {}, Symbol('x'), ring, new Date(0)]) {
      expect(() => stateDigestOf([['x', state]])).toThrow();
    }
  });
});
