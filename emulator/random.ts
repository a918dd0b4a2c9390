import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { Digest } from './digest.js';
import { checkLimit } from './limits.js';

/** One consumer's own random numbers. */
export class RandomStream {
  #generator: RandomGenerator;

  constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** True with probability `probability`. 0 and 1 draw nothing. */
  chance(probability: number): boolean {
    if (probability <= 0) return false;
    if (probability >= 1) return true;
    return this.#generator.next() >>> 0 < probability * 4294967296;
  }

  /** A whole number from `low` to `high`, both included. Equal bounds draw nothing. */
  intBetween(low: number, high: number): number {
    return low === high ? low : uniformInt(this.#generator, low, high);
  }

  /** Where the stream stands, as plain numbers. */
  get state(): readonly number[] {
    return this.#generator.getState();
  }

  keep(): () => void {
    const state = this.#generator.getState();
    return () => {
      this.#generator = xoroshiro128plusFromState(state);
    };
  }
}

/**
 * Random streams by name, each split from the seed by its name alone: one consumer more or less, or one draw more,
 * changes no other consumer's numbers.
 */
export class RandomStreams {
  readonly #seed: number;
  readonly #limit: number;
  readonly #streams = new Map<string, RandomStream>();

  constructor(seed: number, limit: number) {
    this.#seed = seed;
    this.#limit = limit;
  }

  /** The stream of a name ('link ssc0>eee0'); the same one each time. */
  stream(name: string): RandomStream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    checkLimit(this.#streams.size + 1, this.#limit, 'random streams');
    const stream = new RandomStream(xoroshiro128plusFromState(firstState(this.#seed, name)));
    this.#streams.set(name, stream);
    return stream;
  }

  /** Where each stream stands, by name. */
  get state(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#streams].map(([name, stream]) => [name, stream.state]));
  }

  get held(): readonly unknown[] {
    return [this.#streams];
  }
}

/** Four words that depend on every bit of the seed and of the name; never all zero. */
function firstState(seed: number, name: string): number[] {
  const digest = new Digest();
  digest.text(name);
  digest.number(seed);
  const words: number[] = [];
  for (let round = 1; round <= 2; round += 1) {
    digest.number(round);
    words.push(avalanche(digest.low), avalanche(digest.high));
  }
  return words.every((word) => word === 0) ? [1, 0, 0, 0] : words;
}

/** Spreads each bit of a word over the whole word (the finishing step of MurmurHash3). */
function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
