import type { Effect } from '../monitor/command.js';
import type { LineOrigin, ParsedCommand } from '../monitor/parseCommand.js';
import type { Place } from '../monitor/problem.js';

/** A line of a drill as written, with what its `${…}` stand for where it stands. */
export interface SourceLine {
  readonly text: string;
  readonly origin: LineOrigin;
  readonly defaults: ReadonlyMap<string, string>;
}

export interface DrillLine {
  readonly kind: 'line';
  readonly source: SourceLine;
  /** Holds the round of a `repeat`: read anew in each. */
  readonly usesRound: boolean;
  /** The line read, unless it uses the round or has a problem. */
  command: ParsedCommand | undefined;
  effect: Effect | undefined;
  /** Looks at memory errors that only the end of a drill shows. */
  asksForAudit: boolean;
  /** A check, with nothing but checks after it up to the end of the drill. */
  isTail: boolean;
}

export interface DrillRepeat {
  readonly kind: 'repeat';
  readonly rounds: number;
  readonly place: Place;
  readonly items: readonly DrillItem[];
}

export type DrillItem = DrillLine | DrillRepeat;

/** A drill whose every name and type is right. */
export interface Drill {
  /** The file's name without folder and `.drill`. */
  readonly name: string;
  readonly file: string;
  readonly items: readonly DrillItem[];
  /** Checks that it makes when it passes, `repeat` counted. */
  readonly checks: number;
  /** The names that it has a `default` for. */
  readonly defaults: readonly string[];
}

/** Lines that run, `repeat` counted; a bound times a bound may be Infinity. */
export function linesRun(
  items: readonly DrillItem[],
  counts: (line: DrillLine) => boolean = () => true,
): number {
  let total = 0;
  for (const item of items) {
    if (item.kind === 'repeat') total += item.rounds * linesRun(item.items, counts);
    else if (counts(item)) total += 1;
  }
  return total;
}

/** Marks the checks that a drill ends with; whether all of these items are such. */
export function markTail(items: readonly DrillItem[]): boolean {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]!;
    if (item.kind === 'repeat') {
      if (!everyLine(item.items, isQuiet)) return false;
      markTail(item.items);
    } else {
      if (!isQuiet(item)) return false;
      item.isTail = true;
    }
  }
  return true;
}

const isQuiet = (line: DrillLine): boolean => line.effect === 'check' || line.effect === 'look';

function everyLine(items: readonly DrillItem[], holds: (line: DrillLine) => boolean): boolean {
  return items.every((item) => (item.kind === 'repeat' ? everyLine(item.items, holds) : holds(item)));
}
