import { clockText } from '../../emulator/index.js';
import type { TrafficFrame } from '../reading/trafficIndex.js';
import {
  cell,
  cellRight,
  cut,
  fill,
  type Line,
  line,
  painted,
  type Role,
  type Span,
  showing,
  span,
} from '../text/line.js';
import { spanText } from '../text/times.js';
import { moreText, type PaneFrame, titleRow, windowStart } from './pane.js';

/** Which rows of the table are in sight, and what is marked in it. */
export interface TrafficRows {
  /** The first frame shown, counted from 0. */
  readonly first?: number;
  /** Where there is no `first`: the frame after the last one shown. With neither the newest is at the bottom. */
  readonly end?: number;
  /** Number of the marked frame; 0: none. */
  readonly selectedEvent: number;
  /** Frames of this session, and those that answer them, are marked as well; empty: none. */
  readonly selectedSession: string;
  /** What the list is cut down to, for the header: `/DATA`; empty: all. */
  readonly note?: string;
}

interface Widths {
  readonly number: number;
  readonly time: number;
  readonly type: number;
  readonly way: number;
  readonly session: number;
  readonly fate: number;
}

/** Cells of the columns for the frames in sight; narrow screens leave out the number, then the session. */
export function trafficWidths(width: number, shown: readonly TrafficFrame[]): Widths {
  const longest = (text: (frame: TrafficFrame) => string, least: number, most: number): number =>
    shown.reduce((widest, frame) => Math.max(widest, Math.min(most, text(frame).length)), least);
  const isWide = width >= 76;
  const time = longest((frame) => clockText(frame.timeUs), 9, 24) + 1;
  const number = width >= 60 ? longest((frame) => String(frame.number), 7, 12) + 1 : 0;
  const type = 10;
  const way = longest(wayText, 10, isWide ? 24 : 11) + 1;
  const session = width >= 50 ? longest((frame) => frame.session, 8, isWide ? 16 : 10) + 1 : 0;
  const fate = Math.max(2, width - 1 - number - time - type - way - session);
  return { number, time, type, way, session, fate };
}

/** The frames as a table: number, time, type, way, session of the sender, and what came of each. */
export function trafficTable(frames: readonly TrafficFrame[], rows: TrafficRows, frame: PaneFrame): Line[] {
  const height = Math.max(0, frame.height - 1);
  const start = startOf(frames, rows, height);
  const shown = frames.slice(start, start + height);
  const widths = trafficWidths(frame.width, shown);
  const note = rows.note ?? '';
  const more = moreText(start, Math.max(0, frames.length - start - height));
  const lines: Line[] = [header(widths, [note, more].filter((text) => text !== '').join(' '), frame)];
  if (frames.length === 0) lines.push(line(note === '' ? '  no frame yet' : '  no frame matches', 'dim'));
  for (const row of shown) lines.push(trafficLine(row, rows, widths, frame));
  return fill(lines, frame.width, frame.height);
}

function startOf(frames: readonly TrafficFrame[], rows: TrafficRows, height: number): number {
  if (rows.first !== undefined) return windowStart(rows.first, frames.length, height);
  if (rows.end !== undefined) return windowStart(rows.end - height, frames.length, height);
  const newest = Math.max(0, frames.length - height);
  const selected = frames.findIndex((each) => each.number === rows.selectedEvent);
  return selected < 0 ? newest : Math.min(selected, newest);
}

function header(widths: Widths, end: string, frame: PaneFrame): Line {
  if (widths.number === 0) return titleRow(frame, 'TRAFFIC', [], end.replace(' more', ''));
  const role: Role = frame.focused ? 'focus' : 'title';
  const titles: readonly (readonly [string, number])[] = [
    ['TRAFFIC'.slice(0, widths.number - 1), widths.number],
    ['TIME', widths.time],
    ['TYPE', widths.type],
    ['FROM→TO', widths.way],
    ['SESSION', widths.session],
  ];
  const middle = titles
    .slice(1)
    .flatMap(([title, width]): Span[] => [
      span(cut(title, width - 1), role),
      { text: ' '.repeat(Math.max(1, width - title.length)), role: 'plain' },
    ]);
  const [first = ''] = titles[0] ?? [];
  const pad = { text: ' '.repeat(Math.max(0, widths.number - first.length)), role: 'plain' } as const;
  return titleRow(frame, first, [pad, ...middle, span('FATE ', role)], end);
}

/** `ssc0→eee0`. */
function wayText(frame: TrafficFrame): string {
  return `${frame.from}→${frame.to}`;
}

/** The fate in words, the longest form first; each begins with its symbol. */
function fateForms(frame: TrafficFrame): readonly string[] {
  const { fate, endUs, timeUs, reason, ends, againOf } = frame;
  const after = spanText(endUs - timeUs);
  const forms =
    fate === 'in flight'
      ? ['╌ in flight', '╌']
      : fate === 'delivered'
        ? [`✓ arrived after ${after}`, `✓ ${after}`, '✓']
        : endUs > timeUs
          ? [`✗ dropped (${reason}) after ${after}`, `✗ dropped (${reason})`, `✗ ${reason}`, '✗']
          : [`✗ dropped (${reason})`, `✗ ${reason}`, '✗'];
  const copies = ends > 1 ? `, ${ends} copies` : '';
  const again = againOf > 0 ? `, again of ${againOf}` : '';
  if (copies === '' && again === '') return forms;
  const short = `${ends > 1 ? ` x${ends}` : ''}${againOf > 0 ? ' again' : ''}`;
  return [
    ...forms.map((form) => `${form}${copies}${again}`).slice(0, 1),
    ...forms.map((form) => `${form}${short}`),
    ...forms,
  ];
}

const fateRoles: ReadonlyMap<TrafficFrame['fate'], Role> = new Map<TrafficFrame['fate'], Role>([
  ['in flight', 'note'],
  ['delivered', 'plain'],
  ['dropped', 'bad'],
]);

function trafficLine(row: TrafficFrame, rows: TrafficRows, widths: Widths, frame: PaneFrame): Line {
  const isSelected = row.number === rows.selectedEvent;
  const isOfSession = ofSession(row, rows.selectedSession);
  const sign = isSelected ? '▸' : isOfSession ? '●' : ' ';
  const column = (text: string, width: number, role: Role = 'plain'): Span =>
    span(width === 0 ? '' : cell(cut(text, width - 1), width), role);
  const role = fateRoles.get(row.fate) ?? 'plain';
  const fate = fateForms(row).find((form) => form.length <= widths.fate) ?? '';
  const spans: Line = [
    span(sign, 'key'),
    span(widths.number === 0 ? '' : `${cellRight(String(row.number), widths.number - 1)} `, 'dim'),
    span(`${clockText(row.timeUs).padStart(widths.time - 1)} `, 'dim'),
    column(row.frame, widths.type, isOfSession ? 'strong' : role),
    column(wayText(row), widths.way),
    column(row.session, widths.session, isOfSession ? 'strong' : 'plain'),
    span(fate, role),
  ];
  const looks = isSelected && frame.focused ? painted(padded(spans, frame.width), 'select') : spans;
  return showing({ kind: 'event', number: row.number }, looks);
}

/** Whether a frame belongs to a session: it was sent by it, or answers what it sent. */
export function ofSession(frame: TrafficFrame, session: string): boolean {
  return session !== '' && (frame.session === session || frame.answers === session);
}

function padded(spans: Line, width: number): Line {
  return fill([spans], width, 1)[0] ?? [];
}
