import type { NodeView, SessionView, WorldView } from '../source.js';
import { fill, type Line, type Role, type Span, sized, span, widthOf } from '../text/line.js';
import { nodeBoxes, nodeTitle, placeTiles, powerText, type TilePlace } from './nodeTiles.js';
import type { PaneFrame } from './pane.js';

/** With fewer rows than this a node has no frame of its own, only a title above its boxes. */
const FRAMED_HEIGHT = 7;
const BOX_HEIGHT = 4;

/** Letter and role of a session's block. */
export function ownerRole(owner: SessionView['owner']): Role {
  return owner === 'R' ? 'rmc' : 'app';
}

/**
 * The nodes with their process models: an SSC is one process with the RMC library inside it, an EEE has a process for
 * the application and one for RMC with IPC between them. One row of tiles, from node number `first` on; zoomed to more
 * rows, as many rows of tiles as fit.
 */
export function nodesPane(view: WorldView, first: number, selected: string, frame: PaneFrame): Line[] {
  const { width, height } = frame;
  if (height < 5) return fill([summary(view.nodes, frame, selected)], width, height);
  const tileHeight = height < FRAMED_HEIGHT ? 5 : Math.min(height, FRAMED_HEIGHT + 1);
  const lines: Line[] = [];
  let next = first;
  while (lines.length + tileHeight <= height && (next < view.nodes.length || lines.length === 0)) {
    const places = placeTiles(view.nodes, next, width);
    if (places.length === 0) break;
    const shown = frame.focused ? selected : '';
    lines.push(...tileRow(places, view.sessions, tileHeight, shown, width));
    next += places.length;
  }
  return fill(lines, width, height);
}

function tileRow(
  places: readonly TilePlace[],
  sessions: readonly SessionView[],
  height: number,
  selected: string,
  width: number,
): Line[] {
  const rows: Span[][] = Array.from({ length: height }, () => []);
  for (const place of places) {
    const tile = tileLines(place, sessions, height, place.node.name === selected);
    tile.forEach((spans, row) => {
      rows[row]?.push(...sized(spans, place.width), span(' '));
    });
  }
  return rows.map((row) => sized(widthOf(row) > width ? row.slice(0, -1) : row, width));
}

function tileLines(
  place: TilePlace,
  sessions: readonly SessionView[],
  height: number,
  selected: boolean,
): Line[] {
  const { node, width } = place;
  if (height < FRAMED_HEIGHT) {
    return [nodeTitle(node, width, selected), ...nodeBoxes(node, width, height - 1)];
  }
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
  for (const node of nodes) {
    const power = powerText(node, false);
    const hung = node.boxes.some((box) => box.state === 'hung');
    spans.push(
      span(node.name, frame.focused && node.name === selected ? 'select' : 'strong'),
      span(` ${power.text}`, power.role),
      span(hung ? ' HUNG  ' : '  ', 'bad'),
    );
  }
  return spans;
}
