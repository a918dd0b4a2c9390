import type { WorldView } from '../../nodes/index.js';
import { type SortKey, sortKeys } from '../reading/sessionTable.js';
import type { UiState } from '../state.js';
import { themeNames } from '../text/theme.js';
import { selectPane } from './navigation.js';
import { selectSession } from './selection.js';

// Keys that change how something is shown, and say so.

export function switchStops(state: UiState): void {
  state.stops = !state.stops;
  const when = 'stops by itself: at a failure, at who learns of it, at a block placed after it';
  state.message = { text: state.stops ? when : 'does not stop by itself', bad: false };
}

export function switchSort(state: UiState): void {
  state.sort = sortKeys[(sortKeys.indexOf(state.sort) + 1) % sortKeys.length] ?? 'now';
  state.sortReversed = false;
  sayOrder(state);
}

export function reverseSort(state: UiState): void {
  state.sortReversed = !state.sortReversed;
  sayOrder(state);
}

/** A click on a column's heading: by that column, and then the other way round. */
export function sortBy(state: UiState, key: SortKey): void {
  state.sortReversed = state.sort === key && !state.sortReversed;
  state.sort = key;
  sayOrder(state);
}

function sayOrder(state: UiState): void {
  const { sort, sortReversed } = state;
  const by =
    sort === 'now' ? `what matters now comes ${sortReversed ? 'last' : 'first'}` : `sorted by ${sort}`;
  const way = sort !== 'now' && sortReversed ? ', from the last to the first' : '';
  state.message = { text: `sessions: ${by}${way}`, bad: false };
  selectPane(state, 'sessions');
}

/** Follows the selected session wherever it goes: log, traffic and memory show it alone; once more, and no longer. */
export function switchFollowed(state: UiState, view: WorldView, selected: string): void {
  const name = state.followed === selected ? '' : selected;
  if (name === '') {
    stopFollowing(state);
    return;
  }
  state.followed = name;
  state.logEnd = undefined;
  state.selectedEvent = undefined;
  selectSession(state, view, name);
  const text = `${name} is followed: kept in sight here, alone in log and traffic (F or Esc: no longer)`;
  state.message = { text, bad: false };
}

/** Returns whether there was one. */
export function stopFollowing(state: UiState): boolean {
  if (state.followed === '') return false;
  state.message = { text: `${state.followed} is no longer followed`, bad: false };
  state.followed = '';
  state.logEnd = undefined;
  return true;
}

export function switchTheme(state: UiState): void {
  state.theme = themeNames[(themeNames.indexOf(state.theme) + 1) % themeNames.length] ?? 'dark';
  state.message = { text: `theme: ${state.theme} ("theme" in settings.json keeps it)`, bad: false };
}

export function switchProjector(state: UiState): void {
  state.projector = !state.projector;
  state.zoomed = false;
  if (state.projector && state.focus !== 'nodes') selectPane(state, 'ledger');
  const on = 'projector: P goes back ("projector" in settings.json keeps it)';
  state.message = { text: state.projector ? on : 'all panes again', bad: false };
}
