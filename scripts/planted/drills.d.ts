import type { DrillVariant, PlantedBug } from './bugs.js';

export const repository: string;
export function firstThatFails(
  root: string,
  bug: PlantedBug,
  wrong: string,
  drills: readonly DrillVariant[],
  slowestMs: number,
): Promise<{ readonly drill: string; readonly failure: string } | undefined>;
export function eachOf<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]>;
