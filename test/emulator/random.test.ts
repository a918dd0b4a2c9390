import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitReached, type RandomStream } from '../../emulator/index.js';
import { RandomStreams } from '../../emulator/random.js';
import { bed } from './bed.js';

const draw = (stream: RandomStream, many = 8): number[] =>
  Array.from({ length: many }, () => stream.intBetween(0, 1_000_000));

describe('random streams', () => {
  it('§2 a stream depends on the seed and its name alone', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), fc.array(fc.string()), (seed, name, others) => {
        const alone = draw(new RandomStreams(seed, 1000).stream(name));
        const streams = new RandomStreams(seed, 1000);
        for (const other of others) if (other !== name) draw(streams.stream(other), 3);
        expect(draw(streams.stream(name))).toEqual(alone);
      }),
    );
  });

  it('§2 another seed, or another name, gives other numbers', () => {
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1].map((seed) => draw(new RandomStreams(seed, 9).stream('x')));
    const names = ['', 'y', 'yy', 'z', 'X'].map((name) => draw(new RandomStreams(1, 9).stream(name)));
    const all = [...seeds, ...names].map((numbers) => numbers.join());
    expect(new Set(all).size).toBe(all.length);
  });

  it('§2 one stream drawn from does not move another', () => {
    const streams = new RandomStreams(7, 9);
    const alone = draw(new RandomStreams(7, 9).stream('a'), 20);
    const mixed: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      draw(streams.stream('b'), n);
      mixed.push(streams.stream('a').intBetween(0, 1_000_000));
    }
    expect(mixed).toEqual(alone);
  });

  it('a chance comes about as often as it says; 0 and 1 draw nothing', () => {
    const stream = new RandomStreams(1, 9).stream('x');
    let hits = 0;
    for (let n = 0; n < 100_000; n += 1) if (stream.chance(0.25)) hits += 1;
    expect(hits).toBeGreaterThan(24_000);
    expect(hits).toBeLessThan(26_000);
    const before = stream.state;
    expect([stream.chance(0), stream.chance(1), stream.intBetween(4, 4)]).toEqual([false, true, 4]);
    expect(stream.state).toEqual(before);
  });

  it('a whole number is between its bounds, and each of them comes', () => {
    const stream = new RandomStreams(1, 9).stream('x');
    const seen = new Set(Array.from({ length: 500 }, () => stream.intBetween(-2, 3)));
    expect([...seen].sort((x, y) => x - y)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  it('§2 the numbers of a stream stay what they are', () => {
    expect(draw(new RandomStreams(1, 9).stream('link ssc0>eee0'), 4)).toMatchInlineSnapshot(`
      [
        977804,
        726507,
        993473,
        868965,
      ]
    `);
  });

  it('§1 too many streams show themselves', () => {
    const streams = new RandomStreams(1, 1);
    streams.stream('a');
    expect(() => streams.stream('b')).toThrow(LimitReached);
  });
});

describe('independence of consumers', () => {
  const lossesOn = (change: (it: ReturnType<typeof bed>) => void): number[] => {
    const it = bed(['a', 'b', 'c']);
    it.world.bus.links.set('loss', 0.5, 1, 2);
    it.world.bus.links.set('jitterUs', 30, 1, 2);
    change(it);
    for (let n = 0; n < 60; n += 1) {
      it.send('a', 'b', n);
      it.send('c', 'b', 200);
      it.world.runTo(it.world.nowUs + 1000);
    }
    return it.arrivals
      .filter(({ first }) => first < 200)
      .map(({ first, timeUs }) => first * 1_000_000 + timeUs);
  };

  it('§2 an observer, a node, another lossy link, an injection elsewhere: none disturbs a link', () => {
    const alone = lossesOn(() => {});
    expect(alone.length).toBeGreaterThan(10);
    expect(alone.length).toBeLessThan(50);
    expect(lossesOn(({ world }) => world.subscribe(() => {}))).toEqual(alone);
    expect(lossesOn(({ world }) => world.bus.links.set('loss', 0.5, 3, 2))).toEqual(alone);
    expect(
      lossesOn(({ world }) => world.injections.add({ kind: 'loss', from: 3, probability: 0.5 })),
    ).toEqual(alone);
    expect(lossesOn(({ world }) => world.random.stream('app x').intBetween(1, 9))).toEqual(alone);
    const model = { powerLost: () => {}, booted: () => {}, frameArrived: () => {} };
    expect(lossesOn(({ world }) => world.nodes.add('d', model))).toEqual(alone);
  });

  it('§2 another seed gives another run', () => {
    const run = (seed: number): string => {
      const { world, send } = bed(['a', 'b'], { seed });
      world.bus.links.set('loss', 0.5);
      for (let n = 0; n < 40; n += 1) send('a', 'b', n);
      world.runTo(1000);
      return world.log.digest();
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });
});
