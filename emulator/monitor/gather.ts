import { listed } from './argType.js';
import type { CommandDeclaration } from './command.js';
import { nearestWord } from './nearest.js';
import type { Fault } from './problem.js';
import type { Word } from './words.js';

/** One `--name` of a line, with its value unless it is a flag. */
export interface OptionGiven {
  readonly name: string;
  readonly word: Word;
  readonly value?: Word;
}

export interface Gathered {
  readonly positional: readonly Word[];
  readonly options: readonly OptionGiven[];
  readonly faults: readonly (Fault & { readonly at: Word })[];
}

/** Whether a word is written as an option. */
export const isOption = (word: Word): boolean =>
  !word.quoted && word.text.length > 2 && word.text.startsWith('--');

/** Parts the words after a command's name into words and options; `--` ends the options. Values are not read yet. */
export function gatherWords(declaration: CommandDeclaration, words: readonly Word[]): Gathered {
  const positional: Word[] = [];
  const options: OptionGiven[] = [];
  const faults: (Fault & { readonly at: Word })[] = [];
  let onlyWords = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (onlyWords || !isOption(word)) {
      if (!onlyWords && !word.quoted && word.text === '--') onlyWords = true;
      else positional.push(word);
      continue;
    }
    const next = words[at + 1];
    const given = readOption(declaration, word, next !== undefined && !isOption(next) ? next : undefined);
    if ('problem' in given) faults.push(given);
    else options.push(given);
    if (given.tookNext) at += 1;
  }
  return { positional, options, faults };
}

type OneOption = (OptionGiven | (Fault & { readonly at: Word })) & { readonly tookNext: boolean };

/** Reads one option; `next` is the word after it, where that could be its value. */
function readOption(declaration: CommandDeclaration, word: Word, next: Word | undefined): OneOption {
  const split = splitOption(word);
  const name = split.name;
  const spec = declaration.options.find((option) => option.name === name);
  if (spec === undefined && declaration.anyOption === undefined) {
    return { at: split.word, tookNext: false, ...unknownOption(declaration, name) };
  }
  if (spec?.kind === 'flag') {
    if (split.value === undefined) return { name, word: split.word, tookNext: false };
    return { at: split.value, tookNext: false, problem: `--${name} takes no value` };
  }
  const value = split.value ?? next;
  const tookNext = split.value === undefined && next !== undefined;
  if (spec?.kind === 'later') return { name, word: split.word, tookNext };
  if (value === undefined) return { at: word, tookNext, ...missingValue(declaration, name) };
  return { name, word: split.word, value, tookNext };
}

/** `--name=value` as two words with columns of their own. */
function splitOption(word: Word): { name: string; word: Word; value?: Word } {
  const equals = word.text.indexOf('=');
  if (equals < 0) return { name: word.text.slice(2), word };
  const name = word.text.slice(2, equals);
  const length = Math.min(equals, word.length);
  const value: Word = {
    text: word.text.slice(equals + 1),
    column: word.column + Math.min(equals + 1, word.length),
    length: Math.max(0, word.length - equals - 1),
    quoted: true,
  };
  return { name, word: { ...word, length }, value };
}

/** What there is to say of an option that belongs to a neighbour of the command. */
export function insteadOf({ name, instead }: CommandDeclaration, option: string): Fault | undefined {
  const meant = instead.get(option);
  if (meant === undefined) return undefined;
  if (typeof meant === 'object') return { problem: `${name} takes no options: alone it ${meant.alone}` };
  return { problem: `${name} has no --${option}: it takes --${meant}`, nearest: `--${meant}` };
}

function unknownOption(declaration: CommandDeclaration, name: string): Fault {
  const instead = insteadOf(declaration, name);
  if (instead !== undefined) return instead;
  const right = declaration.options.map((option) => option.name);
  const nearest = nearestWord(name, right);
  const problem = `${declaration.name} has no option --${name}`;
  if (right.length === 0) return { problem: `${problem}: it takes no options` };
  const expected = listed(right.map((each) => `--${each}`));
  return nearest === undefined ? { problem, expected } : { problem, expected, nearest: `--${nearest}` };
}

function missingValue(declaration: CommandDeclaration, name: string): Fault {
  const spec = declaration.options.find((option) => option.name === name);
  const problem = `--${name} has no value`;
  return spec !== undefined && 'type' in spec ? { problem, expected: spec.type.describe } : { problem };
}
