import { clockText } from '../../emulator/index.js';
import type { NodeView, ProcessBox } from '../../nodes/index.js';
import { cell, cut, type Line, type Role, type Span, sized, span, widthOf } from '../text/line.js';

/** Columns of one node on the screen. */
export interface TilePlace {
  readonly node: NodeView;
  readonly x: number;
  readonly width: number;
}

/** A box that is alone on its node, so that the node's title fits above it; and one beside others. */
const LEAST_ONLY_BOX = 16;
const LEAST_BOX = 12;
const LINK_WIDTH = 5;

/** Cells that a node must at least have. */
function leastWidth(node: NodeView): number {
  if (node.boxes.length < 2) return LEAST_ONLY_BOX;
  return node.boxes.length * LEAST_BOX + (node.between === '' ? 0 : LINK_WIDTH);
}

/** Places as many nodes side by side as sized, from number `first` on; spare cells are shared out evenly. */
export function placeTiles(nodes: readonly NodeView[], first: number, width: number): TilePlace[] {
  const shown: NodeView[] = [];
  let needed = 0;
  for (const node of nodes.slice(first)) {
    const least = leastWidth(node) + (shown.length > 0 ? 1 : 0);
    if (shown.length > 0 && needed + least > width) break;
    shown.push(node);
    needed += least;
  }
  const spare = Math.max(0, width - needed);
  const places: TilePlace[] = [];
  let x = 0;
  shown.forEach((node, index) => {
    const more =
      Math.floor((spare * (index + 1)) / shown.length) - Math.floor((spare * index) / shown.length);
    const tile = Math.min(leastWidth(node) + more, width - x);
    places.push({ node, x, width: tile });
    x += tile + 1;
  });
  return places;
}

/** What the power says, with a symbol. */
export function powerText(node: NodeView, long: boolean): { text: string; role: Role } {
  if (node.power === 'off') {
    return { text: long ? `✗ OFF at ${clockText(node.sinceUs).replace(/ 000$/, '')}` : '✗ OFF', role: 'bad' };
  }
  return node.power === 'booting' ? { text: '… booting', role: 'note' } : { text: 'on', role: 'good' };
}

/** Of the selected node: `select` where the pane has the focus, else `mark`. */
export type NodeMark = '' | 'mark' | 'select';

/** `● ssc0 SSC R1.1 on`, in at most `width` cells: what matters least goes first. */
export function nodeTitle(node: NodeView, width: number, mark: NodeMark): Line {
  // The mark takes the place of the dot: on narrow screens the release would have to go for it.
  const isOn = node.power === 'on';
  const marker = mark === '' || isOn ? '' : '▸';
  const name: Span = span(`${marker}${node.name}`, mark === 'select' ? 'select' : 'strong');
  const symbol = isOn ? (mark === '' ? '●' : '▸') : node.power === 'off' ? '✗' : '…';
  const { role } = powerText(node, false);
  const power = [powerText(node, true).text, powerText(node, false).text].map((text) =>
    text.replace(/^[✗…] /, ''),
  );
  const kind = ` ${node.kindTitle} ${node.release}`;
  const forms: Line[] = [
    [span(`${symbol} `, role), name, span(kind), span(` ${power[0]}`, role)],
    [span(`${symbol} `, role), name, span(kind), span(` ${power[1]}`, role)],
    ...(node.power === 'on'
      ? []
      : [[span(symbol, role), name, span(` ${node.kindTitle}`), span(` ${power[1]}`, role)]]),
    [span(symbol, role), name, span(kind)],
  ];
  return (
    forms.find((form) => widthOf(form) <= width) ??
    sized([span(symbol, role), name], Math.min(width, 1 + name.text.length))
  );
}

interface Edges {
  readonly flat: string;
  readonly side: string;
  readonly role: Role;
}

function edgesOf(box: ProcessBox, node: NodeView): Edges {
  const gone = node.power !== 'on' || box.state === 'exited';
  const role: Role = gone ? 'frame' : box.role === 'rmc' ? 'rmc' : 'app';
  return gone ? { flat: '╌', side: '╎', role } : { flat: '─', side: '│', role };
}

/**
 * The title in a top edge of `inner` cells. A state is never left out: the name is, where the box's first line has it,
 * and before that the edge beside the title.
 */
function topEdge(box: ProcessBox, node: NodeView, inner: number, edges: Edges): Line {
  const isOdd = node.power === 'on' && box.state !== 'running';
  const titleRole: Role = isOdd && box.state !== 'busy' ? 'bad' : 'strong';
  const name = box.title.replace(/^process /, '');
  const state = isOdd ? box.state.toUpperCase() : '';
  const named = (title: string): string => (state === '' ? title : `${title} ${state}`);
  const room = Math.max(0, inner - 3);
  const isNamedInside = (box.lines[0] ?? '').includes(name);
  const forms = [named(box.title), named(name)];
  if (state !== '' && isNamedInside) forms.push(state);
  const title = forms.find((form) => form.length <= room);
  if (title === undefined && state !== '') {
    const tight = cell([named(name), state].find((form) => form.length <= inner) ?? state, inner);
    return [span('┌', edges.role), span(tight, titleRole), span('┐', edges.role)];
  }
  const shown = title ?? cut(name, room);
  return [
    span(`┌${edges.flat} `, edges.role),
    span(shown, titleRole),
    span(` ${edges.flat.repeat(Math.max(0, inner - shown.length - 3))}┐`, edges.role),
  ];
}

/** A process as a box of `height` rows. */
export function boxLines(box: ProcessBox, node: NodeView, width: number, height: number): Line[] {
  const edges = edgesOf(box, node);
  const { flat, side, role } = edges;
  const inner = width - 2;
  const lines: Line[] = [topEdge(box, node, inner, edges)];
  for (let row = 0; row < height - 2; row++) {
    const text = cell(
      shortened(box.lines[row] ?? extraLine(box, row - box.lines.length, inner), inner),
      inner,
    );
    const isRmc = text.includes('RMC');
    lines.push([span(side, role), span(text, isRmc ? 'rmc' : 'plain'), span(side, role)]);
  }
  lines.push([span(`└${bottomEdge(box, inner, flat)}┘`, role)]);
  return lines;
}

/** The incarnation of the RMC inside, in the lower edge (D12). */
function bottomEdge({ incarnation }: ProcessBox, inner: number, flat: string): string {
  const forms = incarnation === 0 ? [''] : [` incarnation ${incarnation} `, ` inc ${incarnation} `];
  const text = forms.find((form) => form.length + 2 <= inner) ?? '';
  return `${flat.repeat(Math.max(0, inner - text.length - 1))}${text}${inner > 0 ? flat : ''}`;
}

/** What narrow boxes say instead. */
const shortForms: ReadonlyMap<string, string> = new Map([
  ['RMC: library inside', 'RMC inside'],
  ['may not place', 'no placing'],
  ['ACCEPT blocks', 'ACCEPT blk'],
]);

function shortened(text: string, width: number): string {
  return text.length <= width ? text : (shortForms.get(text) ?? text);
}

/** What else there is to say of a process when there is room. */
function extraLine(box: ProcessBox, extra: number, width: number): string {
  const memory = `${box.liveBlocks} blk ${box.liveBytes} B`;
  if (extra === 0) return width < memory.length + 7 ? memory : `memory ${memory}`;
  return extra === 1 ? `waiting ${box.mailbox.used}/${box.mailbox.limit}` : '';
}

/** The boxes of a node beside each other, with what links them. */
export function nodeBoxes(node: NodeView, width: number, height: number): Line[] {
  const count = node.boxes.length;
  if (count === 0)
    return Array.from({ length: height }, (_, row) => (row === 1 ? [span(' no process', 'dim')] : []));
  const link = count > 1 && node.between !== '' ? LINK_WIDTH : 0;
  const each = Math.floor((width - link) / count);
  const rows: Span[][] = Array.from({ length: height }, () => []);
  node.boxes.forEach((box, index) => {
    const last = index === count - 1;
    if (last && link > 0) addLink(rows, node);
    const boxWidth = last ? width - link - each * (count - 1) : each;
    boxLines(box, node, boxWidth, height).forEach((spans, row) => {
      rows[row]?.push(...spans);
    });
  });
  return rows;
}

function addLink(rows: Span[][], node: NodeView): void {
  const alive = node.power === 'on' && node.boxes.every((box) => box.state !== 'exited');
  const [word = '', time = ''] = node.between.split(' ');
  rows.forEach((row, index) => {
    let text = '';
    if (index === 1) text = alive ? `←${word}→` : `╌${word}╌`;
    if (index === 2) text = time;
    const pad = Math.max(0, LINK_WIDTH - text.length);
    const before = Math.floor(pad / 2);
    row.push(
      span(
        cut(`${' '.repeat(before)}${text}${' '.repeat(pad - before)}`, LINK_WIDTH),
        alive ? 'note' : 'frame',
      ),
    );
  });
}
