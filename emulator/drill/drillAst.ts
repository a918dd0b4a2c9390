import type { LineOrigin, ParsedCommand } from '../monitor/parseCommand.js';
import type { Place } from '../monitor/problem.js';

/** A line of a drill as written, with what `${name}` stood for where it stands. */
export interface SourceLine {
  readonly text: string;
  readonly origin: LineOrigin;
  readonly defaults: ReadonlyMap<string, string>;
}

export interface DrillLine {
  readonly kind: 'line';
  readonly source: SourceLine;
  /** Holds `${i}`: read anew in each round of the innermost `repeat` around it. */
  readonly usesRound: boolean;
  /** The line read, unless it holds `${i}` or has a problem. */
  command: ParsedCommand | undefined;
  /** Nothing but checks follow up to the end of the drill, and this is one. */
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
  /** Whether it has no line that does anything. */
  readonly isEmpty: boolean;
}
