import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../emulator/index.js';
import { EventQueue } from '../../emulator/queue.js';
import { newWorld } from './bed.js';

describe('event queue', () => {
  it('§2 events at the same time run in the order in which they were made', () => {
    const world = newWorld();
    const ran: number[] = [];
    const kind = world.handler('note', (a) => ran.push(a));
    for (const [timeUs, a] of [
      [5, 1],
      [5, 2],
      [3, 3],
      [5, 4],
      [3, 5],
    ] as const)
      world.at(timeUs, kind, a);
    world.runTo(10);
    expect(ran).toEqual([3, 5, 1, 2, 4]);
  });

  it('§2 an entry made at the instant that runs comes after those of that instant', () => {
    const world = newWorld();
    const ran: number[] = [];
    const kind = world.handler('note', (a) => {
      ran.push(a);
      if (a === 1) world.at(world.nowUs, kind, 3);
    });
    world.at(7, kind, 1);
    world.at(7, kind, 2);
    world.runTo(7);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('§2 entries come out by time, and by order of making within a time', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ pop: fc.integer({ min: 1, max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 800 }), (steps) => {
        const queue = new EventQueue(10_000);
        const model: { timeUs: number; made: number }[] = [];
        let made = 0;
        const popOne = (): void => {
          model.sort((x, y) => x.timeUs - y.timeUs || x.made - y.made);
          const next = model.shift();
          expect(queue.nextTimeUs()).toBe(next?.timeUs ?? Number.POSITIVE_INFINITY);
          expect(queue.pop()).toBe(next !== undefined);
          if (next !== undefined) expect([queue.timeUs, queue.a]).toEqual([next.timeUs, next.made]);
        };
        for (const one of steps) {
          if ('push' in one) {
            queue.push(one.push, 1, made, 0, 0);
            model.push({ timeUs: one.push, made });
            made += 1;
          } else for (let n = 0; n < one.pop; n += 1) popOne();
        }
        while (model.length > 0) popOne();
        expect(queue.size).toBe(0);
      }),
    );
  });

  it('§2 the plain state lists the entries in the order in which they will run', () => {
    const queue = new EventQueue(100);
    queue.push(9, 1, 10, 11, 12);
    queue.push(4, 2, 20, 21, 22);
    queue.push(9, 3, 30, 31, 32);
    expect(queue.state).toEqual([
      [4, 2, 20, 21, 22],
      [9, 1, 10, 11, 12],
      [9, 3, 30, 31, 32],
    ]);
  });

  it('§1 a full queue shows itself', () => {
    const queue = new EventQueue(3);
    for (let n = 0; n < 3; n += 1) queue.push(n, 0, 0, 0, 0);
    expect(() => queue.push(3, 0, 0, 0, 0)).toThrow(LimitReached);
    expect(() => queue.push(3, 0, 0, 0, 0)).toThrow('more than 3 entries in the event queue');
  });

  it('§1 an instant that never ends shows itself', () => {
    const world = newWorld({ limits: { entriesAtOneInstant: 50 } });
    let runs = 0;
    const kind = world.handler('again', () => {
      runs += 1;
      world.at(world.nowUs, kind);
    });
    world.at(5, kind);
    expect(() => world.runTo(5)).toThrow('more than 50 entries at 5 us, the last one: again');
    expect(runs).toBe(50);
  });

  it('§2 an entry cannot be in the past, between microseconds, or after the end of time', () => {
    const world = newWorld();
    const kind = world.handler('note', () => {});
    world.runTo(10);
    expect(() => world.at(9, kind)).toThrow();
    expect(() => world.at(10.5, kind)).toThrow();
    expect(() => world.at(Number.NaN, kind)).toThrow();
    expect(() => world.at(Number.MAX_SAFE_INTEGER + 1, kind)).toThrow(LimitReached);
  });

  it('§2 virtual time is a safe integer, not 32 bits', () => {
    const world = newWorld();
    const seen: number[] = [];
    const kind = world.handler('note', () => seen.push(world.nowUs));
    world.at(2 ** 40 + 1, kind);
    world.at(2 ** 40, kind);
    world.runTo(2 ** 41);
    expect(seen).toEqual([2 ** 40, 2 ** 40 + 1]);
    expect(world.nowUs).toBe(2 ** 41);
  });
});
