import { clockText } from '../../emulator/index.js';
import type { BusView, FlyingFrame } from '../../nodes/index.js';
import type { FrameTrace } from '../reading/traffic.js';
import { cut, type Line, line, type Role, span } from '../text/line.js';
import { spanText } from '../text/times.js';

/** A frame with a row of its own: what is known of it, and where it and its copies are on their way. */
export interface BusLane {
  readonly trace: FrameTrace;
  readonly flying: readonly FlyingFrame[];
}

/** What is marked: an arrow is put before the frame of this number, a dot before those of the session. */
export interface BusMarks {
  readonly selectedEvent: number;
  readonly selectedSession: string;
  /** The node that a dot stands under on the strip. */
  readonly selectedNode?: string;
  /** Sessions with ordered delivery (D25). */
  readonly ordered?: ReadonlySet<string>;
  /** What the nodes are cut down to, for the strip: `/eee`. */
  readonly note?: string;
}

/** Where the nodes' middles are. */
export type Centres = ReadonlyMap<string, number>;

/** Reasons for which a frame is lost on the way; for others it is dropped where it arrives. */
const lostOnTheWay: ReadonlySet<string> = new Set(['loss', 'cut', 'inject']);

/**
 * Which frames have a row: those on their way, first to arrive first, then the newest of the others. In the order in
 * which they were sent.
 */
export function pickLanes(
  traffic: readonly FrameTrace[],
  flying: readonly FlyingFrame[],
  rows: number,
): BusLane[] {
  if (rows <= 0) return [];
  const onTheWay = new Map<number, FlyingFrame[]>();
  for (const frame of flying) {
    const copies = onTheWay.get(frame.event);
    if (copies !== undefined) copies.push(frame);
    else onTheWay.set(frame.event, [frame]);
  }
  const known = new Map(traffic.map((trace) => [trace.number, trace]));
  const lanes = [...onTheWay]
    .slice(0, rows)
    .map(([event, copies]): BusLane => ({ trace: known.get(event) ?? traceOf(copies), flying: copies }));
  const others = traffic.filter(({ number }) => !onTheWay.has(number));
  const room = rows - lanes.length;
  if (room > 0) lanes.push(...others.slice(-room).map((trace): BusLane => ({ trace, flying: [] })));
  return lanes.sort((a, b) => a.trace.number - b.trace.number);
}

function traceOf([frame]: readonly FlyingFrame[]): FrameTrace {
  const { event = 0, sentUs = 0, type = '', from = '', to = '', session = '' } = frame ?? {};
  return { number: event, timeUs: sentUs, frame: type, from, to, session, fate: 'in flight', reason: '' };
}

/** How many of `cells` a frame has gone at `nowUs`: from 0 to one less than all of them. */
export function cellsGone(frame: FlyingFrame, nowUs: number, cells: number): number {
  const { sentUs, arrivesUs } = frame;
  const part = arrivesUs > sentUs ? (nowUs - sentUs) / (arrivesUs - sentUs) : 1;
  return Math.max(0, Math.min(cells - 1, Math.floor(part * cells)));
}

/** One frame as an arrow under its nodes; what it belongs to stands beside it. */
export function frameLane(
  lane: BusLane,
  centres: Centres,
  nowUs: number,
  width: number,
  marks: BusMarks = { selectedEvent: 0, selectedSession: '' },
): Line {
  const { trace } = lane;
  const from = centres.get(trace.from);
  const to = centres.get(trace.to);
  const sign =
    trace.number === marks.selectedEvent
      ? '▸'
      : trace.session !== '' && trace.session === marks.selectedSession
        ? '●'
        : '';
  const isOrdered = marks.ordered?.has(trace.session) === true;
  const [note, short] = notesOf(lane, nowUs, isOrdered ? `${trace.session} ordered` : trace.session);
  const told = [`${sign}${clockText(trace.timeUs)} ${note}`, `${sign}${note}`, `${sign}${short}`];
  const role: Role = trace.fate === 'dropped' || isCorrupt(lane) ? 'bad' : 'note';
  if (from === undefined || to === undefined || from === to) {
    return line(` ${symbolOf(lane)} ${trace.frame} ${trace.from}→${trace.to} ${told[0]}`, role);
  }
  const left = Math.min(from, to);
  const right = Math.max(from, to);
  return beside(left, arrowCells(lane, right - left - 1, nowUs, from < to).join(''), role, told, width);
}

/** An arrow from cell `left` on, with words after it, or before it where there is more room: the first form that fits. */
function beside(left: number, arrow: string, role: Role, forms: readonly string[], width: number): Line {
  const after = Math.max(0, width - left - arrow.length - 1);
  const before = Math.max(0, left - 1);
  const last = forms[forms.length - 1] ?? '';
  const isAfter = after >= before || last.length <= after;
  const room = isAfter ? after : before;
  const told = cut(forms.find((form) => form.length <= room) ?? last, room);
  if (isAfter) return [span(' '.repeat(left)), span(arrow, role), span(` ${told}`, 'dim')];
  return [span(told.padStart(before), 'dim'), span(' '.repeat(left - before)), span(arrow, role)];
}

/** Whose it is and what came of it or will; and the same without the session. */
function notesOf({ trace, flying }: BusLane, nowUs: number, session: string): readonly [string, string] {
  const next = flying[0];
  if (trace.fate === 'dropped') {
    return [`${session} (${trace.reason})`.trimStart(), `(${trace.reason})`];
  }
  if (next === undefined) return [session, trace.session];
  const left = spanText(Math.max(0, next.arrivesUs - nowUs));
  const corrupt = next.corrupt ? ' corrupt' : '';
  return [`${session}${corrupt} there in ${left}`.trimStart(), `in ${left}`];
}

/** The fate in one cell, for a frame that has no arrow. */
function symbolOf(lane: BusLane): string {
  if (lane.flying.length > 0) return isCorrupt(lane) ? '!' : '▶';
  return lane.trace.fate === 'dropped' ? '✗' : lane.trace.fate === 'in flight' ? '╌' : '✓';
}

function isCorrupt({ trace, flying }: BusLane): boolean {
  return trace.reason === 'corrupt' || flying.some(({ corrupt }) => corrupt);
}

/** The cells from the left node to the right one: both ends, and `inner` between them. */
function arrowCells(lane: BusLane, inner: number, nowUs: number, rightwards: boolean): string[] {
  // From sender to receiver first; turned round at the end if that is from right to left.
  const cells = wayOf(lane, inner, nowUs, rightwards);
  const all = [rightwards ? '├' : '┤', ...cells, endOf(lane, rightwards)];
  if (!rightwards) all.reverse();
  putLabel(all, lane.trace.frame);
  return all;
}

/** What stands at the receiver: nothing yet, the head, or the cross of what was dropped there. */
function endOf({ trace, flying }: BusLane, rightwards: boolean): string {
  if (flying.length > 0) return rightwards ? '┤' : '├';
  if (trace.fate !== 'dropped') return rightwards ? '→' : '←';
  return lostOnTheWay.has(trace.reason) ? ' ' : '✗';
}

/** The way between the nodes, from sender to receiver: what it has gone, where it is, and what is left. */
function wayOf({ trace, flying }: BusLane, inner: number, nowUs: number, rightwards: boolean): string[] {
  const isBad = isCorrupt({ trace, flying });
  const line = isBad ? '≈' : '─';
  if (flying.length > 0) {
    const gone = Math.max(...flying.map((frame) => cellsGone(frame, nowUs, inner)));
    const cells = Array.from({ length: inner }, (_, at): string => (at < gone ? line : '╌'));
    for (const frame of flying) {
      const at = cellsGone(frame, nowUs, inner);
      if (at < inner) cells[at] = frame.corrupt ? '!' : rightwards ? '▶' : '◀';
    }
    return cells;
  }
  if (trace.fate === 'dropped' && lostOnTheWay.has(trace.reason)) {
    const lost = middle(inner);
    const why = inner - lost - 2 < trace.reason.length ? [] : [...trace.reason];
    if (!rightwards) why.reverse();
    return [...`${line.repeat(lost)}✗ ${why.join('')}`.padEnd(inner).slice(0, inner)];
  }
  return new Array<string>(inner).fill(trace.fate === 'in flight' ? '╌' : line);
}

const lines: ReadonlySet<string> = new Set(['─', '╌', '≈']);

/** Puts the type into the longest stretch of one glyph, where there is room for it. */
function putLabel(cells: string[], type: string): void {
  let best = { start: 0, length: 0 };
  for (let start = 1; start < cells.length - 1; ) {
    let end = start;
    while (end < cells.length - 1 && cells[end] === cells[start]) end += 1;
    if (lines.has(cells[start] ?? '') && end - start > best.length) best = { start, length: end - start };
    start = end;
  }
  const label = [` ${type} `, type].find((form) => form.length <= best.length - 1) ?? '';
  const shown = label === '' ? cut(type, Math.max(0, best.length - 1)) : label;
  const first = best.start + Math.floor((best.length - shown.length) / 2);
  for (let at = 0; at < shown.length; at++) cells[first + at] = shown[at] ?? ' ';
}

/** The cell in the middle of `inner`: where a cut is drawn, and where a frame is lost that is lost on the way. */
function middle(inner: number): number {
  return Math.max(0, Math.floor((inner - 1) / 2));
}

/** A cut as a row: a gap between two nodes, with what it stops running against it. */
export function cutLane(cutOff: BusView['cuts'][number], centres: Centres, width: number): Line | undefined {
  const from = centres.get(cutOff.from);
  const to = centres.get(cutOff.to);
  if (from === undefined || to === undefined || from === to) return undefined;
  const inner = Math.abs(to - from) - 1;
  const stopsRight = !cutOff.oneWay || from < to;
  const stopsLeft = !cutOff.oneWay || to < from;
  const gap = ' ✗ ';
  const before = Math.max(0, middle(inner) - 1);
  const after = Math.max(0, inner - gap.length - before);
  const leftHalf = stopsRight ? `${'─'.repeat(Math.max(0, before - 1))}▶` : '╌'.repeat(before);
  const rightHalf = stopsLeft ? `◀${'─'.repeat(Math.max(0, after - 1))}` : '╌'.repeat(after);
  return beside(
    Math.min(from, to),
    `├${leftHalf}${gap}${rightHalf}┤`,
    'bad',
    [`cut ${cutText(cutOff)}`],
    width,
  );
}

/** `ssc0↔ssc1`, or one way: `ssc0→ssc1`. */
export function cutText({ from, to, oneWay }: BusView['cuts'][number]): string {
  return `${from}${oneWay ? '→' : '↔'}${to}`;
}
