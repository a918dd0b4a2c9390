import type { NodeView, SessionView, WorldView } from '../../nodes/index.js';
import { fill, type Line, line, type Role, type Span, showing, sized, span, widthOf } from '../text/line.js';
import { memoryRows } from './memoryRows.js';
import { type NodeMark, nodeBoxes, nodeTitle, placeTiles, powerText, type TilePlace } from './nodeTiles.js';
import type { PaneFrame } from './pane.js';

/** On less than this a node has no frame of its own, only a title above its boxes. */
const FRAMED_HEIGHT = 7;
const FRAMED_WIDTH = 96;
const BOX_HEIGHT = 4;
/** Rows that must be left, as they are in the zoomed pane, for memory over time. */
const LEAST_FOR_MEMORY = 5;

/** Letter and role of a session's block. */
export function ownerRole(owner: SessionView['owner']): Role {
  return owner === 'R' ? 'rmc' : 'app';
}

/**
 * The nodes with their process models: an SSC is one process with the RMC library inside it, an EEE has a process for
 * the application and one for RMC with IPC between them. One row of tiles, from node number `first` on; zoomed to more
 * rows, as many rows of tiles as fit, and memory over time below them.
 */
export function nodesPane(view: WorldView, first: number, selected: string, frame: PaneFrame): Line[] {
  const { width, height } = frame;
  if (view.nodes.length === 0) return fill([line('  no node matches', 'dim')], width, height);
  if (height < 5) return fill([summary(view.nodes, frame, selected)], width, height);
  const framed = height >= FRAMED_HEIGHT && width >= FRAMED_WIDTH;
  const tileHeight = height < FRAMED_HEIGHT ? 5 : Math.min(height, FRAMED_HEIGHT + 1);
  const lines: Line[] = [];
  let next = first;
  while (lines.length + tileHeight <= height && (next < view.nodes.length || lines.length === 0)) {
    const places = placeTiles(view.nodes, next, width);
    if (places.length === 0) break;
    const tile = (place: TilePlace): Line[] => {
      const isSelected = place.node.name === selected;
      const marked = isSelected ? (frame.focused ? 'select' : 'mark') : '';
      return framed
        ? framedTile(place, view.sessions, tileHeight, marked)
        : plainTile(place, view.sessions, tileHeight, marked);
    };
    lines.push(...tileRow(places, tileHeight, width, tile));
    next += places.length;
  }
  const left = height - lines.length;
  if (left >= LEAST_FOR_MEMORY) lines.push([], ...memoryRows(view.nodes, view.nowUs, width, left - 1));
  return fill(lines, width, height);
}

function tileRow(
  places: readonly TilePlace[],
  height: number,
  width: number,
  tile: (place: TilePlace) => Line[],
): Line[] {
  const rows: Span[][] = Array.from({ length: height }, () => []);
  for (const place of places) {
    tile(place).forEach((spans, row) => {
      const shown = showing({ kind: 'node', name: place.node.name }, sized(spans, place.width));
      rows[row]?.push(...shown, span(' '));
    });
  }
  return rows.map((row) => sized(widthOf(row) > width ? row.slice(0, -1) : row, width));
}

/** A title, the boxes, and with room for it the blocks. */
function plainTile(
  place: TilePlace,
  sessions: readonly SessionView[],
  height: number,
  marked: NodeMark,
): Line[] {
  const { node, width } = place;
  const withBlocks = height > BOX_HEIGHT + 1;
  const boxes = nodeBoxes(node, width, height - (withBlocks ? 2 : 1));
  const tile: Line[] = [nodeTitle(node, width, marked), ...boxes];
  return withBlocks ? [...tile, blockList(node, sessions)] : tile;
}

/** The same in a frame. */
function framedTile(
  place: TilePlace,
  sessions: readonly SessionView[],
  height: number,
  selected: NodeMark,
): Line[] {
  const { node, width } = place;
  const inner = width - 2;
  const title = nodeTitle(node, inner - 3, selected);
  const top: Line = [
    span('┌─ ', 'frame'),
    ...title,
    span(` ${'─'.repeat(Math.max(0, inner - widthOf(title) - 3))}┐`, 'frame'),
  ];
  const boxes = nodeBoxes(node, inner, Math.max(BOX_HEIGHT, height - 3));
  const framed = (spans: Line): Line => [span('│', 'frame'), ...sized(spans, inner), span('│', 'frame')];
  const bottom: Line = [span(`└${'─'.repeat(inner)}┘`, 'frame')];
  return [top, ...boxes.map(framed), framed(blockList(node, sessions)), bottom];
}

/** The live blocks on a node: owner letter and session. */
function blockList(node: NodeView, sessions: readonly SessionView[]): Line {
  const spans: Span[] = [];
  for (const session of sessions) {
    if (session.node !== node.name || session.block !== 'live') continue;
    if (spans.length > 0) spans.push(span('  '));
    spans.push(span(session.owner, ownerRole(session.owner)), span(` ${session.name}`));
  }
  return spans.length === 0 ? [span('no live block', 'dim')] : spans;
}

/** All nodes in one line, for small screens. */
function summary(nodes: readonly NodeView[], frame: PaneFrame, selected: string): Line {
  const spans: Span[] = [];
  const roomy = nodes.reduce((sum, node) => sum + node.name.length + 9, 0) <= frame.width;
  for (const node of nodes) {
    const power = powerText(node, false);
    const sign = power.role === 'good' ? '●' : power.text.slice(0, 1);
    const odd = node.power === 'on' ? node.boxes.filter((box) => box.state !== 'running') : [];
    const states = odd.map((box) => `${box.title.replace(/^process /, '')} ${box.state.toUpperCase()}`);
    const told = [
      span(sign, power.role),
      span(
        node.name === selected ? `▸${node.name}` : node.name,
        frame.focused && node.name === selected ? 'select' : 'strong',
      ),
      span(roomy ? ` ${power.text.replace(/^[✗…] /, '')}` : '', power.role),
      span(states.length > 0 ? ` ${states.join(', ')} ` : roomy ? '  ' : ' ', 'bad'),
    ];
    spans.push(...showing({ kind: 'node', name: node.name }, told));
  }
  return spans;
}
