import type { UiSource } from '../run/source.js';

/** So many right events of those that were read are enough to go on with; with fewer all is read anew. */
const ENOUGH = 5_000;

/**
 * Tells a reader of the log how far what it has read is still right. Going back leaves what is before; another branch
 * has those events that both share, whether or not the reader has looked at those between the two.
 */
export class WayBack {
  private branch = '';

  /** Number of the last event that has been on this branch and on that of the call before; infinite on the same one. */
  shared(source: UiSource): number {
    const { branch } = source.horizon();
    const before = this.branch;
    this.branch = branch;
    return before === branch ? Number.POSITIVE_INFINITY : source.sharedWith(before);
  }

  /** Number of the last event that was read and still is right, the run standing where it does. */
  kept(source: UiSource, readTo: number): number {
    return Math.min(readTo, source.eventCount(), this.shared(source));
  }
}

/** Whether too little is left of what was read from `from` on (the events up to it were left out), up to `kept`. */
export const isTooLittle = (from: number, kept: number): boolean => from > 0 && kept - from < ENOUGH;
