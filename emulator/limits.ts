/** A bound of the world was reached: the run cannot go on. A drill that meets it ends with exit status 4. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** The bounds of a world. Everything that grows has one, and each shows itself as {@link LimitReached}. */
export interface Limits {
  /** Queue entries, and entries of drained inboxes, that one instant of virtual time may run. */
  readonly entriesAtOneInstant: number;
  /** Entries that may wait in the event queue at once. */
  readonly queueEntries: number;
  /** Events that the log may hold at once, in mode `kept`. */
  readonly keptEvents: number;
  /** Events that the log holds in mode `recent`; older ones are let go. */
  readonly recentEvents: number;
  /** Events that the log holds for checks to look back at, in modes `counted` and `off`; older ones are let go. */
  readonly retainedEvents: number;
  /** Bytes of event texts that the log may hold at once. */
  readonly keptTextBytes: number;
  /** Different names that the string table may hold. */
  readonly strings: number;
  /** Frames that may be in flight, or wait in inboxes, at once. */
  readonly frames: number;
  readonly nodes: number;
  /** Process instances over the whole run. */
  readonly processes: number;
  /** Entries that may wait in one process's inbox. */
  readonly inboxEntries: number;
  readonly injections: number;
  readonly observers: number;
  readonly randomStreams: number;
  /** Bytes of all address spaces that are there at once: an EEE's one, and one for each process of an SSC. */
  readonly memoryBytes: number;
  /** Memory errors over the whole run. */
  readonly memoryErrors: number;
}

export const defaultLimits: Limits = {
  entriesAtOneInstant: 1_000_000,
  queueEntries: 4_000_000,
  keptEvents: 5_000_000,
  recentEvents: 2_000_000,
  retainedEvents: 200_000,
  keptTextBytes: 256 * 1024 * 1024,
  strings: 1_000_000,
  frames: 262_144,
  nodes: 32_767,
  processes: 1_000_000,
  inboxEntries: 1_000_000,
  injections: 10_000,
  observers: 1_000,
  randomStreams: 1_000_000,
  memoryBytes: 1024 * 1024 * 1024,
  memoryErrors: 100_000,
};

/** Ends the run when `count` has gone past `limit`; `what` reads as "frames in flight". */
export function checkLimit(count: number, limit: number, what: string): void {
  if (count > limit) throw new LimitReached(`limit reached: more than ${limit} ${what}`);
}
