import { checkLimit } from './limits.js';

const ENTRY = 5;
const COMPACT_AFTER = 1024 * ENTRY;

/** What waits for a process, first in first out. An entry: kind, two arguments, its cause, and whether it is limited. */
export class Inbox {
  readonly #limit: number;
  readonly #entries: number[] = [];
  #head = 0;
  #limited = 0;
  /** The entry that {@link take} took last. */
  kind = 0;
  a = 0;
  b = 0;
  cause = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return (this.#entries.length - this.#head) / ENTRY;
  }

  /** How many of them are limited. */
  get limitedCount(): number {
    return this.#limited;
  }

  push(kind: number, a: number, b: number, cause: number, limited: boolean): void {
    checkLimit(this.count + 1, this.#limit, 'entries in an inbox');
    this.#entries.push(kind, a, b, cause, limited ? 1 : 0);
    if (limited) this.#limited += 1;
  }

  /** Takes the first entry into the fields; false when there is none. */
  take(): boolean {
    const entries = this.#entries;
    const head = this.#head;
    if (head === entries.length) return false;
    this.kind = entries[head]!;
    this.a = entries[head + 1]!;
    this.b = entries[head + 2]!;
    this.cause = entries[head + 3]!;
    this.#limited -= entries[head + 4]!;
    this.#head = head + ENTRY;
    if (this.#head === entries.length) {
      entries.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AFTER && this.#head * 2 >= entries.length) {
      entries.splice(0, this.#head);
      this.#head = 0;
    }
    return true;
  }

  /** The entries that wait, as plain numbers. */
  get state(): readonly number[] {
    return this.#entries.slice(this.#head);
  }

  get held(): readonly unknown[] {
    return [this.#entries];
  }

  keep(): () => void {
    const head = this.#head;
    const limited = this.#limited;
    return () => {
      this.#head = head;
      this.#limited = limited;
    };
  }
}
