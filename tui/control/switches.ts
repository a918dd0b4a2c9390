import { sortKeys } from '../reading/sessionTable.js';
import type { UiState } from '../state.js';
import { themeNames } from '../text/theme.js';
import { selectPane } from './navigation.js';

// Keys that change how something is shown, and say so.

export function switchStops(state: UiState): void {
  state.stops = !state.stops;
  const when = 'stops by itself: at a failure, at who learns of it, at a block placed after it';
  state.message = { text: state.stops ? when : 'does not stop by itself', bad: false };
}

export function switchSort(state: UiState): void {
  state.sort = sortKeys[(sortKeys.indexOf(state.sort) + 1) % sortKeys.length] ?? 'now';
  const by = state.sort === 'now' ? 'what matters now comes first' : `sorted by ${state.sort}`;
  state.message = { text: `sessions: ${by}`, bad: false };
  selectPane(state, 'sessions');
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
