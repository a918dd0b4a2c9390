import { addressText } from '../../emulator/index.js';
import type { NodeView, SpaceView, WorldView } from '../../nodes/index.js';
import type { PaneId } from '../layout.js';
import { openPrompt, type Prompt } from '../prompt/prompt.js';
import type { UiState } from '../state.js';

/** Panes that show the same things have one filter. */
const groups = {
  nodes: 'nodes',
  bus: 'nodes',
  sessions: 'sessions',
  ledger: 'ledger',
  log: 'log',
  memory: 'memory',
  traffic: 'traffic',
  sequence: 'traffic',
  plots: 'plots',
} as const satisfies Readonly<Record<PaneId, string>>;

type FilterGroup = (typeof groups)[PaneId];

/** What the panes are cut down to; empty: all. */
export type Filters = Readonly<Record<FilterGroup, string>>;

export const noFilters: Filters = {
  ...{ nodes: '', sessions: '', ledger: '', log: '', memory: '', traffic: '', plots: '' },
};

/** What a filter of the pane leaves: for the prompt. */
const left: Readonly<Record<FilterGroup, string>> = {
  nodes: 'nodes with this text, and their frames',
  sessions: 'sessions with this text',
  ledger: 'rows of the ledger with this text',
  log: 'events with this text',
  memory: 'blocks with this text: owner, session, address',
  traffic: 'frames with this text',
  plots: 'plots and detection times with this text',
};

/** The filter of a pane: of the one with the focus, if none is named. */
export function filterOf(state: UiState, pane: PaneId = state.focus): string {
  return state.filters[groups[pane]];
}

/** The `/` prompt of the pane that has the focus, with the filter that there is. */
export function filterPrompt(state: UiState): Prompt {
  const usage = `only ${left[groups[state.focus]]}; n N: next and previous; Esc: all again`;
  return { ...openPrompt('filter', filterOf(state)), usage };
}

/** Shows only what has `text` in the pane that has the focus. */
export function setFilter(state: UiState, text: string): void {
  const group = groups[state.focus];
  state.filters = { ...state.filters, [group]: text };
  if (group === 'log') state.logEnd = undefined;
  // What was said before has nothing to do with the filter, beside which it would stand.
  if (text !== '') state.message = { text: '', bad: false };
}

/** Drops the filter of the pane that has the focus; if it has none, all. Returns whether there was one. */
export function dropFilter(state: UiState): boolean {
  if (filtersSet(state).length === 0) return false;
  if (filterOf(state) !== '') setFilter(state, '');
  else state.filters = noFilters;
  return true;
}

/** All filters that are set, in the order of the panes. */
export function filtersSet({ filters }: UiState): string[] {
  return Object.values(filters).filter((filter) => filter !== '');
}

/** `n` or `N` without a filter: how to set one. */
export function sayNoFilter(state: UiState): void {
  const text = `no filter in the ${state.focus}: / and a word set one, then n and N go from match to match`;
  state.message = { text, bad: false };
}

const has = (words: readonly (string | number)[], filter: string): boolean =>
  words.join(' ').toLowerCase().includes(filter.toLowerCase());

const isNodeShown = ({ name, kindTitle, release, power }: NodeView, filter: string): boolean =>
  has([name, kindTitle, release, power], filter);

/** The nodes that the filter of nodes and bus leaves. */
export function shownNodes({ filters }: UiState, view: WorldView): readonly NodeView[] {
  return filters.nodes === '' ? view.nodes : view.nodes.filter((node) => isNodeShown(node, filters.nodes));
}

/** The view as nodes and bus show it: nodes that the filter leaves, and what flies from or to them. */
export function nodesShownOf(state: UiState, view: WorldView): WorldView {
  if (state.filters.nodes === '') return view;
  const nodes = shownNodes(state, view);
  const isOf = joins(nodes);
  const { bus } = view;
  return { ...view, nodes, bus: { ...bus, flying: bus.flying.filter(isOf), cuts: bus.cuts.filter(isOf) } };
}

/** Whether something goes from or to one of these nodes. */
export function joins(
  nodes: readonly NodeView[],
): (way: { readonly from: string; readonly to: string }) => boolean {
  const names = new Set(nodes.map(({ name }) => name));
  return ({ from, to }) => names.has(from) || names.has(to);
}

/** The address spaces with the blocks that the filter leaves; a space without any is left out. */
export function shownSpaces({ filters }: UiState, spaces: readonly SpaceView[]): readonly SpaceView[] {
  const { memory } = filters;
  if (memory === '') return spaces;
  return spaces
    .map((space): SpaceView => {
      const blocks = space.blocks.filter(({ letter, owner, sessions, address, live }) =>
        has([letter, owner, ...sessions, addressText(address), live ? 'live' : 'freed', space.name], memory),
      );
      return { ...space, blocks, freedLeftOut: 0 };
    })
    .filter(({ blocks }) => blocks.length > 0);
}
