import type { BlockView, WorldView } from '../../nodes/index.js';
import { blockPane } from '../panes/block.js';
import { type MemorySelection, memoryPane, memoryPlaces } from '../panes/memoryMap.js';
import { type PaneFrame, windowWith } from '../panes/pane.js';
import type { UiSource } from '../run/source.js';
import type { Overlay, UiState } from '../state.js';
import type { Line } from '../text/line.js';
import { shownSpaces } from './filters.js';
import { selectNode, selectSession } from './selection.js';

/** A block by its place. */
export interface BlockAt {
  readonly space: string;
  readonly address: number;
}

/** The run, and what it looks like now. */
interface Looked {
  readonly source: UiSource;
  readonly view: WorldView;
}

/** What is marked in the memory: the block that was gone to, else that of the selected session. */
function memorySelection({ selectedBlock, selectedSession, followed }: UiState): MemorySelection {
  return selectedBlock ?? { session: followed === '' ? selectedSession : followed };
}

export function memoryLines(state: UiState, source: UiSource, frame: PaneFrame): Line[] {
  const { memory } = state.filters;
  const spaces = shownSpaces(state, source.memory());
  const note = memory === '' ? '' : `/${memory}`;
  const selection = memorySelection(state);
  const marked = memoryPlaces(spaces, selection, frame.width).find(({ isMarked }) => isMarked);
  // What is selected elsewhere comes into sight here too.
  const first =
    marked === undefined ? state.firstMemory : windowWith(state.firstMemory, marked.row, frame.height - 1);
  return memoryPane(spaces, selection, first, frame, note);
}

/** Marks another block: up and down through all memories. Its session and its node are selected too. */
export function moveInMemory(state: UiState, by: number, { source, view }: Looked, rows: number): void {
  const spaces = shownSpaces(state, source.memory());
  const places = memoryPlaces(spaces, memorySelection(state), state.width);
  if (places.length === 0) return;
  const marked = places.findIndex((place) => place.isMarked);
  const at = Math.max(0, Math.min(places.length - 1, marked < 0 ? 0 : marked + by));
  const place = places[at];
  if (place === undefined) return;
  selectBlock(state, { source, view }, place);
  if (place.row < state.firstMemory) state.firstMemory = place.row;
  if (place.row >= state.firstMemory + rows) state.firstMemory = place.row - rows + 1;
}

/** Marks a block; its session and its node are selected too. */
export function selectBlock(state: UiState, { source, view }: Looked, place: BlockAt): void {
  const space = source.memory().find(({ name }) => name === place.space);
  const block = space?.blocks.find(({ address }) => address === place.address);
  if (space !== undefined) selectNode(state, view, space.node);
  const [session] = block?.sessions ?? [];
  if (session !== undefined) selectSession(state, view, session);
  state.selectedBlock = { space: place.space, address: place.address };
}

/** The marked block, as the map lists it. */
export function markedBlock(state: UiState, source: UiSource): BlockView | undefined {
  const spaces = shownSpaces(state, source.memory());
  const place = memoryPlaces(spaces, memorySelection(state), state.width).find(({ isMarked }) => isMarked);
  const space = spaces.find(({ name }) => name === place?.space);
  return space?.blocks.find(({ address }) => address === place?.address);
}

/** The marked block with its fields, bytes and history; what is other than when it was last looked at is marked. */
export function blockOverlay(state: UiState, source: UiSource): Overlay | undefined {
  const places = memoryPlaces(shownSpaces(state, source.memory()), memorySelection(state), state.width);
  const place = places.find(({ isMarked }) => isMarked);
  if (place === undefined) return undefined;
  const detail = source.block(place.space, place.address);
  if (detail === undefined) return undefined;
  const key = `${place.space} ${place.address}`;
  const width = Math.max(1, state.width - 2);
  // As many rows as it needs: the overlay scrolls.
  const height = detail.fields.length + detail.history.length + detail.bytes.length;
  const rows = blockPane(detail, state.seenBytes.get(key), { width, height, focused: false });
  state.seenBytes.set(key, detail.bytes);
  const isEmpty = (row: Line | undefined): boolean => row?.every(({ text }) => text.trim() === '') ?? false;
  while (isEmpty(rows.at(-1))) rows.pop();
  return { title: `block of ${place.space}`, lines: rows, first: 0 };
}
