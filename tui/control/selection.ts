import { addressText, type LoggedEvent } from '../../emulator/index.js';
import type { SessionView, WorldView } from '../../nodes/index.js';
import { field } from '../panes/eventText.js';
import { meantEntry } from '../reading/ledgerEntries.js';
import type { UiSource } from '../run/source.js';
import type { UiState } from '../state.js';

// What is selected in one pane is selected in all: a session selects its node, an event its session and its node.

export function selectNode(state: UiState, view: WorldView, name: string): void {
  const at = view.nodes.findIndex((node) => node.name === name);
  if (at >= 0) state.selectedNode = at;
}

export function selectSession(state: UiState, view: WorldView, name: string): void {
  const session = view.sessions.find((candidate) => candidate.name === name);
  if (session === undefined) return;
  state.selectedSession = name;
  state.selectedBlock = undefined;
  selectNode(state, view, session.node);
}

export function selectEvent(state: UiState, view: WorldView, event: LoggedEvent | undefined): void {
  state.selectedEvent = event?.number;
  if (event === undefined) return;
  selectNode(state, view, field(event, 'node'));
  selectSession(state, view, field(event, 'session'));
}

/**
 * The session that the table marks: the selected one; where that is not listed (any more), the one that was marked
 * before, or the first.
 */
export function markedSession(
  { selectedSession, markedBefore }: UiState,
  sessions: readonly SessionView[],
): SessionView | undefined {
  const named = (wanted: string): SessionView | undefined => sessions.find(({ name }) => name === wanted);
  return named(selectedSession) ?? named(markedBefore) ?? sessions[0];
}

/**
 * What the table, of `rows` rows, marks stays marked when the order changes, though nobody has selected it. Then it does
 * not scroll the table: once it is out of sight the first one is marked.
 */
export function keepMarked(state: UiState, sessions: readonly SessionView[], rows: number): void {
  const marked = markedSession(state, sessions);
  if (marked === undefined) return;
  const at = sessions.indexOf(marked) - state.firstSession;
  if (marked.name === state.selectedSession || (at >= 0 && at < rows)) state.markedBefore = marked.name;
  else {
    state.markedBefore = sessions[0]?.name ?? '';
    state.firstSession = 0;
  }
}

/** The event that is meant: the marked one, or the last where that has not come (yet, or again); 0: none has. */
export function meantEvent({ selectedEvent }: UiState, source: UiSource): number {
  const last = source.eventCount();
  return selectedEvent === undefined || selectedEvent > last ? last : selectedEvent;
}

/** Going back, and other branches, have other nodes, and other events of the same numbers after those that are shared. */
export function deselectGone(state: UiState, view: WorldView, shared: number): void {
  state.selectedNode = Math.max(0, Math.min(state.selectedNode, view.nodes.length - 1));
  if ((state.selectedEvent ?? 0) <= shared) return;
  state.selectedEvent = undefined;
  state.logEnd = undefined;
}

/**
 * What `w` asks the reason of, and `i` what it is: the selected thing of the pane that has the focus, as commands call it.
 */
export function selectedThing(
  state: UiState,
  view: WorldView,
  source: UiSource,
  sessions: readonly SessionView[],
): string | undefined {
  const session = markedSession(state, sessions)?.name;
  switch (state.focus) {
    case 'nodes':
    case 'bus':
      return view.nodes[state.selectedNode]?.name;
    case 'sessions':
      return session;
    case 'memory':
      if (state.selectedBlock !== undefined)
        return `${state.selectedBlock.space} ${addressText(state.selectedBlock.address)}`;
      return session;
    case 'ledger': {
      const marked = meantEntry(view.ledger, state.filters.ledger, state);
      if (marked === undefined) return undefined;
      return marked.row.told ? `@${marked.row.event}` : marked.row.session;
    }
    default: {
      const event = meantEvent(state, source);
      return event === 0 ? undefined : `@${event}`;
    }
  }
}
