import { clockText } from '../../emulator/index.js';
import type { TrafficFrame } from '../reading/trafficIndex.js';
import {
  cut,
  fill,
  type Line,
  line,
  type Role,
  type Span,
  showing,
  showingCells,
  span,
} from '../text/line.js';
import type { Thing } from '../text/thing.js';
import { spanText } from '../text/times.js';
import { moreText, type PaneFrame, titleRow } from './pane.js';
import {
  type Arrow,
  arrowItems,
  DiagramGrid,
  type DiagramItem,
  drawEnd,
  drawSend,
  planArrows,
} from './sequenceArrows.js';
import type { SequenceMark } from './sequenceMarks.js';
import { type SequenceRow, sequenceRows } from './sequenceRows.js';
import { ofSession } from './trafficTable.js';

/** What the diagram shows, and what is marked in it. */
export interface SequenceWish {
  /** Frames that were sent, and marks, from here to there, both included. */
  readonly fromUs: number;
  readonly toUs: number;
  /** Number of the marked frame's or mark's event; 0: none. */
  readonly selectedEvent: number;
  /** Frames of this session, and those that answer them, are marked as well; empty: none. */
  readonly selectedSession: string;
  /** What happened at the nodes; earlier marks say which of them are off. */
  readonly marks?: readonly SequenceMark[];
  /** What the frames are cut down to, for the title. */
  readonly note?: string;
}

/** Most frames drawn at once; of more the newest, or those around the marked one. */
const FRAMES_DRAWN = 300;

const LEAST_STEP = 12;
const MOST_STEP = 40;

const steps = [1, 2, 5];

/** Where the lifelines stand. */
interface Columns {
  readonly x: ReadonlyMap<string, number>;
  readonly gutter: number;
  /** Frames and nodes for which there is no room. */
  readonly hidden: number;
}

interface Diagram {
  readonly rows: readonly SequenceRow<DiagramItem>[];
  readonly usPerRow: number;
}

/**
 * Who sent what to whom, time downwards: a lifeline a node, an arrow a frame, to scale but for quiet stretches, which
 * are shortened and say how long they are. The newest rows are in sight, or those around what is marked.
 */
export function sequencePane(
  frames: readonly TrafficFrame[],
  nodes: readonly { readonly name: string }[],
  asked: SequenceWish,
  frame: PaneFrame,
): Line[] {
  const within = framesWithin(frames, asked);
  const wish = { ...asked, fromUs: within.fromUs, toUs: within.toUs };
  const marks = (wish.marks ?? []).filter(({ timeUs }) => timeUs >= wish.fromUs && timeUs <= wish.toUs);
  const columns = placeColumns(nodes, within.shown, marks, wish, frame.width);
  const height = Math.max(0, frame.height - 2);
  const diagram = diagramOf(within.shown, marks, columns, wish, { width: frame.width, height });
  const top = firstRow(diagram.rows, height, wish.selectedEvent);
  const more = moreText(top, Math.max(0, diagram.rows.length - top - height));
  const notes = [wish.note ?? '', within.left > 0 ? `${within.left} frames left out` : '', more];
  const scale = [span(`${spanText(diagram.usPerRow)} a row `, 'dim')];
  if (columns.hidden > 0)
    scale.push(span(`+${columns.hidden} ${columns.hidden === 1 ? 'node' : 'nodes'} `, 'note'));
  const lines: Line[] = [
    titleRow(frame, 'SEQUENCE', scale, notes.filter((text) => text !== '').join(', ')),
    nameRow(columns),
  ];
  if (diagram.rows.every(({ items }) => items.length === 0))
    lines.push(line('  no frame in this time', 'dim'));
  else lines.push(...drawnRows(diagram, columns, wish, { width: frame.width, height, top }));
  return fill(lines, frame.width, frame.height);
}

/** The frames that are drawn, and the time in which they are all that there are. */
function framesWithin(
  frames: readonly TrafficFrame[],
  { fromUs, toUs, selectedEvent }: SequenceWish,
): {
  readonly shown: readonly TrafficFrame[];
  readonly left: number;
  readonly fromUs: number;
  readonly toUs: number;
} {
  const within = frames.filter(({ timeUs }) => timeUs >= fromUs && timeUs <= toUs);
  const selected = selectedEvent > 0 ? within.findIndex(({ number }) => number >= selectedEvent) : -1;
  const newest = Math.max(0, within.length - FRAMES_DRAWN);
  const start = selected < 0 ? newest : Math.max(0, Math.min(newest, selected - FRAMES_DRAWN / 2));
  const shown = within.slice(start, start + FRAMES_DRAWN);
  const first = start > 0 ? shown[0] : undefined;
  const last = start < newest ? shown[shown.length - 1] : undefined;
  return {
    shown,
    left: within.length - shown.length,
    fromUs: first?.timeUs ?? fromUs,
    toUs: last?.timeUs ?? toUs,
  };
}

/** Gives the nodes their columns; where not all fit, those with most to show, and above all those of what is marked. */
function placeColumns(
  nodes: readonly { readonly name: string }[],
  frames: readonly TrafficFrame[],
  marks: readonly SequenceMark[],
  wish: SequenceWish,
  width: number,
): Columns {
  const latestUs = Math.max(
    Number.isFinite(wish.toUs) ? wish.toUs : 0,
    frames[frames.length - 1]?.endUs ?? 0,
  );
  const gutter = Math.max(9, clockText(latestUs).length) + 2;
  // Cells left of the first lifeline, and right of the last one.
  const margin = width < 60 ? 2 : 4;
  const room = Math.max(0, width - gutter - 2 * margin - 1);
  const most = 1 + Math.floor(room / LEAST_STEP);
  const names = nodes.map(({ name }) => name);
  const weights = weightsOf(frames, marks, wish.selectedEvent);
  const weight = (name: string): number => weights.get(name) ?? 0;
  const first = new Set([...names].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  const shown = names.filter((name) => first.has(name));
  const gaps = Math.max(1, shown.length - 1);
  const roomy = Math.floor((room - Math.min(20, Math.floor(room / 5))) / gaps);
  const step = Math.min(MOST_STEP, roomy < LEAST_STEP ? Math.floor(room / gaps) : roomy);
  const x = new Map(shown.map((name, index) => [name, gutter + margin + index * step]));
  return { x, gutter, hidden: names.length - shown.length };
}

/** How much there is to show of each node. */
function weightsOf(
  frames: readonly TrafficFrame[],
  marks: readonly SequenceMark[],
  selectedEvent: number,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (node: string, number: number): void => {
    const more = number === selectedEvent ? Number.MAX_SAFE_INTEGER / 2 : 1;
    weights.set(node, (weights.get(node) ?? 0) + more);
  };
  for (const { from, to, number } of frames) {
    add(from, number);
    if (to !== from) add(to, number);
  }
  for (const { node, number } of marks) add(node, number);
  return weights;
}

function nameRow(columns: Columns): Line {
  const places = [...columns.x];
  const spans: Span[] = [];
  let end = 0;
  places.forEach(([name, x], index) => {
    const next = places[index + 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const text = cut(name, Math.max(1, next - x - 1));
    const left = Math.max(end, x - Math.floor(text.length / 2));
    spans.push(span(' '.repeat(Math.max(0, left - end))), span(text, 'strong'));
    end = left + text.length;
  });
  return spans;
}

/** The finest scale at which all is in sight; if none is, one at which a frame still takes its rows. */
function diagramOf(
  frames: readonly TrafficFrame[],
  marks: readonly SequenceMark[],
  columns: Columns,
  wish: SequenceWish,
  size: { readonly width: number; readonly height: number },
): Diagram {
  const diagrams = scales(frames).map((usPerRow): Diagram => {
    const items = [
      ...planArrows(frames, columns.x, usPerRow).flatMap(arrowItems),
      ...markItems([...marks, ...frames.flatMap(markToItself)], columns, size.width),
    ];
    return { usPerRow, rows: sequenceRows(items, wish.fromUs, wish.toUs, usPerRow) };
  });
  const fitting = diagrams.find(({ rows }) => rows.length <= size.height);
  return fitting ?? diagrams[2] ?? { usPerRow: 1, rows: [] };
}

/** Four scales: from one at which the shortest way takes five rows at most, to one at which it takes none. */
function scales(frames: readonly TrafficFrame[]): number[] {
  let shortest = Number.POSITIVE_INFINITY;
  for (const { endUs, timeUs } of frames) if (endUs > timeUs) shortest = Math.min(shortest, endUs - timeUs);
  const least = Number.isFinite(shortest) ? shortest / 5 : 20;
  const found: number[] = [];
  for (let power = 1; found.length < 4; power *= 10) {
    for (const step of steps) if (step * power >= least && found.length < 4) found.push(step * power);
  }
  return found;
}

/** A frame of a node to itself goes nowhere: it is drawn as a mark. */
function markToItself(frame: TrafficFrame): SequenceMark[] {
  const { number, timeUs, session, fate, reason } = frame;
  if (frame.from !== frame.to) return [];
  const symbol = fate === 'delivered' ? '✓' : fate === 'dropped' ? '✗' : '╌';
  const text = `${frame.frame} to itself ${reason}`.trimEnd();
  const role = fate === 'dropped' ? 'bad' : 'note';
  return [{ number, timeUs, event: 'frame_sent', node: frame.from, session, symbol, text, role }];
}

function markItems(marks: readonly SequenceMark[], columns: Columns, width: number): DiagramItem[] {
  const places = [...columns.x.values(), width];
  return marks.flatMap((mark): DiagramItem[] => {
    const x = columns.x.get(mark.node);
    if (x === undefined) return [];
    const next = places.find((other) => other > x) ?? width;
    const text = `${mark.symbol} ${cut(mark.text, Math.max(0, next - x - 3))}`.trimEnd();
    return [
      { kind: 'mark', mark, text, timeUs: mark.timeUs, order: mark.number, left: x, right: x + text.length },
    ];
  });
}

/** The first row in sight: such that the marked event is, or what came next, if it is not drawn. */
function firstRow(rows: readonly SequenceRow<DiagramItem>[], height: number, selectedEvent: number): number {
  const newest = Math.max(0, rows.length - height);
  if (selectedEvent === 0) return newest;
  const selected = rows.findIndex(({ items }) => items.some((item) => item.order >= selectedEvent));
  return selected < 0 ? newest : Math.max(0, Math.min(newest, selected - Math.floor(height / 2)));
}

function numberOf(item: DiagramItem): number {
  return item.kind === 'mark' ? item.mark.number : item.arrow.frame.number;
}

const eventOf = (item: DiagramItem): Thing => ({ kind: 'event', number: numberOf(item) });

/** The rows in sight, each with its time in front. */
function drawnRows(
  diagram: Diagram,
  columns: Columns,
  wish: SequenceWish,
  size: { readonly width: number; readonly height: number; readonly top: number },
): Line[] {
  const { rows } = diagram;
  const grid = new DiagramGrid(size.width, Math.min(size.height, rows.length - size.top), size.top);
  drawLifelines(grid, rows, columns, wish);
  const ends = new Map<Arrow, number>();
  rows.forEach(({ items }, row) => {
    for (const item of items) if (item.kind === 'send') ends.set(item.arrow, row);
  });
  // Ways down first: what goes across shows that it crosses them.
  rows.forEach(({ items }, row) => {
    for (const item of items) {
      if (item.kind !== 'end') continue;
      drawEnd(grid, ends.get(item.arrow) ?? row, row, item.arrow, arrowRole(item.arrow.frame, wish));
    }
  });
  rows.forEach(({ items, quietUs }, row) => {
    for (const item of items) drawItem(grid, row, item, wish);
    drawGutter(grid, row, { items, quietUs }, columns.gutter, wish);
  });
  return grid.lines().map((shown, at) => {
    const items = rows[size.top + at]?.items ?? [];
    // What is begun here first: an end stands where another row has the beginning.
    const inOrder = [...items].sort((a, b) => Number(a.kind === 'end') - Number(b.kind === 'end'));
    const each = inOrder.reduce(
      (line, item) => showingCells(eventOf(item), line, item.left, item.right),
      shown,
    );
    const first = inOrder[0];
    return first === undefined ? each : showing(eventOf(first), each);
  });
}

function drawItem(grid: DiagramGrid, row: number, item: DiagramItem, wish: SequenceWish): void {
  if (item.kind === 'mark') {
    grid.put(item.left, row, item.text, item.mark.number === wish.selectedEvent ? 'select' : item.mark.role);
  } else if (item.kind === 'send') {
    const { frame } = item.arrow;
    const role = arrowRole(frame, wish);
    drawSend(grid, row, item.arrow, role, frame.number === wish.selectedEvent ? 'select' : role);
  }
}

function arrowRole(frame: TrafficFrame, wish: SequenceWish): Role {
  if (frame.fate === 'dropped') return 'bad';
  return ofSession(frame, wish.selectedSession) ? 'key' : 'note';
}

/** The time of a row's first item, or how long nothing happened; and what marks the row. */
function drawGutter(
  grid: DiagramGrid,
  row: number,
  { items, quietUs }: SequenceRow<DiagramItem>,
  gutter: number,
  wish: SequenceWish,
): void {
  if (quietUs > 0) {
    grid.put(0, row, `┆ ${spanText(quietUs)} `.padStart(gutter), 'dim');
    return;
  }
  const first = items[0];
  if (first === undefined) return;
  grid.put(1, row, `${clockText(first.timeUs).padStart(gutter - 2)} `, 'dim');
  const isSelected = items.some((item) => item.kind !== 'end' && numberOf(item) === wish.selectedEvent);
  const isOfSession = items.some(
    (item) => item.kind === 'send' && ofSession(item.arrow.frame, wish.selectedSession),
  );
  grid.put(0, row, isSelected ? '▸' : isOfSession ? '●' : ' ', 'key');
}

/** The lifelines: none while a node is off, dotted where time is shortened. */
function drawLifelines(
  grid: DiagramGrid,
  rows: readonly SequenceRow<DiagramItem>[],
  columns: Columns,
  wish: SequenceWish,
): void {
  const off = new Set<string>();
  const note = ({ event, node }: SequenceMark): void => {
    if (event === 'node_down') off.add(node);
    if (event === 'node_up') off.delete(node);
  };
  for (const mark of wish.marks ?? []) if (mark.timeUs < wish.fromUs) note(mark);
  rows.forEach(({ items, quietUs }, row) => {
    for (const [name, x] of columns.x) if (!off.has(name)) grid.put(x, row, quietUs > 0 ? '┆' : '│', 'frame');
    for (const item of items) if (item.kind === 'mark') note(item.mark);
  });
}
