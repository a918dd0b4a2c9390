import type { World } from '../world.js';

/** What somebody asks the reason of, as the part of the world that knows it tells. */
export interface Subject {
  /** One line on what it is and how it stands. */
  readonly title: string;
  /** The event that brought it there; 0: there is none. */
  readonly event: number;
  /** More to know, a line each. */
  readonly facts: readonly string[];
  /** Bytes of memory whose last change is asked for too; undefined is what `read` gives while they are not there. */
  readonly bytes?: SubjectBytes;
}

export interface SubjectBytes {
  readonly name: string;
  /** The session that they belong to; of the events of a step the last one about it is the one that counts. */
  readonly session?: string;
  readonly read: (world: World) => string | undefined;
  /** What is other in `after`, of what `read` gave before and after: `state 1 → 2`; empty: nothing to tell. */
  readonly changes?: (before: string | undefined, after: string | undefined) => string;
}

/** The step in which a value changed: its events, and what it was before and after. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a run knows of the way that it came. */
export interface History {
  /** The events of the step in which a value changed last; undefined: it never changed since the start. */
  lastChange(read: (world: World) => string | undefined): Change | undefined;
}
