import type { CommandDeclaration } from './command.js';
import { nearestWord } from './nearest.js';
import type { Word } from './words.js';

export type Found =
  | { readonly command: CommandDeclaration; readonly nameWords: number }
  | { readonly at: Word; readonly problem: string; readonly expected?: string; readonly nearest?: string };

/** All commands by name and alias; names may be of several words, and the longest that fits a line is meant. */
export class CommandTable {
  readonly commands: readonly CommandDeclaration[];
  readonly #byName = new Map<string, CommandDeclaration>();
  readonly #longest: number;

  constructor(commands: readonly CommandDeclaration[]) {
    this.commands = commands;
    for (const command of commands) {
      for (const name of [command.name, ...command.aliases]) {
        if (this.#byName.has(name)) throw new Error(`command ${name} is declared twice`);
        this.#byName.set(name, command);
      }
    }
    this.#longest = Math.max(0, ...this.names().map((name) => name.split(' ').length));
  }

  /** Every name and alias. */
  names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  get(name: string): CommandDeclaration | undefined {
    return this.#byName.get(name);
  }

  /** The command that the first words of a line name. */
  find(words: readonly Word[]): Found {
    let length = 0;
    while (length < Math.min(words.length, this.#longest) && !words[length]!.quoted) length += 1;
    for (let nameWords = length; nameWords > 0; nameWords -= 1) {
      const name = nameOf(words, nameWords);
      const command = this.#byName.get(name);
      if (command !== undefined) return { command, nameWords };
    }
    return this.#unknown(words);
  }

  #unknown(words: readonly Word[]): Found {
    const first = words[0]!;
    const begun = this.names().filter((name) => name.startsWith(`${first.text} `));
    if (begun.length > 0) return secondWord(words, begun);
    const nearest =
      nearestWord(words.length > 1 ? nameOf(words, 2) : '', this.names().filter(isLong)) ??
      nearestWord(first.text, this.#firstWords());
    return {
      at: first,
      problem: `there is no command "${first.text}"`,
      expected: 'a command (help lists them)',
      ...(nearest === undefined ? {} : { nearest }),
    };
  }

  #firstWords(): readonly string[] {
    return [...new Set(this.names().map((name) => name.split(' ')[0]!))];
  }
}

const isLong = (name: string): boolean => name.includes(' ');

const nameOf = (words: readonly Word[], count: number): string =>
  words
    .slice(0, count)
    .map((word) => word.text)
    .join(' ');

/** A name of several words of which only the first is right. */
function secondWord(words: readonly Word[], begun: readonly string[]): Found {
  const first = words[0]!;
  const right = begun.map((name) => name.split(' ')[1]!);
  const second = words[1];
  if (second === undefined)
    return { at: first, problem: `"${first.text}" is not complete`, expected: begun.join(' or ') };
  const nearest = nearestWord(second.text, right);
  return {
    at: second,
    problem: `there is no command "${first.text} ${second.text}"`,
    expected: begun.join(' or '),
    ...(nearest === undefined ? {} : { nearest }),
  };
}
