import type { Language } from '../monitor/language.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import { problemText } from '../monitor/problem.js';
import type { Scope } from '../monitor/scope.js';
import type { DrillItem, DrillLine } from './drillAst.js';
import { parseDrillLine } from './parseDrill.js';

interface Frame {
  readonly items: readonly DrillItem[];
  readonly rounds: number;
  round: number;
  next: number;
}

/** The next line of a drill that is to run. */
export interface NextLine {
  readonly line: DrillLine;
  readonly command: ParsedCommand;
}

/** Walks through the lines of a drill in the order in which they run. */
export class DrillCursor {
  readonly #language: Language;
  readonly #frames: Frame[];

  constructor(items: readonly DrillItem[], language: Language) {
    this.#language = language;
    this.#frames = [{ items, rounds: 1, round: 1, next: 0 }];
  }

  /** The next line, or undefined at the end. */
  next(scope: Scope): NextLine | undefined {
    for (;;) {
      const frame = this.#frames[this.#frames.length - 1];
      if (frame === undefined) return undefined;
      const item = frame.items[frame.next];
      if (item === undefined) this.#endOfRound(frame);
      else {
        frame.next += 1;
        if (item.kind === 'repeat') {
          this.#frames.push({ items: item.items, rounds: item.rounds, round: 1, next: 0 });
        } else {
          return { line: item, command: item.command ?? this.#read(item, frame.round, scope) };
        }
      }
    }
  }

  #endOfRound(frame: Frame): void {
    frame.next = 0;
    frame.round += 1;
    if (frame.round > frame.rounds) this.#frames.pop();
  }

  #read(line: DrillLine, round: number, scope: Scope): ParsedCommand {
    const parsed = parseDrillLine(line, round, this.#language, scope);
    if ('command' in parsed) return parsed.command;
    // The whole drill was checked with the same names, so this cannot be: a mistake of ours.
    const why = 'problems' in parsed ? parsed.problems.map(problemText).join('; ') : 'it is blank';
    throw new Error(`a line that was right is no longer: ${why}`);
  }

  keep(): () => void {
    const frames = this.#frames.map((frame) => ({ ...frame }));
    return () => {
      this.#frames.length = 0;
      for (const frame of frames) this.#frames.push({ ...frame });
    };
  }
}
