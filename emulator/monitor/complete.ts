import type { CommandDeclaration } from './command.js';
import type { CommandTable } from './commandTable.js';
import { gatherWords, isOption } from './gather.js';
import { usageOf } from './parseCommand.js';
import type { Scope } from './scope.js';
import { quoteWord, splitLine, type Word } from './words.js';

export interface Candidate {
  /** As it would stand in the line, quoted where it has to be. */
  readonly text: string;
  readonly help: string;
}

/** What could stand at the cursor: each candidate replaces the line from `from` to `to` (UTF-16 positions). */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly Candidate[];
  /** The usage of the command, once it is known. */
  readonly usage?: string;
}

/** At most so many candidates are given. */
const MOST = 200;

/** Completes the word before the cursor; what stands after the cursor does not count. */
export function completeLine(line: string, cursor: number, table: CommandTable, scope: Scope): Completion {
  const to = Math.max(0, Math.min(cursor, line.length));
  const before = line.slice(0, to);
  const { words, end } = splitLine(before, () => '');
  if (end < before.length) return { from: to, to, candidates: [] };
  const open = words.length > 0 && !/\s$/.test(before);
  const typed = open ? words[words.length - 1]! : undefined;
  const done = open ? words.slice(0, -1) : words;
  const from = typed === undefined ? to : positionOf(before, typed.column);
  const prefix = typed?.text ?? '';

  const names = nameCandidates(table, done, prefix);
  const found = done.length === 0 ? undefined : table.find(done);
  if (found === undefined || 'problem' in found) return { from, to, candidates: names };
  const rest = done.slice(found.nameWords);
  const own = argCandidates(found.command, rest, typed, scope);
  const candidates = [...(rest.length === 0 ? names : []), ...own]
    .filter(({ text }) => text.startsWith(prefix) || text.startsWith(`'${prefix}`))
    .slice(0, MOST);
  return { from, to, candidates, usage: usageOf(found.command) };
}

/** The next word of each command name that begins with the words typed. */
function nameCandidates(table: CommandTable, done: readonly Word[], prefix: string): readonly Candidate[] {
  const candidates = new Map<string, Candidate>();
  const typed = done.map((word) => word.text);
  for (const name of table.names()) {
    const parts = name.split(' ');
    const next = parts[typed.length];
    if (next === undefined || !next.startsWith(prefix) || candidates.has(next)) continue;
    if (!typed.every((word, at) => parts[at] === word)) continue;
    const isWhole = parts.length === typed.length + 1;
    candidates.set(next, { text: next, help: isWhole ? (table.get(name)?.help ?? '') : `${next} …` });
  }
  return [...candidates.values()];
}

function argCandidates(
  command: CommandDeclaration,
  rest: readonly Word[],
  typed: Word | undefined,
  scope: Scope,
): readonly Candidate[] {
  const earlier = new Map<string, unknown>();
  const last = rest[rest.length - 1];
  const { positional, options } = gatherWords(command, rest);
  command.words.forEach((spec, at) => {
    const word = positional[at];
    const parsed = word === undefined ? undefined : spec.type.parse(word.text, scope, earlier);
    if (parsed !== undefined && 'value' in parsed) earlier.set(spec.name, parsed.value);
  });
  const prefix = typed?.text ?? '';
  if (last !== undefined && isOption(last) && !last.text.includes('=')) {
    const value = optionValue(command, last.text.slice(2), prefix, scope, earlier);
    if (value !== undefined) return value;
  }
  if (prefix.startsWith('-')) {
    const given = options.map((option) => option.name);
    return optionNames(command, scope, earlier).filter(({ text }) => !given.includes(text.slice(2)));
  }
  const spec = command.words[Math.min(positional.length, command.words.length - 1)];
  if (spec === undefined || (positional.length >= command.words.length && spec.kind !== 'rest')) {
    return prefix === '' ? optionNames(command, scope, earlier) : [];
  }
  return (spec.type.complete?.(prefix, scope, earlier) ?? []).map((text) => ({
    text: quoteWord(text),
    help: spec.help,
  }));
}

/** Candidates for the value of an option; undefined where it takes none. */
function optionValue(
  command: CommandDeclaration,
  name: string,
  prefix: string,
  scope: Scope,
  earlier: ReadonlyMap<string, unknown>,
): readonly Candidate[] | undefined {
  const spec = command.options.find((option) => option.name === name);
  if (spec?.kind === 'flag' || spec?.kind === 'later') return undefined;
  const resolved = spec?.type ?? command.anyOption?.resolve(name, scope, earlier);
  if (resolved === undefined || !('parse' in resolved)) return undefined;
  const help = spec?.help ?? resolved.describe;
  return (resolved.complete?.(prefix, scope, earlier) ?? []).map((text) => ({ text: quoteWord(text), help }));
}

function optionNames(
  command: CommandDeclaration,
  scope: Scope,
  earlier: ReadonlyMap<string, unknown>,
): readonly Candidate[] {
  const own = command.options
    .filter((option) => option.kind !== 'later')
    .map((option) => ({ text: `--${option.name}`, help: option.help }));
  const any = command.anyOption;
  const fields = any?.names(scope, earlier).map((name) => ({ text: `--${name}`, help: any.help })) ?? [];
  return [...own, ...fields];
}

/** The UTF-16 position of a column. */
function positionOf(line: string, column: number): number {
  return [...line].slice(0, column - 1).join('').length;
}
