/** An event as a claim sees it: one of the log, or one that an end check would report. */
export interface ClaimedEvent {
  readonly event: string;
  readonly fields: ReadonlyMap<string, string | number>;
}

type Matcher = (event: ClaimedEvent) => boolean;

/**
 * What the checks of a run have named, for the end checks. A passed `expect` names all events that match it, earlier
 * and later ones too; other commands claim a subject under a topic (`expect memory eee0 --leaked 2`).
 */
export class Claims {
  readonly #matchers: Matcher[] = [];
  readonly #subjects = new Map<string, Map<string, number>>();

  /** Names every event that `matches`. */
  nameEvents(matches: Matcher): void {
    this.#matchers.push(matches);
  }

  /** Whether a check named this event. */
  names(event: ClaimedEvent): boolean {
    return this.#matchers.some((matches) => matches(event));
  }

  /** Names `count` things of a topic: `claim('leak', 'eee0', 2)`. The last claim for a subject stands. */
  claim(topic: string, subject: string, count: number): void {
    const subjects = this.#subjects.get(topic) ?? new Map<string, number>();
    subjects.set(subject, count);
    this.#subjects.set(topic, subjects);
  }

  /** How many things of a topic were named for a subject; undefined when none was. */
  claimed(topic: string, subject: string): number | undefined {
    return this.#subjects.get(topic)?.get(subject);
  }

  get held(): readonly unknown[] {
    return [this.#matchers, this.#subjects];
  }
}
