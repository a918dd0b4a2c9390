import type { TrafficFrame } from '../reading/trafficIndex.js';
import { joined } from '../text/canvas.js';
import { cut, type Line, type Role } from '../text/line.js';
import type { SequenceMark } from './sequenceMarks.js';
import type { SequenceItem } from './sequenceRows.js';

/** A frame between two lifelines. */
export interface Arrow {
  readonly frame: TrafficFrame;
  /** Columns of the sender's and the receiver's lifeline. */
  readonly from: number;
  readonly to: number;
  /** Cells before the receiver's lifeline where the arrow turns down; 0: it arrives in the row where it was sent. */
  readonly tail: number;
}

/** What stands in the diagram: where a frame was sent, where it ended, what happened at a node. */
export type DiagramItem = SequenceItem &
  (
    | { readonly kind: 'send' | 'end'; readonly arrow: Arrow }
    | { readonly kind: 'mark'; readonly mark: SequenceMark; readonly text: string }
  );

/** Cells that a label has at least, beside an arrow that turns down. */
const LABEL_ROOM = 7;

/**
 * The arrows of frames: one that is on its way for a row or more goes across in the row where it was sent, down beside
 * the receiver's lifeline, and in where it ended. Frames behind each other turn down one before the other, so that
 * only those that overtake cross.
 */
export function planArrows(
  frames: readonly TrafficFrame[],
  columns: ReadonlyMap<string, number>,
  usPerRow: number,
): Arrow[] {
  const turned: Arrow[] = [];
  return frames.flatMap((frame): Arrow[] => {
    const from = columns.get(frame.from);
    const to = columns.get(frame.to);
    if (from === undefined || to === undefined || from === to) return [];
    const { timeUs, endUs, fate, reason } = frame;
    if (endUs - timeUs < usPerRow || endUs < 0) return [{ frame, from, to, tail: 0 }];
    const way = Math.sign(to - from);
    const least = fate === 'dropped' ? reason.length + 4 : 2;
    const beside = turned.filter(
      (one) => one.to === to && Math.sign(to - one.from) === way && isLater(one.frame, frame),
    );
    const room = Math.min(nearest(columns, to, way), Math.abs(to - from)) - 1 - LABEL_ROOM;
    const taken = beside.map((one) => one.tail);
    const arrow = { frame, from, to, tail: tailOf(least, room, taken) };
    turned.push(arrow);
    return [arrow];
  });
}

/** Where a frame turns down: before those that are on their way, else between them; 0 where there is no room at all. */
function tailOf(least: number, room: number, taken: readonly number[]): number {
  if (least > room) return 0;
  const nested = taken.reduce((most, tail) => Math.max(most, tail + 2), least);
  if (nested <= room) return nested;
  for (let tail = least; tail <= room; tail += 2) if (!taken.includes(tail)) return tail;
  return least;
}

/** Whether a frame ends after another is sent. */
function isLater(frame: TrafficFrame, sent: TrafficFrame): boolean {
  return frame.endUs > sent.timeUs || (frame.endUs === sent.timeUs && frame.endEvent > sent.number);
}

/** Cells from a lifeline to the next one on the side where an arrow that goes this way comes from. */
function nearest(columns: ReadonlyMap<string, number>, to: number, way: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const x of columns.values()) if ((to - x) * way > 0) least = Math.min(least, Math.abs(to - x));
  return least;
}

/** The rows' worth of items of an arrow: where it was sent, and where it ended if that is another row. */
export function arrowItems(arrow: Arrow): DiagramItem[] {
  const { frame, from, to, tail } = arrow;
  const way = Math.sign(to - from);
  const turn = to - way * tail;
  const across = between(from, tail > 0 ? turn : to - way);
  const send: DiagramItem = { kind: 'send', arrow, timeUs: frame.timeUs, order: frame.number, ...across };
  if (tail === 0) return [send];
  const inwards = between(turn, to - way);
  return [send, { kind: 'end', arrow, timeUs: frame.endUs, order: frame.endEvent, ...inwards }];
}

function between(a: number, b: number): { readonly left: number; readonly right: number } {
  return { left: Math.min(a, b), right: Math.max(a, b) };
}

/** The cells of the diagram that are in sight: rows from `top` on. What is put outside of them is lost. */
export class DiagramGrid {
  private readonly characters: string[][];
  private readonly roles: Role[][];
  private readonly top: number;

  constructor(width: number, height: number, top: number) {
    this.top = top;
    this.characters = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
    this.roles = Array.from({ length: height }, () => new Array<Role>(width).fill('plain'));
  }

  put(x: number, row: number, text: string, role: Role): void {
    const characters = this.characters[row - this.top];
    const roles = this.roles[row - this.top];
    if (characters === undefined || roles === undefined) return;
    for (let at = 0; at < text.length; at++) {
      if (x + at < 0 || x + at >= characters.length) continue;
      characters[x + at] = text[at] ?? ' ';
      roles[x + at] = role;
    }
  }

  /** A piece of a line: it crosses what goes down there. */
  across(x: number, row: number, glyph: string, role: Role): void {
    const under = this.characters[row - this.top]?.[x];
    this.put(x, row, under === '│' || under === '┆' || under === '┼' ? '┼' : glyph, role);
  }

  /** A piece of a line that goes down. */
  down(x: number, row: number, role: Role): void {
    const under = this.characters[row - this.top]?.[x];
    this.put(x, row, under === '─' || under === '┼' ? '┼' : '│', role);
  }

  lines(): Line[] {
    return this.characters.map((characters, row) => joined(characters, this.roles[row] ?? []));
  }
}

/** Draws the row where a frame was sent. */
export function drawSend(grid: DiagramGrid, row: number, arrow: Arrow, role: Role, labelRole: Role): void {
  const { frame, from, to, tail } = arrow;
  const way = Math.sign(to - from);
  const last = tail > 0 ? to - way * tail : to - way;
  const dash = frame.fate === 'in flight' ? '╌' : '─';
  const isLost = tail === 0 && frame.fate === 'dropped';
  const inner = Math.abs(last - from) - 1;
  const lost = isLost ? lostAt(frame, way, inner + 1) : undefined;
  const length = lost === undefined ? inner : lost.at;
  for (let step = 1; step <= length; step++) grid.across(from + way * step, row, dash, role);
  grid.put(from, row, way > 0 ? '├' : '┤', role);
  if (lost !== undefined) {
    grid.put(way > 0 ? from + length + 1 : from - length - lost.text.length, row, lost.text, role);
  } else {
    grid.put(last, row, tail > 0 ? (way > 0 ? '┐' : '┌') : way > 0 ? '→' : '←', role);
  }
  const label = labelOf(frame, length);
  const gap = Math.floor((length - label.length) / 2);
  grid.put(way > 0 ? from + 1 + gap : from - length + gap, row, label, labelRole);
}

/** After how many of `room` cells a lost frame's arrow ends, and how it ends, with a blank where there is room for it. */
function lostAt(
  frame: TrafficFrame,
  way: number,
  room: number,
): { readonly at: number; readonly text: string } {
  const far = Math.floor(room * 0.6);
  const blank = far + frame.reason.length + 2 <= room ? ' ' : '';
  const text = way > 0 ? `✗${blank}${frame.reason}` : `${frame.reason}${blank}✗`;
  return { at: Math.max(0, Math.min(far, room - text.length)), text };
}

/** What the arrow is called, in at most `room` cells. */
function labelOf(frame: TrafficFrame, room: number): string {
  const copies = frame.ends > 1 ? ` x${frame.ends}` : '';
  const forms = [
    ...(frame.againOf > 0 ? [` ${frame.frame}${copies} again `] : []),
    ` ${frame.frame}${copies} `,
    ` ${frame.frame} `,
    frame.frame,
  ];
  return forms.find((form) => form.length <= room - 1) ?? cut(frame.frame, Math.max(0, room));
}

/** Draws the way down from the row where it was sent, and the row where it ended. */
export function drawEnd(grid: DiagramGrid, sentRow: number, row: number, arrow: Arrow, role: Role): void {
  const { frame, from, to, tail } = arrow;
  const way = Math.sign(to - from);
  const turn = to - way * tail;
  for (let at = sentRow + 1; at < row; at++) grid.down(turn, at, role);
  const dropped = way > 0 ? ` ${frame.reason} ✗` : `✗ ${frame.reason} `;
  const head = frame.fate === 'dropped' ? dropped : way > 0 ? '→' : '←';
  for (let x = turn + way; x !== to - way * head.length; x += way) grid.across(x, row, '─', role);
  grid.put(way > 0 ? to - head.length : to + 1, row, head, role);
  grid.put(turn, row, way > 0 ? '└' : '┘', role);
}
