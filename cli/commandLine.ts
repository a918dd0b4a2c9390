import { existsSync } from 'node:fs';
import yargs from 'yargs';
import { fault } from '../emulator/index.js';
import type { CommandEntry, OptionEntry } from './commandEntry.js';
import { commands, commonOptions, laterCommands } from './commandTable.js';
import { UsageError } from './exitStatus.js';

/** The options of a command line that was found right. */
export class GivenOptions {
  readonly #values: ReadonlyMap<string, readonly (string | boolean)[]>;

  constructor(values: ReadonlyMap<string, readonly (string | boolean)[]>) {
    this.#values = values;
  }

  /** A flag: true, false for its `--no-` form, undefined when not given. The last one counts. */
  flag(name: string): boolean | undefined {
    const value = this.#values.get(name)?.at(-1);
    return typeof value === 'boolean' ? value : undefined;
  }

  value(name: string): string | undefined {
    return this.all(name)[0];
  }

  all(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((value) => typeof value === 'string');
  }
}

/** What a command line asks for. */
export interface Given {
  readonly command: CommandEntry;
  /** Files and folders, in their order. */
  readonly operands: readonly string[];
  readonly options: GivenOptions;
  /** Whether the command was named, or follows from what was not said. */
  readonly named: boolean;
}

const everyOption: readonly OptionEntry[] = [...commonOptions, ...commands.flatMap(({ options }) => options)];

interface RawLine {
  readonly words: readonly string[];
  readonly after: readonly string[];
  readonly options: ReadonlyMap<string, readonly (string | boolean)[]>;
}

/** What yargs makes of the words; it knows how words are written, and nothing of which belong together. */
function rawLine(args: readonly string[]): RawLine {
  const takers = everyOption.filter(({ kind }) => kind !== 'flag').map(({ name }) => name);
  const flags = everyOption.filter(({ kind }) => kind === 'flag').map(({ name }) => name);
  const parser = yargs([...args])
    .help(false)
    .version(false)
    .exitProcess(false)
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    })
    .alias('help', 'h')
    .string(['_', ...takers])
    .boolean(flags);
  const { _: words, $0: _program, '--': after, ...rest } = parser.parseSync() as Record<string, unknown>;
  const options = Object.entries(rest).map(([name, value]) => {
    const given = (Array.isArray(value) ? value : [value]) as readonly unknown[];
    return [name, given.map((each) => (typeof each === 'boolean' ? each : String(each)))] as const;
  });
  return {
    words: (words as readonly unknown[]).map(String),
    after: Array.isArray(after) ? after.map(String) : [],
    options: new Map(options.filter(([, values]) => values.length > 0)),
  };
}

/** yargs takes `--bail=yes` for a no. */
function checkFlags(args: readonly string[]): void {
  const flags = everyOption.filter(({ kind }) => kind === 'flag').map(({ name }) => name);
  const end = args.indexOf('--');
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    const [, name = '', value = ''] = /^--(?:no-)?([^=]+)=(.*)$/s.exec(arg) ?? [];
    if (flags.includes(name) && value !== 'true' && value !== 'false') {
      throw new UsageError(`--${name} takes no value, and stands here with "${value}"`);
    }
  }
}

const didYouMean = (word: string, right: readonly string[]): string => {
  const { nearest } = fault('', undefined, word, right);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
};

const looksLikeFile = (word: string): boolean => /[./\\]/.test(word) || existsSync(word);

interface Chosen {
  readonly command: CommandEntry;
  readonly operands: readonly string[];
  readonly named: boolean;
}

/** The first word names the command; without one, or with a file, it is `ui`. */
function chosenCommand(words: readonly string[]): Chosen {
  const [first, ...operands] = words;
  const ui = commands[0]!;
  if (first === undefined) return { command: ui, operands, named: false };
  const command = commands.find(({ name }) => name === first);
  if (command !== undefined) return { command, operands, named: true };
  const comesLater = laterCommands.find(({ name }) => name === first);
  if (comesLater !== undefined) {
    throw new UsageError(`${first} (${comesLater.summary}) comes later; this version does not have it`);
  }
  if (looksLikeFile(first)) return { command: ui, operands: words, named: false };
  const names = commands.map(({ name }) => name);
  const near = didYouMean(first, names);
  throw new UsageError(
    `there is no command ${first}, and no drill of that name${near === '' ? '.' : near} ` +
      `The commands are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  );
}

function checkOption(command: CommandEntry, name: string, values: readonly (string | boolean)[]): void {
  const known = [...command.options, ...commonOptions];
  const option = known.find((each) => each.name === name);
  const dashes = name.length === 1 ? '-' : '--';
  if (option === undefined) {
    const others = commands.filter(({ options }) => options.some((each) => each.name === name));
    const elsewhere =
      others.length === 0 ? '' : `; it belongs to ${others.map((each) => each.name).join(', ')}`;
    const near = elsewhere === '' ? optionNear(name, known) : elsewhere;
    throw new UsageError(`${command.name} has no option ${dashes}${name}${near}`, command.name);
  }
  if (option.later) {
    throw new UsageError(
      `--${name} (${option.help}) comes later; this version does not have it`,
      command.name,
    );
  }
  if (option.kind === 'flag') return;
  if (values.some((value) => typeof value === 'boolean' || value === '')) {
    throw new UsageError(`--${name} needs a value: --${name} ${option.value}`, command.name);
  }
  if (option.kind === 'value' && values.length > 1) {
    throw new UsageError(
      `--${name} stands here ${values.length} times; it can have one value only`,
      command.name,
    );
  }
}

function optionNear(name: string, known: readonly OptionEntry[]): string {
  const right = known.filter(({ later }) => later !== true).map((each) => each.name);
  const { nearest } = fault('', undefined, name, right);
  return nearest === undefined ? '' : `; did you mean --${nearest}?`;
}

/** Reads a command line; throws {@link UsageError} for what is wrong in it. */
export function readCommandLine(args: readonly string[]): Given {
  checkFlags(args);
  // `help drill` is what some type for `drill --help`.
  const line = rawLine(args[0] === 'help' ? [...args.slice(1), '--help'] : args);
  const { command, operands, named } = chosenCommand(line.words);
  for (const [name, values] of line.options) checkOption(command, name, values);
  const options = new GivenOptions(line.options);
  const all = [...operands, ...line.after];
  const asked = options.flag('help') === true || options.flag('version') === true;
  const { least, most, what } = command.operands;
  if (!asked && all.length < least) throw new UsageError(`${command.name} needs a ${what}`, command.name);
  if (!asked && all.length > most) {
    throw new UsageError(
      `${command.name} takes one ${what}, not ${all.length}: ${all.join(' ')}`,
      command.name,
    );
  }
  return { command, operands: all, options, named };
}
