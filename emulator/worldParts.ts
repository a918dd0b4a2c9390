import { stateDigestOf } from './stateDigest.js';

/**
 * The parts that a world is made of: each says what its state is, as plain data for digests, and what holds it, for
 * checkpoints (see `Holder` and `Keeper`). All of them come when the world is made, so that every checkpoint has them.
 */
export class WorldParts {
  readonly #states = new Map<string, () => unknown>();
  readonly #holders: object[] = [];
  #isComplete = false;

  add(name: string, state: () => unknown, holders: readonly object[]): void {
    if (this.#isComplete) throw new Error(`state part ${name} comes too late: the world is there already`);
    if (this.#states.has(name)) throw new Error(`state part ${name} is there already`);
    this.#states.set(name, state);
    this.#holders.push(...holders);
  }

  /** No part will come any more. */
  complete(): void {
    this.#isComplete = true;
  }

  get holders(): readonly object[] {
    return this.#holders;
  }

  /** The parts of the state, in order of adding. */
  states(): ReadonlyMap<string, unknown> {
    return new Map([...this.#states].map(([name, state]) => [name, state()]));
  }

  /** Fingerprint of the state as it is now: 16 hex digits. */
  digest(): string {
    return stateDigestOf(this.states());
  }
}
