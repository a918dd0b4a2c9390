import { addressText, type LoggedEvent } from '../../emulator/index.js';
import type { WorldView } from '../../nodes/index.js';
import { field } from '../panes/eventText.js';
import { ledgerEntries, markedEntry } from '../reading/ledgerEntries.js';
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
 * What `w` asks the reason of, and `i` what it is: the selected thing of the pane that has the focus, as commands call it.
 */
export function selectedThing(
  state: UiState,
  view: WorldView,
  source: UiSource,
  firstSession: string,
): string | undefined {
  // Where none was gone to, the first row is the marked one.
  const session = state.selectedSession === '' ? firstSession : state.selectedSession;
  switch (state.focus) {
    case 'nodes':
    case 'bus':
      return view.nodes[state.selectedNode]?.name;
    case 'sessions':
      return session === '' ? undefined : session;
    case 'memory':
      if (state.selectedBlock !== undefined)
        return `${state.selectedBlock.space} ${addressText(state.selectedBlock.address)}`;
      return session === '' ? undefined : session;
    case 'ledger': {
      const entries = ledgerEntries(view.ledger, state.filters.ledger);
      const marked = entries[Math.max(0, markedEntry(entries, state))];
      if (marked === undefined) return undefined;
      return marked.row.told ? `@${marked.row.event}` : marked.row.session;
    }
    default: {
      const event = state.selectedEvent ?? source.eventCount();
      return event === 0 ? undefined : `@${event}`;
    }
  }
}
