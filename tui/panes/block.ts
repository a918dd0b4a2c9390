import { addressText } from '../../emulator/index.js';
import type { BlockDetail, FieldView } from '../../nodes/index.js';
import { cell, cut, fill, type Line, line, type Span, span, wrapped } from '../text/line.js';
import { moreText, type PaneFrame, titleRow, windowStart } from './pane.js';

/** Cells of one field where several stand beside each other. */
const FIELD_WIDTH = 38;

/**
 * One block: the fields of the session in it, its bytes, its history. What is other than in `previous`, the bytes of
 * before, has a `*`. Where not all of it fits the fields stand beside each other, and the rest scrolls.
 */
export function blockPane(
  detail: BlockDetail | undefined,
  previous: readonly number[] | undefined,
  frame: PaneFrame,
  scrollRow = 0,
): Line[] {
  if (detail === undefined) {
    const nothing = [titleRow(frame, 'BLOCK'), line('  no block here', 'dim')];
    return fill(nothing, frame.width, frame.height);
  }
  const isChanged = (at: number): boolean => previous !== undefined && previous[at] !== detail.bytes[at];
  const rest = [...byteLines(detail, isChanged, frame.width), ...historyLines(detail, frame.width)];
  const room = frame.height - 1;
  const fitsLong = detail.fields.length + rest.length <= room;
  const fields = fitsLong
    ? detail.fields.map((field) => longField(field, isChanged))
    : besideEachOther(detail.fields, isChanged, frame.width);
  const rows = [...fields, ...rest];
  const start = windowStart(scrollRow, rows.length, room);
  const title = `BLOCK ${addressText(detail.address)}`;
  const more = moreText(start, rows.length - start - room);
  const shown = [titleRow(frame, title, headSpans(detail, frame.width - title.length - more.length), more)];
  shown.push(...rows.slice(start, start + Math.max(0, room)));
  return fill(shown, frame.width, frame.height);
}

function headSpans(detail: BlockDetail, room: number): Span[] {
  const { size, letter, kind, owner, space, live, sessions, whoFrees } = detail;
  const who = `${letter} ${kind === 'app' ? 'app ' : ''}${owner}`;
  const state = live ? 'live' : '░ freed';
  const inside = sessions.length === 0 ? '' : ` ${sessions.join(' ')}`;
  const forms = [
    `${size} B in ${space}, ${state}${inside}; who frees it: ${whoFrees}`,
    `${size} B in ${space}, ${state}${inside}`,
    `${state}${inside}`,
  ];
  const told = forms.find((form) => who.length + form.length + 8 <= room) ?? '';
  return [span(`${who} `, live ? kind : 'dim'), span(told === '' ? '' : `${told} `, 'dim')];
}

function fieldChanged(field: FieldView, isChanged: (at: number) => boolean): boolean {
  return Array.from({ length: field.size }, (_, index) => field.offset + index).some(isChanged);
}

/** `2 LISTEN`; `34 0x22`; `0x53434d52`: small numbers stand for themselves, and long ones are read in hex. */
function valueText({ value, meaning }: FieldView): string {
  if (meaning !== '') return `${value} ${meaning}`;
  if (value < 10) return String(value);
  return value < 65_536 ? `${value} 0x${value.toString(16)}` : `0x${value.toString(16)}`;
}

function longField(field: FieldView, isChanged: (at: number) => boolean): Line {
  const changed = fieldChanged(field, isChanged);
  const help = field.help === '' ? '' : ` ${field.help}`;
  return [
    span(changed ? ' * ' : '   ', 'bad'),
    span(`+${field.offset}`.padEnd(5), 'dim'),
    span(cell(field.name, 19)),
    span(cell(valueText(field), 22), changed ? 'bad' : 'strong'),
    span(help, 'dim'),
  ];
}

/** The fields in columns, top to bottom, as many as fit. */
function besideEachOther(
  fields: readonly FieldView[],
  isChanged: (at: number) => boolean,
  width: number,
): Line[] {
  const columns = Math.max(1, Math.floor(width / FIELD_WIDTH));
  const rows = Math.ceil(fields.length / columns);
  const lines: Line[] = [];
  for (let row = 0; row < rows; row += 1) {
    const spans: Span[] = [];
    for (let column = 0; column < columns; column += 1) {
      const field = fields[column * rows + row];
      if (field !== undefined) spans.push(...shortField(field, isChanged));
    }
    lines.push(spans);
  }
  return lines;
}

function shortField(field: FieldView, isChanged: (at: number) => boolean): Span[] {
  const changed = fieldChanged(field, isChanged);
  return [
    span(changed ? ' * ' : '   ', 'bad'),
    span(cell(cut(field.name, 17), 18)),
    span(cell(valueText(field), FIELD_WIDTH - 22), changed ? 'bad' : 'strong'),
    span(' '),
  ];
}

/** The bytes in hex, 16 a row or 8 on narrow panes; a changed one has a `*` before it. */
function byteLines(detail: BlockDetail, isChanged: (at: number) => boolean, width: number): Line[] {
  const perRow = width >= 64 ? 16 : 8;
  const lines: Line[] = [];
  for (let at = 0; at < detail.bytes.length; at += perRow) {
    const spans: Span[] = [span(` ${addressText(detail.from + at)} `.padEnd(9), 'dim')];
    detail.bytes.slice(at, at + perRow).forEach((byte, index) => {
      const changed = isChanged(at + index);
      const text = `${changed ? '*' : ' '}${byte.toString(16).padStart(2, '0')}`;
      spans.push(span(text, changed ? 'bad' : byte === 0 ? 'dim' : 'plain'));
    });
    lines.push(spans);
  }
  if (detail.fields.length === 0 && detail.bytes.length < detail.size) {
    lines.push(line(`   and ${detail.size - detail.bytes.length} bytes more`, 'dim'));
  }
  return lines;
}

function historyLines(detail: BlockDetail, width: number): Line[] {
  return detail.history.flatMap((text) =>
    wrapped(text, Math.max(8, width - 5)).map((row, index) =>
      line(`${index === 0 ? ' · ' : '     '}${row}`, text.startsWith('error') ? 'bad' : 'plain'),
    ),
  );
}
