import { type ArgType, listed } from './argType.js';
import type { ArgMap, BoundCommand, CommandDeclaration, ExtraArg } from './command.js';
import type { CommandTable } from './commandTable.js';
import { gatherWords, insteadOf, type OptionGiven } from './gather.js';
import { nearestWord } from './nearest.js';
import type { Fault, Place, Problem } from './problem.js';
import type { Scope } from './scope.js';
import { quoteWord, type SplitLine, type Word } from './words.js';

/** A line that was read without a problem: what is left is to run it. */
export interface ParsedCommand {
  readonly declaration: CommandDeclaration;
  /** The line as the language itself would write it: the text of the event `command`, and of a saved drill. */
  readonly text: string;
  /** Of the whole line, from its first word. */
  readonly place: Place;
  readonly args: ArgMap;
  readonly bound: BoundCommand;
}

/** The line that words come from. */
export interface LineOrigin {
  readonly file: string;
  readonly line: number;
  readonly via: Place['via'];
}

export type LineParsed =
  | { readonly command: ParsedCommand }
  | { readonly problems: readonly Problem[] }
  | { readonly blank: true };

/** Reads one line. Nothing runs; the names that the command makes are for the caller to add, with its `declare`. */
export function parseCommand(
  split: SplitLine,
  origin: LineOrigin,
  table: CommandTable,
  scope: Scope,
): LineParsed {
  if (split.faults.length > 0) {
    return {
      problems: split.faults.map(({ problem, ...rest }) => ({ ...origin, ...rest, message: problem })),
    };
  }
  const words = split.words;
  if (words.length === 0) return { blank: true };
  const found = table.find(words);
  if ('problem' in found) return { problems: [problemAt(origin, found.at, found)] };
  return new LineReader(found.command, words, found.nameWords, origin, scope).read();
}

/** Adds the names that a line makes; also those of a line with problems, so that they bring no further ones. */
function declareMade(type: ArgType<unknown>, value: unknown, scope: Scope): void {
  if (type.makes === undefined || typeof value !== 'string' || scope.has(type.makes, value)) return;
  scope.add(type.makes, value);
}

function problemAt(origin: LineOrigin, word: Pick<Word, 'column' | 'length'>, fault: Fault): Problem {
  const { problem, expected, nearest } = fault;
  return {
    file: origin.file,
    line: origin.line,
    via: origin.via,
    column: word.column,
    length: word.length,
    message: problem,
    ...(expected === undefined ? {} : { expected }),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

class LineReader {
  readonly #declaration: CommandDeclaration;
  readonly #words: readonly Word[];
  readonly #nameWords: number;
  readonly #origin: LineOrigin;
  readonly #scope: Scope;
  readonly #values = new Map<string, unknown>();
  readonly #places = new Map<string, Word>();
  readonly #problems: Problem[] = [];
  #wordsAreRight = true;
  readonly #made: [ArgType<unknown>, unknown][] = [];

  constructor(
    declaration: CommandDeclaration,
    words: readonly Word[],
    nameWords: number,
    origin: LineOrigin,
    scope: Scope,
  ) {
    this.#declaration = declaration;
    this.#words = words;
    this.#nameWords = nameWords;
    this.#origin = origin;
    this.#scope = scope;
  }

  read(): LineParsed {
    const { positional, options, faults } = gatherWords(
      this.#declaration,
      this.#words.slice(this.#nameWords),
    );
    for (const { at, ...fault } of faults) this.#problem(at, fault);
    this.#readWords(positional, faults.length > 0);
    this.#wordsAreRight = this.#problems.length === faults.length;
    this.#readOptions(options);
    if (this.#problems.length === 0) {
      const bound = this.#declaration.bind(this.#values);
      for (const fault of bound.check(this.#scope)) {
        this.#problem(this.#places.get(fault.at) ?? this.#words[0]!, fault);
      }
      if (this.#problems.length === 0) {
        return {
          command: {
            declaration: this.#declaration,
            text: canonicalText(this.#declaration, positional, options),
            place: { ...this.#origin, ...this.#extent() },
            args: this.#values,
            bound,
          },
        };
      }
    }
    for (const [type, value] of this.#made) declareMade(type, value, this.#scope);
    return { problems: this.#problems };
  }

  #readWords(positional: readonly Word[], mayBeTooMany: boolean): void {
    let next = 0;
    for (const spec of this.#declaration.words) {
      if (spec.kind === 'rest') {
        const values: unknown[] = [];
        for (const word of positional.slice(next)) values.push(this.#value(spec.type, word, spec.name));
        this.#values.set(spec.name, values);
        next = positional.length;
        continue;
      }
      const word = positional[next];
      if (word !== undefined) {
        next += 1;
        this.#values.set(spec.name, this.#value(spec.type, word, spec.name));
      } else if (spec.kind === 'optional') {
        this.#values.set(spec.name, undefined);
      } else {
        const end = this.#end();
        this.#problem(end, { problem: `<${spec.name}> is missing`, expected: spec.type.describe });
        return;
      }
    }
    const extra = positional[next];
    if (extra === undefined || mayBeTooMany) return;
    this.#problem(extra, {
      problem: `"${extra.text}" is one word too many`,
      expected: `the end of the line, or an option: ${usageOf(this.#declaration)}`,
    });
  }

  #readOptions(given: readonly OptionGiven[]): void {
    for (const spec of this.#declaration.options) {
      if (spec.kind === 'repeat') this.#values.set(spec.name, []);
      else this.#values.set(spec.name, spec.kind === 'flag' ? false : undefined);
    }
    const extra: ExtraArg<unknown>[] = [];
    const seen = new Set<string>();
    for (const one of given) {
      const spec = this.#declaration.options.find((each) => each.name === one.name);
      if (seen.has(one.name) && spec?.kind !== 'repeat') {
        this.#problem(one.word, { problem: `--${one.name} is given twice` });
        continue;
      }
      seen.add(one.name);
      this.#places.set(one.name, one.value ?? one.word);
      if (spec === undefined) this.#readExtra(one, extra);
      else if (spec.kind === 'flag') this.#values.set(spec.name, true);
      else if (spec.kind === 'later') {
        this.#problem(one.word, { problem: `--${spec.name} comes later: this version does not have it` });
      } else {
        const value = this.#value(spec.type, one.value!, spec.name);
        const before = this.#values.get(spec.name);
        this.#values.set(
          spec.name,
          spec.kind === 'repeat' && Array.isArray(before) ? [...before, value] : value,
        );
      }
    }
    this.#values.set('extra', extra);
  }

  #readExtra(one: OptionGiven, extra: ExtraArg<unknown>[]): void {
    // Without the event there is nothing to say about its fields: its own problem says enough.
    if (!this.#wordsAreRight) return;
    const any = this.#declaration.anyOption!;
    const own = this.#declaration.options.map((option) => option.name);
    const type = any.resolve(one.name, this.#scope, this.#values);
    if ('parse' in type) {
      extra.push({ name: one.name, value: this.#value(type, one.value!, one.name) });
      return;
    }
    const instead = insteadOf(this.#declaration, one.name);
    if (instead !== undefined) {
      this.#problem(one.word, instead);
      return;
    }
    const right = [...own, ...any.names(this.#scope, this.#values)];
    const nearest = nearestWord(one.name, right);
    this.#problem(one.word, {
      problem: type.problem,
      expected: listed(right.map((name) => `--${name}`)),
      ...(nearest === undefined ? {} : { nearest: `--${nearest}` }),
    });
  }

  #value(type: ArgType<unknown>, word: Word, name: string): unknown {
    this.#places.set(name, word);
    const parsed = type.parse(word.text, this.#scope, this.#values);
    if ('problem' in parsed) {
      this.#problem(word, { expected: type.describe, ...parsed });
      return undefined;
    }
    this.#made.push([type, parsed.value]);
    return parsed.value;
  }

  #problem(word: Pick<Word, 'column' | 'length'>, fault: Fault): void {
    this.#problems.push(problemAt(this.#origin, word, fault));
  }

  #extent(): { readonly column: number; readonly length: number } {
    const column = this.#words[0]!.column;
    return { column, length: this.#end().column - column };
  }

  #end(): { readonly column: number; readonly length: number } {
    const last = this.#words[this.#words.length - 1]!;
    return { column: last.column + last.length, length: 1 };
  }
}

function canonicalText(
  declaration: CommandDeclaration,
  positional: readonly Word[],
  options: readonly OptionGiven[],
): string {
  const parts = [declaration.name, ...positional.map((word) => quoteWord(word.text))];
  for (const { name, value } of options) {
    parts.push(`--${name}`);
    if (value !== undefined) parts.push(quoteWord(value.text));
  }
  return parts.join(' ');
}

/** "power on <node> [--release <release>]". */
export function usageOf(declaration: CommandDeclaration): string {
  const parts = [declaration.name];
  for (const { name, kind } of declaration.words) {
    parts.push(kind === 'required' ? `<${name}>` : kind === 'optional' ? `[<${name}>]` : `[<${name}>]…`);
  }
  if (declaration.anyOption !== undefined) parts.push(`[--<${declaration.anyOption.name}> <value>]…`);
  for (const spec of declaration.options) {
    if (spec.kind === 'later') continue;
    const value = spec.kind === 'flag' ? '' : ` <${spec.type.name}>`;
    const text = `--${spec.name}${value}`;
    const isNeeded = spec.kind === 'value' && spec.needed === true;
    parts.push(isNeeded ? text : `[${text}]${spec.kind === 'repeat' ? '…' : ''}`);
  }
  return parts.join(' ');
}
