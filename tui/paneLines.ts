import type { Difference, SessionView, WorldView } from '../nodes/index.js';
import { differingSessions, isToldOtherwise } from './beside/differing.js';
import { joins, nodesShownOf, shownNodes } from './control/filters.js';
import { ledgerWish } from './control/ledgerLook.js';
import { memoryLines } from './control/memoryLook.js';
import { markedSession } from './control/selection.js';
import type { PaneId } from './layout.js';
import { busPane } from './panes/bus.js';
import { ledgerPane } from './panes/ledger.js';
import { type LogRow, logPane } from './panes/log.js';
import { nodesPane } from './panes/nodes.js';
import { type PaneFrame, windowWith } from './panes/pane.js';
import { sessionsPane } from './panes/sessions.js';
import { projectorLedger } from './projector/ledger.js';
import type { Looks } from './reading/looks.js';
import { recentFrames } from './reading/traffic.js';
import type { UiSource } from './run/source.js';
import type { UiState } from './state.js';
import type { Rect } from './text/canvas.js';
import type { Line } from './text/line.js';

/** What the panes show: the run, as the person looks at it. */
export interface PaneContent {
  readonly source: UiSource;
  readonly view: WorldView;
  /** The sessions, as the table lists them. */
  readonly sessions: readonly SessionView[];
  readonly looks: Looks;
  /** What is other in the world beside this one. */
  readonly differences?: readonly Difference[];
}

/** Alone on the screen, or beside another world, a pane is as it is without a projector. */
const isProjected = ({ projector, zoomed, beside }: UiState): boolean =>
  projector && !zoomed && beside === undefined;

/** The lines of a pane, as high and wide as its place. */
export function paneLines(id: PaneId, rect: Rect, state: UiState, content: PaneContent): Line[] {
  const { view, source } = content;
  const frame: PaneFrame = { width: rect.width, height: rect.height, focused: state.focus === id };
  switch (id) {
    case 'nodes':
      return nodesPane(
        nodesShownOf(state, view),
        firstNode(state, view, rect.width),
        isPicked(state) ? (view.nodes[state.selectedNode]?.name ?? '') : '',
        frame,
      );
    case 'bus':
      return busPane(
        nodesShownOf(state, view),
        firstNode(state, view, rect.width),
        recentFrames(source, rect.height - 1, joins(shownNodes(state, view))),
        frame,
        {
          selectedEvent: state.selectedEvent ?? 0,
          selectedSession: state.selectedSession,
          selectedNode: isPicked(state) ? (view.nodes[state.selectedNode]?.name ?? '') : '',
          ordered: new Set(
            view.sessions.filter(({ delivery }) => delivery === 'ordered').map(({ name }) => name),
          ),
          note: state.filters.nodes === '' ? '' : `/${state.filters.nodes}`,
        },
      );
    case 'sessions':
      return sessionsLines(state, content, frame);
    case 'ledger': {
      const wish = { ...ledgerWish(state, view), isOther: isToldOtherwise(content.differences) };
      return (isProjected(state) ? projectorLedger : ledgerPane)(view.ledger, wish, frame);
    }
    case 'memory':
      return memoryLines(state, source, frame);
    case 'traffic':
      return content.looks.trafficLines(state, frame);
    case 'sequence':
      return content.looks.sequenceLines(state, source, view, frame);
    case 'plots':
      return content.looks.plotLines(state, source, view, {
        ...frame,
        width: Math.min(rect.width, plotWidth(state)),
      });
    case 'log':
      return logPane(logWindow(state, content, rect.height), frame);
  }
}

/** Side by side both worlds have the narrower half, so that one moment is at one place in both. */
const plotWidth = ({ beside, width }: UiState): number =>
  beside === undefined ? width : Math.floor((width - 1) / 2);

function sessionsLines(state: UiState, { sessions, differences }: PaneContent, frame: PaneFrame): Line[] {
  const marked = markedSession(state, sessions);
  const selected = marked === undefined ? 0 : sessions.indexOf(marked);
  const first = windowWith(state.firstSession, selected, frame.height - 1);
  const { filters, sort, sortReversed: isReversed, followed, changed } = state;
  const notes = [
    filters.sessions === '' ? '' : `/${filters.sessions}`,
    sort === 'now' && !isReversed ? '' : `by ${sort}${isReversed ? ' ↑' : ''}`,
  ];
  const note = notes.filter((text) => text !== '').join(' ');
  return sessionsPane(
    sessions,
    {
      ...{ first, changed, note, sort, isReversed, followed, differs: differingSessions(differences) },
      selected: marked?.name ?? '',
      isSelected: marked?.name === state.selectedSession,
    },
    frame,
  );
}

/** Something has been selected: before that the first node is only where the arrows begin. */
const isPicked = ({ selectedNode, selectedSession, focus }: UiState): boolean =>
  selectedNode > 0 || selectedSession !== '' || focus === 'nodes' || focus === 'bus';

/** The first node of the row: the tiles follow the selection when they do not all fit. */
function firstNode(state: UiState, view: WorldView, width: number): number {
  const perScreen = Math.max(1, Math.floor(width / 20));
  const nodes = shownNodes(state, view);
  if (nodes.length <= perScreen) return 0;
  const selected = nodes.findIndex(({ name }) => name === view.nodes[state.selectedNode]?.name);
  return Math.max(0, Math.min(selected, nodes.length - perScreen));
}

function logWindow(state: UiState, content: PaneContent, rows: number): Parameters<typeof logPane>[0] {
  const { source } = content;
  const { log } = content.looks;
  const { numbers } = log;
  const end = state.logEnd === undefined ? numbers.length : Math.min(numbers.length, state.logEnd);
  const shown: LogRow[] = [];
  const notes = state.logEnd === undefined ? state.notes : [];
  for (const number of numbers.slice(Math.max(0, end - rows), end)) {
    const event = source.event(number);
    shown.push({ event, cause: event.cause > 0 ? source.event(event.cause) : undefined });
  }
  const kept = withNotes(shown, notes).slice(-rows);
  return {
    rows: kept,
    newer: numbers.length - end,
    filter: log.filter,
    followed: log.session,
    withFrames: log.withDetails,
    selected: state.selectedEvent,
    session: state.selectedSession,
  };
}

/** Stray output among the events, where it came. */
function withNotes(rows: readonly LogRow[], notes: UiState['notes']): LogRow[] {
  if (notes.length === 0) return [...rows];
  const merged: LogRow[] = [];
  const first = rows[0]?.event.number ?? 0;
  let next = notes.findIndex((note) => note.after >= first);
  const add = (upTo: number): void => {
    while (next >= 0 && next < notes.length && (notes[next]?.after ?? 0) < upTo) {
      const note = notes[next];
      if (note !== undefined) merged.push(noteRow(note.text, note.after));
      next += 1;
    }
  };
  for (const row of rows) {
    add(row.event.number);
    merged.push(row);
  }
  add(Number.POSITIVE_INFINITY);
  return merged;
}

function noteRow(text: string, after: number): LogRow {
  const event = { number: after, timeUs: 0, cause: 0, event: 'output', fields: new Map([['text', text]]) };
  return { event, cause: undefined };
}
