import type { JournalEntry } from './journal.js';
import { comparePositions, type Position, START } from './position.js';
import type { Act } from './runner.js';

/** One future of a session: the commands that were given on the way to it. */
export interface Branch {
  readonly name: string;
  /** The branch that it left, and where; the first branch left none. */
  readonly from: { readonly branch: string; readonly at: Position; readonly events: number } | undefined;
  /** All commands from the beginning on. */
  readonly journal: readonly JournalEntry[];
  /** Checks that the operator made on it. */
  readonly checks: readonly Act[];
  /** As far as it has been. */
  readonly horizon: Position;
  readonly events: number;
}

export const FIRST_BRANCH: Branch = Object.freeze({
  ...{ name: 'main', from: undefined, journal: [], checks: [], horizon: START, events: 0 },
});

/** Branches that are kept; the one that was left longest ago goes first. */
export const MOST_BRANCHES = 64;

/** Where two branches part: the place of the first command that only one of them has, or that they have in different places. */
export interface Fork {
  /** Commands in common. */
  readonly given: number;
  /** The last position that both have been to, before anything differs. */
  readonly at: Position;
  /** Events that both have. */
  readonly events: number;
}

export function forkOf(one: Branch, other: Branch): Fork {
  let given = 0;
  while (given < one.journal.length && one.journal[given] === other.journal[given]) given += 1;
  const ends = [endOfCommon(one, given), endOfCommon(other, given)];
  const first = ends.reduce((a, b) => (comparePositions(a.at, b.at) <= 0 ? a : b));
  return { given, ...first };
}

/** Up to where a branch has nothing but the first `given` of its commands. */
function endOfCommon(branch: Branch, given: number): { readonly at: Position; readonly events: number } {
  const next = branch.journal[given];
  return next === undefined
    ? { at: branch.horizon, events: branch.events }
    : { at: next.position, events: next.events };
}

/** The futures of a session that one can go to. */
export class Branches {
  readonly #list: Branch[] = [];
  #made = 1;

  /** All but the one that the session is on, in order of leaving them. */
  get others(): readonly Branch[] {
    return this.#list;
  }

  /** A name for one more branch. */
  nextName(): string {
    this.#made += 1;
    return `b${this.#made}`;
  }

  /** The session leaves a branch. */
  leave(branch: Branch): void {
    this.#list.push(branch);
    if (this.#list.length > MOST_BRANCHES) this.#list.shift();
  }

  /** The session goes to a branch that it left. */
  enter(branch: Branch): void {
    this.#list.splice(this.#list.indexOf(branch), 1);
  }
}
