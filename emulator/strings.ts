import { Digest } from './digest.js';
import { checkLimit } from './limits.js';

/**
 * Names as small integers. Ids follow the order of interning; digests take a name by its content
 * ({@link hashLow}, {@link hashHigh}), so they do not depend on ids. Id 0 is the empty string.
 */
export class StringTable {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #limit: number;
  /** Names that there are; `#texts` may go on with those of a time that the world has gone back from. */
  #count = 0;
  /** Content hash of each id, one 32-bit lane each. */
  readonly hashLow: number[] = [];
  readonly hashHigh: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
    this.intern('');
  }

  get count(): number {
    return this.#count;
  }

  /** The id of a name; makes one for a name that is new. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#count;
    checkLimit(id + 1, this.#limit, 'different names');
    const hash = new Digest();
    hash.text(text);
    this.#ids.set(text, id);
    this.#texts[id] = text;
    this.hashLow[id] = hash.low;
    this.hashHigh[id] = hash.high;
    this.#count = id + 1;
    return id;
  }

  /** The id of a name that is known, else -1. Looking up changes nothing, so checks and views use this. */
  find(text: string): number {
    return this.#ids.get(text) ?? -1;
  }

  /** The name of an id; '' for -1 (absent). */
  text(id: number): string {
    return id < 0 ? '' : this.#texts[id]!;
  }

  /** Names of later stay where they are, for the way forward; other ones are written over them. */
  keep(): () => void {
    const count = this.#count;
    return () => {
      for (let id = count; id < this.#count; id += 1) this.#ids.delete(this.#texts[id]!);
      for (let id = this.#count; id < count; id += 1) this.#ids.set(this.#texts[id]!, id);
      this.#count = count;
    };
  }
}
