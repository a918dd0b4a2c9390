import type { EventDeclaration } from '../events.js';

/** What is known of a name before anything runs: `{ kind: 'eee', release: 'R1.1' }`. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

const NO_FACTS: Facts = Object.freeze({});

/** The events of a language by name. */
export type EventTable = ReadonlyMap<string, EventDeclaration>;

/**
 * The names that the lines so far have made, by kind (`node`, `app`, `session`, `injection`…), with their facts. It is
 * what a line's names are checked against, so it is known without running anything.
 */
export class Scope {
  readonly #kinds = new Map<string, Map<string, Facts>>();

  readonly events: EventTable;
  /** Everything that `help` has something to say on. */
  readonly helpNames: readonly string[];

  constructor(events: EventTable = new Map(), helpNames: readonly string[] = []) {
    this.events = events;
    this.helpNames = helpNames;
  }

  /** Adds a name, or replaces its facts. */
  add(kind: string, name: string, facts: Facts = NO_FACTS): void {
    const names = this.#kinds.get(kind);
    if (names === undefined) this.#kinds.set(kind, new Map([[name, facts]]));
    else names.set(name, facts);
  }

  /** The facts of a name, or undefined where there is none of that kind. */
  find(kind: string, name: string): Facts | undefined {
    return this.#kinds.get(kind)?.get(name);
  }

  has(kind: string, name: string): boolean {
    return this.find(kind, name) !== undefined;
  }

  /** The names of a kind in the order of their making. */
  names(kind: string): readonly string[] {
    return [...(this.#kinds.get(kind)?.keys() ?? [])];
  }

  /** A copy that changes on its own. */
  clone(): Scope {
    const copy = new Scope(this.events, this.helpNames);
    for (const [kind, names] of this.#kinds) copy.#kinds.set(kind, new Map(names));
    return copy;
  }

  get held(): readonly unknown[] {
    return [this.#kinds];
  }
}
