import { checkLimit } from './limits.js';
import type { EventLog } from './log.js';
import type { LoggedEvent } from './loggedEvent.js';

export type Observer = (event: LoggedEvent) => void;

/** What {@link Subscriptions.add} gives: the events that are there, and the end of the subscription. */
export interface Subscription {
  /** Every event so far that the log keeps. All later ones go to the observer, with no gap and no repeat. */
  readonly present: readonly LoggedEvent[];
  close(): void;
}

/** An observer that threw, and so observes no more. */
export interface ObserverFailure {
  readonly event: number;
  readonly message: string;
}

interface Seat {
  readonly observer: Observer;
  /** The last event that it has seen. */
  seen: number;
}

/**
 * Observers of the event log. They run between queue entries, never inside one; each sees every event once, in
 * order. One that throws is dropped and noted, and the world goes on as if it had never been there.
 */
export class Subscriptions {
  readonly #log: EventLog;
  readonly #limit: number;
  #seats: readonly Seat[] = [];
  #delivering = false;
  #muted = false;
  readonly failures: ObserverFailure[] = [];

  constructor(log: EventLog, limit: number) {
    this.#log = log;
    this.#limit = limit;
  }

  /** Whether observers run just now: then the world must not be run. */
  get delivering(): boolean {
    return this.#delivering;
  }

  add(observer: Observer): Subscription {
    checkLimit(this.#seats.length + 1, this.#limit, 'observers');
    const log = this.#log;
    const present: LoggedEvent[] = [];
    for (let event = log.firstKept; event <= log.count; event += 1) present.push(log.read(event));
    const seat: Seat = { observer, seen: log.count };
    this.#seats = [...this.#seats, seat];
    this.#tellLog();
    return { present, close: () => this.#remove(seat) };
  }

  /** Hands every observer the events that it has not seen. */
  deliver(): void {
    if (this.#seats.length === 0 || this.#delivering || this.#muted) return;
    this.#delivering = true;
    let seen = this.#firstSeen();
    while (seen < this.#log.count) {
      seen += 1;
      const event = this.#log.read(seen);
      for (const seat of this.#seats) if (seat.seen === seen - 1) this.#show(seat, event);
    }
    this.#delivering = false;
    this.#tellLog();
  }

  /** Runs something whose events no observer is to see: they are taken back. */
  mute<T>(run: () => T): T {
    const before = this.#muted;
    this.#muted = true;
    try {
      return run();
    } finally {
      this.#muted = before;
    }
  }

  /**
   * The world has gone back: observers go on from where it stands. Where it went forward over events that were there
   * before, these come to them next.
   */
  moved(): void {
    for (const seat of this.#seats) seat.seen = Math.min(seat.seen, this.#log.count);
    this.#tellLog();
  }

  #show(seat: Seat, event: LoggedEvent): void {
    // Another observer may just have closed this one's subscription.
    if (!this.#seats.includes(seat)) return;
    seat.seen = event.number;
    try {
      seat.observer(event);
    } catch (error) {
      this.#remove(seat);
      const message = error instanceof Error ? error.message : String(error);
      this.failures.push({ event: event.number, message });
    }
  }

  #remove(seat: Seat): void {
    this.#seats = this.#seats.filter((other) => other !== seat);
    this.#tellLog();
  }

  /** Infinity when there is no observer. */
  #firstSeen(): number {
    return this.#seats.reduce((first, seat) => Math.min(first, seat.seen), Number.POSITIVE_INFINITY);
  }

  #tellLog(): void {
    this.#log.observeFrom(this.#firstSeen() + 1);
  }
}
