import type { Language } from '../monitor/language.js';
import type { LineParsed, ParsedCommand } from '../monitor/parseCommand.js';
import type { Problem } from '../monitor/problem.js';
import type { Scope } from '../monitor/scope.js';
import { type Drill, type DrillItem, type DrillLine, linesRun, markTail } from './drillAst.js';
import { checkText } from './drillText.js';
import { type ReadFile, TreeReader } from './readTree.js';
import { asksForAudit } from './wanted.js';

/** Problems that are reported of one drill; a text with more is not what it seems. */
const MOST_PROBLEMS = 200;

export interface DrillOptions {
  /** `--define name=value`: each must be declared by a `default`. */
  readonly defines?: ReadonlyMap<string, string>;
  /** A define without a `default` is nothing to this drill: another of the same run has it. */
  readonly sharedDefines?: boolean;
  readonly readFile?: ReadFile;
  /** The prompt's: names that are there already, defaults that stay, commands that a drill must not have. */
  readonly prompt?: { readonly scope: Scope; readonly defaults: Map<string, string> };
}

export type DrillParsed = { readonly drill: Drill } | { readonly problems: readonly Problem[] };

/** Reads a drill and checks every name and type in it. Nothing runs; all problems are found. */
export function parseDrill(
  text: string,
  file: string,
  language: Language,
  options: DrillOptions = {},
): DrillParsed {
  const wrong = checkText(text, file, []);
  if (wrong !== undefined) return { problems: [wrong] };
  const defaults = options.prompt?.defaults ?? new Map<string, string>();
  const defines = options.defines ?? new Map<string, string>();
  const tree = new TreeReader(language, { readFile: options.readFile, defines, defaults });
  const items = tree.read(text.startsWith('\uFEFF') ? text.slice(1) : text, file);
  const isPrompt = options.prompt !== undefined;
  const scope = options.prompt?.scope.clone() ?? language.newScope();
  const checker = new LineChecker(language, scope, isPrompt, tree.problems.length === 0);
  checker.check(items);
  const problems = [
    ...[...tree.problems, ...checker.problems].map((problem) => tree.withSource(problem)),
    ...(options.sharedDefines === true ? [] : tree.unusedDefines(file)),
  ];
  if (problems.length > 0) return { problems: inOrder(problems).slice(0, MOST_PROBLEMS) };
  if (items.length === 0 && !isPrompt) {
    const message = 'there is no command in this drill';
    return { problems: [{ file, line: 1, column: 1, length: 1, via: [], message, expected: 'a command' }] };
  }
  markTail(items);
  const checks = linesRun(items, (line) => line.effect === 'check');
  return { drill: { name: nameOf(file), file, items, checks, defaults: tree.declared } };
}

/** Reads a line of a drill for one round of the repeat around it. */
export function parseDrillLine(line: DrillLine, round: number, language: Language, scope: Scope): LineParsed {
  const { text, origin, defaults } = line.source;
  return language.parseLine(text, origin, scope, (name) => {
    if (name === 'i' && line.usesRound) return String(round);
    return defaults.get(name) ?? { problem: `\${${name}} has no value` };
  });
}

/** Goes through the lines as they will run, with the names that they make, but runs nothing. */
class LineChecker {
  readonly #language: Language;
  readonly #scope: Scope;
  readonly #isPrompt: boolean;
  /** Whether the repeats are as they should be: otherwise two rounds say enough. */
  readonly #allRounds: boolean;
  readonly #failed = new Set<DrillLine>();
  readonly problems: Problem[] = [];

  constructor(language: Language, scope: Scope, isPrompt: boolean, allRounds: boolean) {
    this.#language = language;
    this.#scope = scope;
    this.#isPrompt = isPrompt;
    this.#allRounds = allRounds;
  }

  check(items: readonly DrillItem[], round = 1, isFirst = true): void {
    for (const item of items) {
      if (item.kind === 'line') {
        if (isFirst || round <= 2 || item.usesRound) this.#line(item, round);
        continue;
      }
      if (!isFirst && round > 2) continue;
      const isVaried = item.items.some((inner) => inner.kind === 'line' && inner.usesRound);
      const rounds = isVaried && this.#allRounds ? item.rounds : Math.min(2, item.rounds);
      for (let inner = 1; inner <= rounds; inner += 1) this.check(item.items, inner, inner === 1);
    }
  }

  #line(line: DrillLine, round: number): void {
    if (this.#failed.has(line) || this.problems.length > MOST_PROBLEMS) return;
    const parsed = parseDrillLine(line, round, this.#language, this.#scope);
    if ('blank' in parsed) return;
    const problems = 'problems' in parsed ? parsed.problems : this.#misplaced(parsed.command);
    if (problems.length > 0) {
      this.#failed.add(line);
      this.problems.push(...problems);
    }
    if (!('command' in parsed)) return;
    const { command } = parsed;
    if (!line.usesRound) line.command = command;
    line.effect = command.declaration.effect;
    line.asksForAudit = asksForAudit(command.args.get('event'), command.args.get('extra'));
    command.bound.declare(this.#scope);
  }

  #misplaced(command: ParsedCommand): readonly Problem[] {
    if (this.#isPrompt || command.declaration.where === 'anywhere') return [];
    const message = `"${command.declaration.name}" belongs to the prompt: a drill cannot hold it`;
    return [{ ...command.place, message }];
  }
}

/** By the place in the drill itself, then by the place in what it includes. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const outer = (problem: Problem): number => problem.via[0]?.line ?? problem.line;
  return [...problems].sort((a, b) => outer(a) - outer(b) || a.line - b.line || a.column - b.column);
}

function nameOf(file: string): string {
  const last = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return last.endsWith('.drill') ? last.slice(0, -'.drill'.length) : last;
}
