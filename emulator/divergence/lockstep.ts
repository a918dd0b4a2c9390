import type { World } from '../world.js';
import { type Divergence, divergenceOf, viewOfLog } from './divergence.js';

/** A run that can be taken further, piece by piece. */
export interface Runnable {
  readonly name: string;
  readonly world: World;
  readonly isOver: boolean;
  /** Goes on for at most so many moments. */
  advance(moments: number): void;
}

/** Moments that each run makes before the two are compared again. */
const STRIDE = 1_000;

/** Runs two worlds side by side until both are over, or they part. Where they part is given. */
export function lockstep(one: Runnable, other: Runnable): Divergence | undefined {
  let compared = 0;
  while (!one.isOver || !other.isOver) {
    one.advance(STRIDE);
    other.advance(STRIDE);
    if (one.world.log.digest() !== other.world.log.digest()) {
      return divergenceOf(viewOfLog(one.world, one.name), viewOfLog(other.world, other.name), compared + 1);
    }
    compared = one.world.log.count;
  }
  return undefined;
}
