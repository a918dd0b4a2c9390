import type { WorldView } from '../../nodes/index.js';
import { type LedgerWish, ledgerTop } from '../panes/ledger.js';
import { eventOfEntry, keyOf, ledgerEntries, markedEntry } from '../reading/ledgerEntries.js';
import type { UiState } from '../state.js';
import { type MoveContext, showEvent } from './navigation.js';
import { selectNode, selectSession } from './selection.js';

// What is marked in the ledger follows from what is selected: an event and a session.

/** What of the ledger is shown. */
export function ledgerWish(state: UiState, view: WorldView): LedgerWish {
  const { selectedEvent, selectedSession, firstLedger: top } = state;
  return { selectedEvent, selectedSession, top, filter: state.filters.ledger, nowUs: view.nowUs };
}

/** Selects a row by its key: its session, and the event by which it was told, or the failure. */
export function selectWitness(state: UiState, context: MoveContext, key: string): void {
  const { view } = context;
  const entry = ledgerEntries(view.ledger, '').find((one) => keyOf(one) === key);
  if (entry === undefined) return;
  selectNode(state, view, entry.row.node);
  selectSession(state, view, entry.row.session);
  // It may have ended so long ago that no pane lists it.
  state.selectedSession = entry.row.session;
  state.selectedEvent = eventOfEntry(entry);
  showEvent(state, context, state.selectedEvent);
}

/** Key of the marked row; empty: none is. */
export function markedKey(state: UiState, view: WorldView): string {
  const entries = ledgerEntries(view.ledger, state.filters.ledger);
  const marked = entries[markedEntry(entries, state)];
  return marked === undefined ? '' : keyOf(marked);
}

/** Selects another row of the ledger. */
export function moveInLedger(state: UiState, by: number, context: MoveContext, height: number): void {
  const { view, layout } = context;
  const entries = ledgerEntries(view.ledger, state.filters.ledger);
  const at = Math.max(0, markedEntry(entries, state)) + by;
  const entry = entries[Math.max(0, Math.min(at, entries.length - 1))];
  if (entry === undefined) return;
  selectWitness(state, context, keyOf(entry));
  const frame = { width: layout.panes.get('ledger')?.width ?? state.width, height, focused: true };
  state.firstLedger = ledgerTop(view.ledger, ledgerWish(state, view), frame);
}
