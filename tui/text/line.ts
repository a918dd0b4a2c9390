import { clean } from './glyphs.js';
import type { Thing } from './thing.js';

/**
 * What a piece of text is, not how it looks: the theme decides that. A role never carries meaning alone; the text
 * beside it says the same with a symbol or a word.
 */
export type Role =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'frame'
  | 'title'
  | 'focus'
  | 'good'
  | 'bad'
  | 'note'
  | 'app'
  | 'rmc'
  | 'select'
  | 'key';

export interface Span {
  readonly text: string;
  readonly role: Role;
  /** What it shows, if a click on it selects that. */
  readonly thing?: Thing | undefined;
}

/** One row of a pane: its spans, left to right. Every character is one cell wide. */
export type Line = readonly Span[];

/** A span of cleaned text: safe to be drawn, one cell a character. */
export function span(text: string, role: Role = 'plain'): Span {
  return { text: clean(text), role };
}

/** A line of one span. */
export function line(text: string, role: Role = 'plain'): Line {
  return [span(text, role)];
}

/** The line as what it shows: all of it that does not show something else already. */
export function showing(thing: Thing, spans: Line): Line {
  return spans.map((piece) => (piece.thing === undefined ? { ...piece, thing } : piece));
}

/** The line with the cells from `left` to `right`, both included, as what they show. */
export function showingCells(thing: Thing, spans: Line, left: number, right: number): Line {
  const out: Span[] = [];
  let x = 0;
  for (const piece of spans) {
    const from = Math.max(0, Math.min(piece.text.length, left - x));
    const to = Math.max(from, Math.min(piece.text.length, right + 1 - x));
    const parts: Line = [
      { ...piece, text: piece.text.slice(0, from) },
      ...showing(thing, [{ ...piece, text: piece.text.slice(from, to) }]),
      { ...piece, text: piece.text.slice(to) },
    ];
    out.push(...parts.filter(({ text }) => text !== ''));
    x += piece.text.length;
  }
  return out;
}

/** Width in cells. */
export function widthOf(spans: Line): number {
  let width = 0;
  for (const piece of spans) width += piece.text.length;
  return width;
}

/** Text cut to `width` cells; what was cut off shows as `…`. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  return width <= 1 ? text.slice(0, width) : `${text.slice(0, width - 1)}…`;
}

/** Text of exactly `width` cells. */
export function cell(text: string, width: number): string {
  return cut(clean(text), width).padEnd(width);
}

/** Text of exactly `width` cells, flush right. */
export function cellRight(text: string, width: number): string {
  return cut(clean(text), width).padStart(width);
}

/** The line, exactly `width` cells wide: cut with `…`, or filled with spaces of the role of its end. */
export function sized(spans: Line, width: number, fill: Role = 'plain'): Line {
  const total = widthOf(spans);
  if (total === width) return spans;
  if (total < width) {
    return [...spans, { text: ' '.repeat(width - total), role: fill, thing: spans[spans.length - 1]?.thing }];
  }
  if (width <= 0) return [];
  const kept: Span[] = [];
  let left = width - 1;
  let last: Omit<Span, 'text'> = { role: fill };
  for (const piece of spans) {
    if (left <= 0) break;
    last = { role: piece.role, thing: piece.thing };
    kept.push({ ...last, text: piece.text.slice(0, left) });
    left -= piece.text.length;
  }
  return [...kept, { ...last, text: '…' }];
}

/** Exactly `height` lines, each exactly `width` cells wide. */
export function fill(lines: readonly Line[], width: number, height: number): Line[] {
  const out: Line[] = [];
  for (let row = 0; row < height; row++) out.push(sized(lines[row] ?? [], width));
  return out;
}

/** A line's text without its roles. */
export function textOf(spans: Line): string {
  return spans.map((piece) => piece.text).join('');
}

/** The same text, all in one role: how a selected row is drawn. */
export function painted(spans: Line, role: Role): Line {
  return [{ text: textOf(spans), role }];
}

/** A row of text in rows of at most `width` cells: what is wrapped stands below the row's last column. */
export function hanging(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const [columns = ''] = /^ *(?:\S+(?: \S+)* {2,})*/.exec(text) ?? [];
  const indent = columns.length > width / 2 ? 4 : columns.length;
  const [first = '', ...rest] = wrapped(text.slice(indent), Math.max(1, width - indent));
  return [text.slice(0, indent) + first, ...rest.map((row) => ' '.repeat(indent) + row)];
}

/** Words of `text` in rows of at most `width` cells. */
export function wrapped(text: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of clean(text).split(' ')) {
    if (row === '') row = word;
    else if (row.length + 1 + word.length <= width) row += ` ${word}`;
    else {
      rows.push(row);
      row = word;
    }
    while (row.length > width && width > 0) {
      rows.push(row.slice(0, width));
      row = row.slice(width);
    }
  }
  rows.push(row);
  return rows;
}
