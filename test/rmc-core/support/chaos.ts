import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Arrival, Fault } from './bench.js';

/** How often, in percent, each fault strikes a frame. */
export interface Chaos {
  readonly seed: number;
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly corrupt: number;
}

/** A fault function that draws from a seeded generator: the same seed, the same faults. */
export function chaosOf(chaos: Chaos): Fault {
  const random = xoroshiro128plus(chaos.seed);
  const between = (low: number, high: number): number => uniformInt(random, low, high);
  const strikes = (percent: number): boolean => between(0, 99) < percent;
  return () => {
    if (strikes(chaos.loss)) return [];
    const arrivals: Arrival[] = [];
    const copies = strikes(chaos.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const delayUs = strikes(chaos.reorder) ? between(1, 2000) : 0;
      arrivals.push(strikes(chaos.corrupt) ? { delayUs, flipBit: between(0, 1_000_000) } : { delayUs });
    }
    return arrivals;
  };
}
