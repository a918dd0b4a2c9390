import { MOST_LINES_RUN } from '../commands/text.js';
import type { Language } from '../monitor/language.js';
import { nearestWord } from '../monitor/nearest.js';
import type { LineOrigin, ParsedCommand } from '../monitor/parseCommand.js';
import type { Problem } from '../monitor/problem.js';
import { Scope } from '../monitor/scope.js';
import { type Substitute, splitLine } from '../monitor/words.js';
import { type DrillItem, type DrillRepeat, linesRun, type SourceLine } from './drillAst.js';
import { checkText } from './drillText.js';

/** Gives the text of an included file, and its full name, by which a circle is seen. */
export type ReadFile = (
  path: string,
  from: string,
) => { readonly file: string; readonly text: string } | { readonly problem: string };

const DEEPEST_INCLUDE = 32;
const DEEPEST_REPEAT = 32;
const MOST_LINES_READ = 200_000;

interface OpenRepeat {
  readonly command: ParsedCommand;
  readonly rounds: number;
  readonly items: DrillItem[];
}

/**
 * Reads the text of a drill into lines and repeats: takes the other files in, and puts values for names. The lines
 * themselves are not read yet, but for those that work on the text.
 */
export class TreeReader {
  readonly #language: Language;
  readonly #readFile: ReadFile | undefined;
  readonly #defines: ReadonlyMap<string, string>;
  readonly #defaults: Map<string, string>;
  readonly #declared = new Map<string, string>();
  readonly #scope = new Scope();
  readonly problems: Problem[] = [];
  /** The lines of each file that was read. */
  readonly #texts = new Map<string, readonly string[]>();
  #lines = 0;

  constructor(
    language: Language,
    options: {
      readonly readFile?: ReadFile | undefined;
      readonly defines: ReadonlyMap<string, string>;
      readonly defaults: Map<string, string>;
    },
  ) {
    this.#language = language;
    this.#readFile = options.readFile;
    this.#defines = options.defines;
    this.#defaults = options.defaults;
  }

  /** The items of a text; problems are added to `problems`. */
  read(text: string, file: string, via: LineOrigin['via'] = []): readonly DrillItem[] {
    const items: DrillItem[] = [];
    const open: OpenRepeat[] = [];
    const lines = text.split(/\r\n|\n|\r/);
    this.#texts.set(file, lines);
    for (let at = 0; at < lines.length; at += 1) {
      this.#lines += 1;
      if (this.#lines > MOST_LINES_READ) {
        const message = `with all that is included there are more than ${MOST_LINES_READ} lines`;
        if (this.#lines === MOST_LINES_READ + 1) {
          this.problems.push({ file, line: at + 1, column: 1, length: 1, via, message });
        }
        break;
      }
      const origin: LineOrigin = { file, line: at + 1, via };
      this.#line(lines[at]!, origin, open[open.length - 1]?.items ?? items, items, open);
    }
    for (const { command } of open) {
      this.problems.push({ ...command.place, message: 'this repeat has no end', expected: 'a line "end"' });
    }
    return items;
  }

  /** A problem with the line that it stands in. */
  withSource(problem: Problem): Problem {
    const source = this.#texts.get(problem.file)?.[problem.line - 1]?.trim();
    return source === undefined || source === '' ? problem : { ...problem, source };
  }

  /** The names that the drill has a `default` for. */
  get declared(): readonly string[] {
    return [...this.#declared.keys()];
  }

  /** Defines that no `default` of the drill declares. */
  unusedDefines(file: string): readonly Problem[] {
    const right = [...this.#declared.keys()];
    return [...this.#defines.keys()]
      .filter((name) => !this.#declared.has(name))
      .map((name) => {
        const nearest = nearestWord(name, right);
        return {
          ...{ file, line: 1, column: 1, length: 1, via: [] },
          message: `--define ${name}: the drill has no "default ${name}"`,
          ...(nearest === undefined ? {} : { nearest }),
        };
      });
  }

  #line(text: string, origin: LineOrigin, into: DrillItem[], top: DrillItem[], open: OpenRepeat[]): void {
    let usesRound = false;
    const split = splitLine(text, (name) => {
      if (name !== 'i') return this.#named(name);
      if (open.length === 0) return { problem: `\${i} has no meaning outside of a repeat` };
      usesRound = true;
      return '1';
    });
    const [first] = split.words;
    if (first === undefined && split.faults.length === 0) return;
    const declaration =
      first === undefined || first.quoted ? undefined : this.#language.table.get(first.text);
    if (declaration?.effect !== 'text') {
      if (split.faults.length > 0) {
        for (const { problem, ...rest } of split.faults) {
          this.problems.push({ ...origin, ...rest, message: problem });
        }
        return;
      }
      const source: SourceLine = { text, origin, defaults: this.#defaults };
      into.push({
        ...{ kind: 'line', source, usesRound, command: undefined, effect: undefined },
        ...{ asksForAudit: false, isTail: false },
      });
      return;
    }
    const parsed = this.#language.parseLine(text, origin, this.#scope, (name) =>
      name === 'i' ? { problem: `\${i} has no meaning in a line "${declaration.name}"` } : this.#named(name),
    );
    if ('problems' in parsed) this.problems.push(...parsed.problems);
    if ('command' in parsed) this.#textLine(parsed.command, origin, into, top, open);
    // A repeat that cannot be read still has an end.
    else if (declaration.name === 'repeat' && 'problems' in parsed) this.#openBroken(origin, open);
  }

  #textLine(
    command: ParsedCommand,
    origin: LineOrigin,
    into: DrillItem[],
    top: DrillItem[],
    open: OpenRepeat[],
  ): void {
    const args = command.args;
    switch (command.declaration.name) {
      case 'default':
        this.#default(command, String(args.get('name')), String(args.get('value')));
        return;
      case 'include':
        // One by one: an included file may have more lines than a call may have arguments.
        for (const item of this.#include(command, String(args.get('file')), origin)) into.push(item);
        return;
      case 'repeat':
        if (open.length >= DEEPEST_REPEAT) {
          this.problems.push({
            ...command.place,
            message: `repeats inside of each other more than ${DEEPEST_REPEAT} deep`,
          });
        }
        open.push({ command, rounds: Number(args.get('n')), items: [] });
        return;
      default:
        this.#end(command, top, open);
    }
  }

  #openBroken(origin: LineOrigin, open: OpenRepeat[]): void {
    const parsed = this.#language.parseLine('repeat 1', origin, this.#scope);
    if ('command' in parsed) open.push({ command: parsed.command, rounds: 1, items: [] });
  }

  #end(command: ParsedCommand, top: DrillItem[], open: OpenRepeat[]): void {
    const closed = open.pop();
    if (closed === undefined) {
      this.problems.push({ ...command.place, message: 'this end belongs to no repeat' });
      return;
    }
    if (closed.items.length === 0) return;
    const { rounds, items } = closed;
    const item: DrillRepeat = { kind: 'repeat', rounds, place: closed.command.place, items };
    if (linesRun([item]) > MOST_LINES_RUN) {
      const message = `this repeat would run more than ${MOST_LINES_RUN} lines`;
      this.problems.push({ ...item.place, message, expected: 'fewer rounds' });
      (open[open.length - 1]?.items ?? top).push({ ...item, rounds: 1 });
      return;
    }
    (open[open.length - 1]?.items ?? top).push(item);
  }

  #default(command: ParsedCommand, name: string, value: string): void {
    if (name === 'i') {
      this.problems.push({ ...command.place, message: 'the name i is taken: it is the round of a repeat' });
      return;
    }
    const declaredIn = this.#declared.get(name);
    if (declaredIn === command.place.file && command.place.file !== '') {
      this.problems.push({ ...command.place, message: `there is a default ${name} in this file already` });
      return;
    }
    this.#declared.set(name, command.place.file);
    if (declaredIn === undefined) this.#defaults.set(name, this.#defines.get(name) ?? value);
  }

  #include(command: ParsedCommand, path: string, origin: LineOrigin): readonly DrillItem[] {
    const place = command.place;
    const refuse = (message: string): readonly DrillItem[] => {
      this.problems.push({ ...place, message });
      return [];
    };
    if (this.#readFile === undefined) return refuse('files cannot be included here');
    if (origin.via.length >= DEEPEST_INCLUDE) {
      return refuse(`files include each other more than ${DEEPEST_INCLUDE} deep`);
    }
    const read = this.#readFile(path, origin.file);
    if ('problem' in read) return refuse(read.problem);
    const above = [...origin.via.map((step) => step.file), origin.file];
    if (above.includes(read.file)) {
      return refuse(
        read.file === origin.file ? `${path} includes itself` : `${path} includes itself by way of others`,
      );
    }
    const via = [...origin.via, { file: origin.file, line: origin.line }];
    const wrong = checkText(read.text, read.file, via);
    if (wrong !== undefined) {
      this.problems.push(wrong);
      return [];
    }
    return this.read(read.text, read.file, via);
  }

  readonly #named: Substitute = (name) => {
    const value = this.#defaults.get(name);
    if (value !== undefined) return value;
    const right = [...this.#defaults.keys()];
    const nearest = nearestWord(name, right);
    return {
      problem: `\${${name}} has no value: no line "default ${name}" stands before`,
      ...(nearest === undefined ? {} : { nearest }),
    };
  };
}
