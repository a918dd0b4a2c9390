import { Column } from '../eventStore.js';
import type { EventFilter } from '../filter.js';
import type { ExtraArg } from '../monitor/command.js';
import type { Engine } from '../monitor/outcome.js';
import { Refused } from '../refusal.js';
import type { World } from '../world.js';
import { asksForAudit, conditionsOf } from './wanted.js';

/** Looks at each event after *since* once, also over several queue entries. */
export class EventScan {
  readonly #world: World;
  readonly #filter: EventFilter;
  readonly #fromUs: number;
  readonly #toUs: number;
  #next: number;

  /** Matches from `fromUs` to `toUs`, both included; they are absolute times. */
  constructor(
    world: World,
    engine: Engine,
    event: string,
    extra: readonly ExtraArg<string>[],
    window: { readonly fromUs: number; readonly toUs: number },
  ) {
    this.#world = world;
    this.#filter = world.filter(event, conditionsOf(extra));
    this.#fromUs = window.fromUs;
    // What the audit logged is seen whenever it was made.
    this.#toUs = asksForAudit(event, extra) ? Math.max(window.toUs, engine.auditedUs) : window.toUs;
    this.#next = engine.since.event + 1;
    if (this.#next < world.log.firstKept) {
      throw new Refused(
        `the events since @${this.#next} are no longer all held in log mode ${world.log.mode}: --log kept holds them`,
      );
    }
  }

  /** The number of the next match that has not been given yet, 0 when there is none so far. */
  next(): number {
    const { log } = this.#world;
    for (;;) {
      const found = this.#filter.next(this.#next);
      this.#next = found > 0 ? found + 1 : log.count + 1;
      if (found === 0) return 0;
      const timeUs = log.value(found, Column.time);
      if (timeUs >= this.#fromUs && timeUs <= this.#toUs) return found;
    }
  }

  /** The number up to which events have been looked at. */
  get seen(): number {
    return this.#next - 1;
  }

  /** Goes on after an event that was given by another scan. */
  skipTo(event: number): void {
    this.#next = Math.max(this.#next, event + 1);
  }

  keep(): () => void {
    const next = this.#next;
    return () => {
      this.#next = next;
    };
  }

  get held(): readonly unknown[] {
    return [this.#filter];
  }
}
