import type { CommandDeclaration } from '../monitor/command.js';
import { gatherWords } from '../monitor/gather.js';
import type { Problem } from '../monitor/problem.js';
import { splitLine, type Word } from '../monitor/words.js';

/** Puts a text in the place of what stands at a column (from 1, in Unicode characters). */
export function replaced(line: string, at: Pick<Word, 'column' | 'length'>, put: string): string {
  const characters = Array.from(line);
  characters.splice(at.column - 1, at.length, put);
  return characters.join('');
}

/** The line with another word in the place of the command's `index`th one, options not counted. */
export function withWord(line: string, declaration: CommandDeclaration, index: number, put: string): string {
  const { words } = splitLine(line, () => '');
  const nameWords = declaration.name.split(' ').length;
  const word = gatherWords(declaration, words.slice(nameWords)).positional[index];
  return word === undefined ? line : replaced(line, word, put);
}

/** The line with an option given, whatever it said of it before. */
export function withOption(line: string, name: string, value: string): string {
  const { words } = splitLine(line, () => '');
  const at = words.findIndex((word) => word.text === `--${name}` || word.text.startsWith(`--${name}=`));
  const word = words[at];
  if (word?.text.includes('=')) return replaced(line, word, `--${name}=${value}`);
  const given = word === undefined ? undefined : words[at + 1];
  if (given !== undefined) return replaced(line, given, value);
  const last = words.at(-1);
  if (last === undefined) return line;
  return replaced(line, { column: last.column + last.length, length: 0 }, ` --${name} ${value}`);
}

/** An option as a line gives it. */
export interface GivenOption {
  /** Without its two dashes. */
  readonly name: string;
  readonly value: string;
}

/** A line, and what was taken out of it. */
export interface TakenOut {
  readonly text: string;
  readonly option: GivenOption;
}

/**
 * The line without the option that a problem is about: with its value, or as `--name=value`. Undefined where the
 * problem is about something else: then the line means nothing without it.
 */
export function withoutOption(line: string, { column }: Problem): TakenOut | undefined {
  const { words } = splitLine(line, () => '');
  const at = words.findIndex((word) => column >= word.column && column < word.column + word.length);
  const word = words[at];
  if (word === undefined) return undefined;
  // `--name=value` is one word, `--name value` are two, and the problem may be about either.
  const isName = /^--[^=]+$/.test(word.text);
  const isBoth = /^--[^=]+=/.test(word.text);
  const first = isName || isBoth ? word : words[at - 1];
  const last = isName ? (words[at + 1] ?? word) : word;
  if (first === undefined || !first.text.startsWith('--')) return undefined;
  const [name = '', own] = first.text.slice(2).split('=');
  const value = own ?? last.text;
  return { text: cut(line, first, last), option: { name, value } };
}

function cut(line: string, from: Word, to: Word): string {
  const length = to.column + to.length - from.column;
  return replaced(line, { column: from.column, length }, '').trimEnd();
}
