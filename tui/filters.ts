import type { LogIndex } from './logIndex.js';
import { selectPane } from './navigation.js';
import { openPrompt, type Prompt } from './prompt/prompt.js';
import type { UiState } from './state.js';

type FilteredPane = 'sessions' | 'ledger' | 'log';

/** The pane that `/` filters: the one that has the focus; what has no rows of its own filters the log. */
function filteredPane(state: UiState): FilteredPane {
  return state.focus === 'sessions' || state.focus === 'ledger' ? state.focus : 'log';
}

function filterOf(state: UiState, log: LogIndex): string {
  const pane = filteredPane(state);
  return pane === 'log' ? log.filter : state.filters[pane];
}

/** The `/` prompt, with the filter that there is. */
export function filterPrompt(state: UiState, log: LogIndex): Prompt {
  const usage = `only rows of the ${filteredPane(state)} with this text; Esc shows all again`;
  return { ...openPrompt('filter', filterOf(state, log)), usage };
}

/** Shows only rows with `text` in the pane that has the focus. The log has to be read again then. */
export function setFilter(state: UiState, log: LogIndex, text: string): void {
  const pane = filteredPane(state);
  if (pane === 'log') {
    log.setFilter(text);
    state.logEnd = undefined;
    selectPane(state, 'log');
    return;
  }
  state.filters = { ...state.filters, [pane]: text };
  state.firstLedger = 0;
}

/** Drops the filter of the pane that has the focus; if it has none, all. Returns whether there was one. */
export function dropFilter(state: UiState, log: LogIndex): boolean {
  const { sessions, ledger } = state.filters;
  if (log.filter === '' && sessions === '' && ledger === '') return false;
  if (filterOf(state, log) !== '') setFilter(state, log, '');
  else {
    state.filters = { sessions: '', ledger: '' };
    log.setFilter('');
  }
  return true;
}
