import { nearestWord } from './nearest.js';
import type { Fault } from './problem.js';
import type { Scope } from './scope.js';

/** Arguments of the same line that stand in the declaration before the one at hand, by name. */
export type Earlier = ReadonlyMap<string, unknown>;

export type Parsed<T> = { readonly value: T } | Fault;

/** How one word of a command is read, described and completed. Reading looks at names, never at a world. */
export interface ArgType<T> {
  /** As it stands in a usage line: `duration`, `node`. */
  readonly name: string;
  /** What could stand there, for messages and the reference: "a duration, as 250us, 10ms, 2s, 1m". */
  readonly describe: string;
  readonly parse: (text: string, scope: Scope, earlier: Earlier) => Parsed<T>;
  /** All that could stand there, where it is one of a few words whatever the world is. */
  readonly words?: readonly string[];
  /** The kind of name that the word makes, if it makes one. */
  readonly makes?: string;
  /** Words that could stand there; those that do not begin with what was typed are dropped by the caller. */
  readonly complete?: (prefix: string, scope: Scope, earlier: Earlier) => readonly string[];
}

/** The value that an argument type gives. */
export type ValueOf<A> = A extends ArgType<infer T> ? T : never;

/** A fault that names what was expected, and the nearest of the right words. */
export function fault(problem: string, expected?: string, word?: string, right?: Iterable<string>): Fault {
  const nearest = word === undefined || right === undefined ? undefined : nearestWord(word, right);
  return {
    problem,
    ...(expected === undefined ? {} : { expected }),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** Words that an error names: enough to find the right one, and no more than a person reads. */
const MOST_LISTED = 30;

/** "a, b or c": all, or of very many the first `most` and how many more there are. */
export function listed(words: readonly string[], most: number = MOST_LISTED): string {
  if (words.length === 0) return 'nothing (there is none yet)';
  const shown = words.slice(0, most);
  if (words.length > shown.length) return `${shown.join(', ')} … (${words.length - shown.length} more)`;
  if (shown.length === 1) return shown[0]!;
  return `${shown.slice(0, -1).join(', ')} or ${shown[shown.length - 1]!}`;
}

/** "an application": the article goes by the first letter. */
export const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
