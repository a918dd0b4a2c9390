/** Where a run stands. Two runs of the same commands that stand at the same position are the same. */
export interface Position {
  /** Moments so far: steps of the world, and commands that changed it. */
  readonly moment: number;
  readonly steps: number;
  readonly timeUs: number;
  /** Whether all of the instant `timeUs` has been run, or only up to the last step. */
  readonly isFinished: boolean;
}

export const START: Position = Object.freeze({ moment: 0, steps: 0, timeUs: 0, isFinished: false });

/** Below 0 where `a` comes before `b`, above 0 where it comes after, 0 where they are the same. */
export function comparePositions(a: Position, b: Position): number {
  return a.moment - b.moment || a.timeUs - b.timeUs || Number(a.isFinished) - Number(b.isFinished);
}
