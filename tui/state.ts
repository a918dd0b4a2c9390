import type { PaneId } from './layout.js';
import { type History, historyOf } from './prompt/history.js';
import type { Prompt } from './prompt/prompt.js';
import type { SortKey } from './sessionTable.js';
import type { StepUnit } from './stepping.js';
import type { Line } from './text/line.js';

/** A box over the panes with text in it. */
export interface Overlay {
  readonly title: string;
  readonly lines: readonly Line[];
  /** First row shown. */
  readonly first: number;
}

/** A line that came from outside of the run (stray output), and after which event it came. */
export interface Note {
  readonly after: number;
  readonly text: string;
}

/** Most notes kept. */
export const NOTE_LIMIT = 200;

/** All that the screen remembers of the person: nothing of it is part of the run. */
export interface UiState {
  width: number;
  height: number;
  running: boolean;
  focus: PaneId;
  zoomed: boolean;
  selectedNode: number;
  /** Name of the marked session; empty: the first. */
  selectedSession: string;
  /** Number of the marked event of the log; undefined: the log follows, and its last one is meant. */
  selectedEvent: number | undefined;
  /** What one step goes to. */
  unit: StepUnit;
  /** Sessions that are other than before the last command or moment. */
  changed: ReadonlySet<string>;
  firstLedger: number;
  /** What the table of sessions is sorted by. */
  sort: SortKey;
  /** What the panes' rows are cut down to; the log keeps its own. */
  filters: { readonly sessions: string; readonly ledger: string };
  /** How many rows of the log are shown below the window; undefined: the log follows. */
  logEnd: number | undefined;
  prompt: Prompt | undefined;
  history: History;
  overlay: Overlay | undefined;
  /** The row where the last command and its answer stand. */
  message: { readonly text: string; readonly bad: boolean };
  /** Stop by itself at the moments of the story. */
  stops: boolean;
  notes: Note[];
  quitting: boolean;
}

/** The state at the start. */
export function newState(width: number, height: number, history: readonly string[]): UiState {
  return {
    width,
    height,
    running: false,
    focus: 'sessions',
    zoomed: false,
    selectedNode: 0,
    selectedSession: '',
    selectedEvent: undefined,
    unit: 'event',
    changed: new Set(),
    firstLedger: 0,
    sort: 'now',
    filters: { sessions: '', ledger: '' },
    logEnd: undefined,
    prompt: undefined,
    history: historyOf(history),
    overlay: undefined,
    message: { text: '', bad: false },
    stops: false,
    notes: [],
    quitting: false,
  };
}
