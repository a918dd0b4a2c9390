import type { LoggedEvent } from '../../emulator/index.js';
import type { BlockDetail, Difference, FlipBy, SpaceView, WorldView } from '../../nodes/index.js';

/** What a monitor command said: its output, and what was wrong with it (`column` counts from 1; 0: no place). */
export interface CommandResult {
  readonly lines: readonly string[];
  readonly problem?: { readonly column: number; readonly length: number; readonly message: string };
  /** A `repeat` is open: more lines belong to it. */
  readonly isOpen?: boolean;
}

/** What may stand at the cursor: `start` is where the word to be replaced begins, `usage` the command's form. */
export interface CompletionResult {
  readonly start: number;
  readonly candidates: readonly string[];
  readonly usage: string;
}

/** A monitor command: its name, its form with all that it takes, and what it does. */
export interface CommandForm {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  /** The words that may come next, where its first argument is one of a few: `loss`, `delay`. */
  readonly choices: readonly string[];
  /** The words of its other arguments, likewise. */
  readonly others: readonly string[];
}

export type Mode = 'PAUSED' | 'RUN' | 'REWOUND' | 'ENDED';

/** Where the run stands. */
export interface RunStatus {
  readonly drill: string;
  readonly seed: number;
  readonly mode: Mode;
  readonly nowUs: number;
  readonly checksPassed: number;
  readonly checksTotal: number;
  /** What failed, if something did: the line, and what was expected. */
  readonly failure: string;
  /** The drill's last line has been run. */
  readonly ended: boolean;
}

export interface Horizon {
  readonly timeUs: number;
  readonly events: number;
  readonly branch: string;
}

/** The same run in another world, which stands at the same virtual time. */
export interface OtherSource {
  /** What is other there: `eee0 as SSC`. */
  readonly title: string;
  /** The nodes that are other. */
  readonly nodes: readonly string[];
  readonly source: UiSource;
  /** Changes when all that was read of it is old. */
  readonly restarts: number;
  /** Goes where the run stands now. */
  follow(): void;
  differences(): readonly Difference[];
  /** What became of the commands that it did not take so far. */
  refused(): readonly string[];
}

/**
 * All that the UI knows of the run: it reads views and events, and sends monitor commands. `timelineSource.ts` makes it
 * from a Timeline; tests make it from plain values.
 */
export interface UiSource {
  status(): RunStatus;
  view(): WorldView;
  /** The map of every address space. */
  memory(): readonly SpaceView[];
  /** The block at an address of an application's or a node's memory. */
  block(space: string, address: number): BlockDetail | undefined;
  /** What failed, in full: what was expected, what came nearest, the chain of causes; empty when nothing has. */
  failureLines(): readonly string[];
  /** How far the branch has been that the run is on. On a branch the event of a number is always the same one. */
  horizon(): Horizon;
  /** How many events the branch has in common with another one; infinite for itself, 0 for one that is not known. */
  sharedWith(branch: string): number;
  /** Number of the oldest event that can still be read: a log that lasts lets go of the first ones. */
  firstEvent(): number;
  /** Number of the last event; events are numbered from 1. */
  eventCount(): number;
  /** One that is no longer kept is an event `forgotten`. */
  event(number: number): LoggedEvent;
  /** The kind of an event alone: at full load most events are passed over by it. */
  eventName(number: number): string;
  /** What there is to say about an event beside its fields: the report of a memory error. Empty for most. */
  explain(number: number): readonly string[];
  /**
   * Runs to `untilUs` of virtual time, at most `steps` visible steps. Returns whether it got to `untilUs` or may go on
   * (`more`), or the drill has just ended or nothing is left to do (`end`).
   */
  play(untilUs: number, steps: number): 'there' | 'more' | 'end';
  /** No longer wants to be played. */
  pause(): void;
  command(text: string): CommandResult;
  /** A `repeat` is open: whatever is given is a line of it. */
  isOpen(): boolean;
  /** Drops an open `repeat`; whether one was open. */
  abandon(): boolean;
  complete(text: string, cursor: number): CompletionResult;
  /** Every command of the monitor's language. */
  commandForms(): readonly CommandForm[];
  /** The same run with the other kind of node, or the other release. */
  beside(by: FlipBy): OtherSource;
}
