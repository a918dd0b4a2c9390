import type { FlipBy } from '../nodes/index.js';
import { type Filters, noFilters } from './control/filters.js';
import type { BlockAt } from './control/memoryLook.js';
import type { StepUnit } from './control/stepping.js';
import type { PaneId, SharedPane } from './layout.js';
import type { Menu } from './menu/menu.js';
import { type History, historyOf } from './prompt/history.js';
import type { Prompt } from './prompt/prompt.js';
import type { Changes, SortKey } from './reading/sessionTable.js';
import type { Line } from './text/line.js';
import type { ThemeName } from './text/theme.js';
import type { Tour } from './tour/tour.js';

/** A box over the panes with text in it. */
export interface Overlay {
  readonly title: string;
  readonly lines: readonly Line[];
  /** First row shown. */
  readonly first: number;
  /** Where the rows are events: their numbers, 0 for a row of none, and the row that is marked. */
  readonly events?: readonly number[];
  readonly marked?: number;
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
  /** The pane that has the place which log, memory, traffic and plots share. */
  shared: SharedPane;
  zoomed: boolean;
  selectedNode: number;
  /** Name of the selected session; empty: none. */
  selectedSession: string;
  /** Name of the session that the table marked last, selected or not; empty: none. */
  markedBefore: string;
  /** Number of the marked event of the log; undefined: the log follows, and its last one is meant. */
  selectedEvent: number | undefined;
  /** The block that was gone to in the memory; undefined: that of the selected session. */
  selectedBlock: BlockAt | undefined;
  firstMemory: number;
  /** Bytes of the blocks that were looked at, as they were then. */
  readonly seenBytes: Map<string, readonly number[]>;
  /** What one step goes to. */
  unit: StepUnit;
  /** Sessions that are other than before the last command or moment, and in what. */
  changed: Changes;
  firstSession: number;
  firstLedger: number;
  /** What the table of sessions is sorted by. */
  sort: SortKey;
  /** From the last to the first. */
  sortReversed: boolean;
  /** The session that is kept in sight, and that log, traffic and memory show alone; empty: none. */
  followed: string;
  /** What the panes are cut down to. */
  filters: Filters;
  /** How many rows of the log are shown below the window; undefined: the log follows. */
  logEnd: number | undefined;
  /** What is other in the world that stands beside; undefined: there is none. */
  beside: FlipBy | undefined;
  prompt: Prompt | undefined;
  history: History;
  overlay: Overlay | undefined;
  /** The menu over the panes: it takes keys and clicks. */
  menu: Menu | undefined;
  /** The row where the last command and its answer stand. */
  message: { readonly text: string; readonly bad: boolean };
  /** The built-in scenario is on the screen. */
  isBuiltIn: boolean;
  tour: Tour | undefined;
  /** For a projector: large, few panes, bold. */
  projector: boolean;
  /** How roles look. */
  theme: ThemeName;
  /** Stop by itself at the moments of the story. */
  stops: boolean;
  notes: Note[];
  /** Text on its way to the terminal's clipboard. */
  copying: string | undefined;
  quitting: boolean;
}

/** The state at the start. */
export function newState(width: number, height: number, history: readonly string[]): UiState {
  return {
    width,
    height,
    running: false,
    focus: 'sessions',
    shared: 'log',
    zoomed: false,
    selectedNode: 0,
    selectedSession: '',
    markedBefore: '',
    selectedEvent: undefined,
    selectedBlock: undefined,
    firstMemory: 0,
    seenBytes: new Map(),
    unit: 'event',
    changed: new Map(),
    firstSession: 0,
    firstLedger: 0,
    sort: 'now',
    sortReversed: false,
    followed: '',
    filters: noFilters,
    logEnd: undefined,
    beside: undefined,
    prompt: undefined,
    history: historyOf(history),
    overlay: undefined,
    menu: undefined,
    message: { text: '', bad: false },
    isBuiltIn: false,
    tour: undefined,
    projector: false,
    theme: 'dark',
    stops: false,
    notes: [],
    copying: undefined,
    quitting: false,
  };
}
