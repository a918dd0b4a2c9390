import { openPrompt, type Prompt } from '../prompt/prompt.js';
import type { Looks } from '../reading/looks.js';
import type { UiState } from '../state.js';
import { selectPane } from './navigation.js';

type FilteredPane = 'sessions' | 'ledger' | 'traffic' | 'log';

/** The pane that `/` filters: the one that has the focus; what has no rows of its own filters the log. */
function filteredPane(state: UiState): FilteredPane {
  if (state.focus === 'traffic' || state.focus === 'sequence') return 'traffic';
  return state.focus === 'sessions' || state.focus === 'ledger' ? state.focus : 'log';
}

function filterOf(state: UiState, { log, traffic }: Looks): string {
  const pane = filteredPane(state);
  if (pane === 'traffic') return traffic.filter.text;
  return pane === 'log' ? log.filter : state.filters[pane];
}

/** The `/` prompt, with the filter that there is. */
export function filterPrompt(state: UiState, looks: Looks): Prompt {
  const usage = `only rows of the ${filteredPane(state)} with this text; Esc shows all again`;
  return { ...openPrompt('filter', filterOf(state, looks)), usage };
}

/** Shows only rows with `text` in the pane that has the focus. The log has to be read again then. */
export function setFilter(state: UiState, { log, traffic }: Looks, text: string): void {
  const pane = filteredPane(state);
  if (pane === 'traffic') {
    traffic.setFilter({ text });
    return;
  }
  if (pane === 'log') {
    log.setFilter(text);
    state.logEnd = undefined;
    selectPane(state, 'log');
    return;
  }
  state.filters = { ...state.filters, [pane]: text };
}

/** Drops the filter of the pane that has the focus; if it has none, all. Returns whether there was one. */
export function dropFilter(state: UiState, looks: Looks): boolean {
  const { sessions, ledger } = state.filters;
  const { log, traffic } = looks;
  const all = [log.filter, traffic.filter.text, sessions, ledger];
  if (all.every((filter) => filter === '')) return false;
  if (filterOf(state, looks) !== '') setFilter(state, looks, '');
  else {
    state.filters = { sessions: '', ledger: '' };
    log.setFilter('');
    traffic.setFilter({ text: '' });
  }
  return true;
}
