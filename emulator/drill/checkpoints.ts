import { type Checkpoint, Checkpointer } from '../checkpoint/checkpointer.js';
import type { World } from '../world.js';
import { comparePositions, type Position } from './position.js';

/** Events between two checkpoints where the run is now. */
const SPACING_EVENTS = 8_192;
/** Copying much takes as long as many events: then checkpoints are further apart. */
const EVENTS_PER_SLOT = 0.25;
/** Further apart than this they never are, so that a jump replays no more than this. */
export const MOST_REPLAYED_EVENTS = 50_000;
/** A checkpoint may be this part of its age away from the next. */
const SPACING_OF_AGE = 1 / 8;
/** All checkpoints of a run together. Beyond that the oldest go, whatever the way to them is then. */
export const MOST_CHECKPOINT_BYTES = 128 * 1024 * 1024;

export interface CheckpointOptions {
  /** Events between two checkpoints where the run is now, however much there is to copy (8,192, or more). */
  readonly spacingEvents?: number;
  /** What all of them may take (128 MiB). */
  readonly mostBytes?: number;
}

/** A moment of the run that one can go to at once. */
export interface Stop {
  readonly position: Position;
  /** Events up to there. */
  readonly events: number;
  readonly checkpoint: Checkpoint;
}

/** The checkpoints of a run: close together where it is now, thinner with age. */
export class Checkpoints {
  readonly #checkpointer: Checkpointer;
  readonly #stops: Stop[] = [];
  readonly #spacing: number;
  readonly #eventsPerSlot: number;
  readonly #mostBytes: number;
  #dueAtEvent = 0;

  /** `roots`: what a checkpoint has to hold, see `Holder`. */
  constructor(roots: readonly unknown[], options: CheckpointOptions = {}) {
    this.#checkpointer = new Checkpointer(roots);
    this.#spacing = options.spacingEvents ?? SPACING_EVENTS;
    this.#eventsPerSlot = options.spacingEvents === undefined ? EVENTS_PER_SLOT : 0;
    this.#mostBytes = options.mostBytes ?? MOST_CHECKPOINT_BYTES;
  }

  get count(): number {
    return this.#stops.length;
  }

  /** What all of them take (an estimate, see `Checkpointer`). */
  get bytes(): number {
    return this.#checkpointer.bytes;
  }

  /** Where they are, in events. */
  get events(): readonly number[] {
    return this.#stops.map(({ events }) => events);
  }

  /** A log that lets go of its oldest events must keep those since the checkpoint before last: else there is no way back. */
  mustFit({ log, limits }: World): void {
    const apart = this.#eventsPerSlot === 0 ? this.#spacing : MOST_REPLAYED_EVENTS;
    if (log.mode === 'recent' && limits.recentEvents < 3 * apart) {
      throw new RangeError(`recentEvents is ${limits.recentEvents}: it has to be ${3 * apart} or more`);
    }
  }

  /** The oldest one. */
  get first(): Stop {
    return this.#stops[0]!;
  }

  /** Events before this one are no longer in the log: there one cannot go any more. The latest one stays. */
  keepFrom(event: number): void {
    while (this.#stops.length > 1 && this.#stops[0]!.events < event) this.#dropAt(0);
  }

  /** To be called when the run is at rest: makes a checkpoint if it is time. */
  passed(position: Position, events: number): void {
    if (events < this.#dueAtEvent || position.isFinished) return;
    const last = this.#stops.at(-1);
    if (last !== undefined && comparePositions(position, last.position) <= 0) return;
    const checkpoint = this.#checkpointer.take();
    this.#stops.push({ position, events, checkpoint });
    const spacing = Math.min(
      MOST_REPLAYED_EVENTS / 2,
      Math.max(this.#spacing, checkpoint.slots * this.#eventsPerSlot),
    );
    this.#dueAtEvent = events + spacing;
    this.#thin(events, spacing);
  }

  /** The last one that `isBefore` holds for; they come in order. */
  last(isBefore: (stop: Stop) => boolean): Stop {
    let low = 1;
    let high = this.#stops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#stops[middle]!)) low = middle + 1;
      else high = middle;
    }
    return this.#stops[low - 1]!;
  }

  /** Those before a position, the latest first. */
  earlier(position: Position): readonly Stop[] {
    return this.#stops.filter((stop) => comparePositions(stop.position, position) <= 0).reverse();
  }

  restore(stop: Stop): void {
    this.#checkpointer.restore(stop.checkpoint);
  }

  /** What `run` does to the run is undone, and its answer given. */
  aside<T>(run: () => T): T {
    const before = this.#checkpointer.take();
    try {
      return run();
    } finally {
      this.#checkpointer.restore(before);
      this.#checkpointer.drop(before);
    }
  }

  /** The run takes another way from here: what came later never was. */
  dropAfter(position: Position, events: number): void {
    while (this.#stops.length > 1 && comparePositions(this.#stops.at(-1)!.position, position) > 0) {
      this.#checkpointer.drop(this.#stops.pop()!.checkpoint);
    }
    this.#dueAtEvent = Math.min(this.#dueAtEvent, events + this.#spacing);
  }

  #thin(events: number, spacing: number): void {
    for (let at = this.#stops.length - 2; at > 0; at -= 1) {
      const gap = this.#stops[at + 1]!.events - this.#stops[at - 1]!.events;
      const age = events - this.#stops[at]!.events;
      if (gap <= Math.min(MOST_REPLAYED_EVENTS, Math.max(2 * spacing, age * SPACING_OF_AGE)))
        this.#dropAt(at);
    }
    while (this.bytes > this.#mostBytes && this.#stops.length > 2) this.#dropAt(1);
  }

  #dropAt(at: number): void {
    const [stop] = this.#stops.splice(at, 1);
    this.#checkpointer.drop(stop!.checkpoint);
  }
}
