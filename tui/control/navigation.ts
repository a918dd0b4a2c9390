import type { SessionView, WorldView } from '../../nodes/index.js';
import { isShared, type Layout, type PaneId, paneIds } from '../layout.js';
import { windowWith } from '../panes/pane.js';
import type { Looks } from '../reading/looks.js';
import type { UiSource } from '../run/source.js';
import type { UiState } from '../state.js';
import { isIn } from '../text/canvas.js';
import { filterOf, sayNoFilter, shownNodes } from './filters.js';
import type { Action } from './keys.js';
import { moveInLedger } from './ledgerLook.js';
import { moveInMemory } from './memoryLook.js';
import { markedSession, selectEvent, selectNode, selectSession } from './selection.js';

/** What there is to move in. */
export interface MoveContext {
  readonly view: WorldView;
  /** The sessions, as the table lists them. */
  readonly sessions: readonly SessionView[];
  readonly looks: Looks;
  readonly source: UiSource;
  readonly layout: Layout;
}

/** Gives a pane the focus; a pane that is not on the screen comes alone. */
export function selectPane(state: UiState, pane: PaneId): void {
  state.focus = pane;
  if (isShared(pane)) state.shared = pane;
}

/** The pane at a cell. */
export function paneAt(layout: Layout, x: number, y: number): PaneId | undefined {
  for (const [id, rect] of [...layout.panes, ...(layout.beside?.others ?? [])]) {
    if (isIn(rect, x, y)) return id;
  }
  return undefined;
}

/** Moves the focus, or within the pane that has it, or within the overlay. */
export function move(state: UiState, action: Action, key: string, context: MoveContext): void {
  switch (action) {
    case 'next-pane':
      cyclePane(state, 1, context.layout);
      break;
    case 'previous-pane':
      cyclePane(state, -1, context.layout);
      break;
    case 'pane':
      focusPane(state, paneIds[Number(key) - 1], context.layout);
      break;
    case 'zoom':
      state.zoomed = !state.zoomed;
      break;
    case 'next-match':
      nextMatch(state, 'down', context);
      break;
    case 'previous-match':
      nextMatch(state, 'up', context);
      break;
    default:
      moveBy(state, action, context);
  }
}

function cyclePane(state: UiState, direction: 1 | -1, layout: Layout): void {
  // A projector has only few panes; the others come by their numbers.
  const panes = state.projector && !state.zoomed ? [...layout.panes.keys()] : paneIds;
  const at = panes.indexOf(state.focus);
  selectPane(state, panes[(at + direction + panes.length) % panes.length] ?? 'sessions');
}

function focusPane(state: UiState, pane: PaneId | undefined, layout: Layout): void {
  if (pane === undefined) return;
  // The place that panes share is there, or not, for all of them.
  const isThere = layout.beside !== undefined || layout.panes.has(isShared(pane) ? state.shared : pane);
  selectPane(state, pane);
  if (!isThere) state.zoomed = true;
}

/** Rows that an action moves by; the ends are far away. */
function distance(action: Action, page: number): number {
  switch (action) {
    case 'up':
    case 'left':
      return -1;
    case 'down':
    case 'right':
      return 1;
    case 'page-up':
      return -page;
    case 'page-down':
      return page;
    case 'top':
      return Number.NEGATIVE_INFINITY;
    case 'bottom':
      return Number.POSITIVE_INFINITY;
    default:
      return 0;
  }
}

function moveBy(state: UiState, action: Action, context: MoveContext): void {
  const height = context.layout.panes.get(state.focus)?.height ?? 2;
  const page = Math.max(1, height - 2);
  if (state.overlay !== undefined) {
    const rows = Math.max(1, context.layout.body.height - 2);
    if (state.overlay.events !== undefined) {
      moveInHistory(state, distance(action, rows), rows, context);
      return;
    }
    const most = Math.max(0, state.overlay.lines.length - rows);
    const by = distance(action, rows);
    state.overlay = { ...state.overlay, first: clamp(state.overlay.first + by, most) };
    return;
  }
  const by = distance(action, page);
  if (state.focus === 'nodes' || state.focus === 'bus') {
    moveNode(state, by, context);
  } else if (state.focus === 'sessions') moveSession(state, by, context, height - 1);
  else if (state.focus === 'ledger') {
    moveInLedger(state, by, context, height);
  } else if (state.focus === 'memory') moveInMemory(state, by, context, page);
  else if (state.focus === 'traffic' || state.focus === 'sequence') {
    context.looks.moveInTraffic(state, by, context.source, context.view);
  } else if (state.focus === 'plots') moveInPlots(state, by, context);
  else moveInLog(state, by, context);
}

/** Marks another event of the history that is open; it is selected in the panes under it as well. */
function moveInHistory(state: UiState, by: number, rows: number, { view, source }: MoveContext): void {
  const { overlay } = state;
  const events = overlay?.events ?? [];
  const places = events.flatMap((event, at) => (event > 0 && event !== events[at - 1] ? [at] : []));
  if (overlay === undefined || places.length === 0) return;
  const before = places.indexOf(overlay.marked ?? -1);
  const next = before < 0 ? (by < 0 ? places.length - 1 : 0) : clamp(before + by, places.length - 1);
  const marked = places[next] ?? 0;
  // With the first event its facts come into sight again.
  const first = next === 0 ? 0 : windowWith(overlay.first, marked, rows);
  state.overlay = { ...overlay, marked, first };
  selectEvent(state, view, source.event(events[marked] ?? 1));
}

/** The next or previous of what the filter leaves, in every pane; without a filter it says how to set one. */
function nextMatch(state: UiState, action: 'up' | 'down', context: MoveContext): void {
  if (filterOf(state) === '') sayNoFilter(state);
  else moveBy(state, action, context);
}

/** Selects another node of those that the filter leaves. */
function moveNode(state: UiState, by: number, { view }: MoveContext): void {
  const nodes = shownNodes(state, view);
  const at = nodes.findIndex(({ name }) => name === view.nodes[state.selectedNode]?.name);
  // With the selected one filtered out the first one comes next.
  const next = nodes[at < 0 ? 0 : clamp(at + by, nodes.length - 1)];
  if (next !== undefined) selectNode(state, view, next.name);
}

/** Selects another moment at which somebody was told: the plots list the newest first. */
function moveInPlots(state: UiState, by: number, context: MoveContext): void {
  const { view, source, looks } = context;
  const events = looks.detections(state, source, view);
  const at = events.indexOf(state.selectedEvent ?? 0);
  const number = events[at < 0 ? 0 : clamp(at + by, events.length - 1)];
  if (number === undefined) return;
  selectEvent(state, view, source.event(number));
  showEvent(state, context, number);
}

function moveSession(state: UiState, by: number, { sessions, view }: MoveContext, rows: number): void {
  const marked = markedSession(state, sessions);
  const at = clamp((marked === undefined ? 0 : sessions.indexOf(marked)) + by, sessions.length - 1);
  selectSession(state, view, sessions[at]?.name ?? '');
  state.firstSession = windowWith(state.firstSession, at, rows);
}

/** So many rows from the marked event; one that the log leaves out, as a frame, stands between two rows. */
function placeInLog(numbers: readonly number[], marked: number | undefined, by: number): number {
  const next = marked === undefined ? -1 : numbers.findIndex((number) => number >= marked);
  if (next < 0) return numbers.length + by;
  return numbers[next] === marked || by < 0 ? next + by : next + by - 1;
}

/** Marks another event of the log. Going up stops following, and stays; past the last one it follows again. */
function moveInLog(state: UiState, by: number, context: MoveContext): void {
  const { looks, source, view } = context;
  const { numbers } = looks.log;
  const last = numbers.length - 1;
  const at = Math.max(0, placeInLog(numbers, state.selectedEvent, by));
  if (at > last) {
    state.logEnd = undefined;
    state.selectedEvent = undefined;
    return;
  }
  const number = numbers[at] ?? 1;
  selectEvent(state, view, source.event(number));
  showEvent(state, context, number);
}

/** Moves the log's window as far as it must so that an event is in sight; from now on it does not follow. */
export function showEvent(state: UiState, { looks, layout }: MoveContext, number: number): void {
  const { numbers } = looks.log;
  const height = Math.max(1, (layout.panes.get('log')?.height ?? 2) - 1);
  const at = Math.min(placeInLog(numbers, number, 0), numbers.length - 1);
  const end = state.logEnd ?? numbers.length;
  const seen = Math.min(Math.max(end, at + 1), at + height);
  // The window stays where it is: what comes meanwhile is counted, and not scrolled to.
  state.logEnd = Math.max(seen, Math.min(height, numbers.length));
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, Math.max(0, most)));
}
