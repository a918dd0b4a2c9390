import { type Menu, shownItems } from '../menu/menu.js';
import type { Rect } from '../text/canvas.js';
import { cell, cut, type Line, painted, type Span, sized, span, wrapped } from '../text/line.js';
import { moreText, windowStart } from './pane.js';

/** A frame above and below, and the row in which one types. */
const FRAME_ROWS = 3;
/** Rows below the list in which the marked row stands in full, where the list has to cut it. */
const WHOLE_ROWS = 2;
/** From this many rows of body on there is room for them. */
const WHOLE_FROM = 12;
const LEAST_WIDTH = 30;
const MOST_WIDTH = 130;
/** Text at the left of a row has at most this part of it. */
const TEXT_PART = 0.5;

/** Where a menu stands, and what it shows there. */
export interface MenuPlace {
  readonly rect: Rect;
  /** Rows of the list. */
  readonly rows: number;
  /** The first row of the list on the screen. */
  readonly listY: number;
  /** The first item in sight. */
  readonly first: number;
  readonly textWidth: number;
  readonly wholeRows: number;
}

/** Places a menu over `body`. Its size depends on all its items, not on those that match, so that it does not jump. */
export function placeMenu(menu: Menu, body: Rect): MenuPlace {
  const texts = menu.items.reduce((most, { text }) => Math.max(most, text.length), 0);
  const notes = menu.items.reduce((most, { note }) => Math.max(most, note.length), 0);
  const wish = Math.max(LEAST_WIDTH, menu.title.length + 8, texts + notes + 7);
  const width = Math.min(body.width, MOST_WIDTH, wish);
  const inner = Math.max(1, width - 5);
  const isCut = texts + notes + 2 > inner;
  const textWidth = isCut
    ? Math.min(texts, Math.max(inner - notes - 2, Math.floor(inner * TEXT_PART)))
    : texts;
  const wholeRows = isCut && body.height >= WHOLE_FROM ? WHOLE_ROWS : 0;
  const height = Math.min(body.height, menu.items.length + FRAME_ROWS + wholeRows);
  const rows = Math.max(0, height - FRAME_ROWS - wholeRows);
  const count = shownItems(menu).length;
  const first = windowStart(Math.max(0, menu.marked - Math.floor(rows / 2)), count, rows);
  const x = body.x + Math.floor((body.width - width) / 2);
  return { rect: { x, y: body.y, width, height }, rows, listY: body.y + 2, first, textWidth, wholeRows };
}

/** The menu as a box: what was typed, the rows, the marked one in full, and how to go on. */
export function menuLines(menu: Menu, place: MenuPlace): Line[] {
  const { rect, rows, first, textWidth, wholeRows } = place;
  const inner = rect.width - 2;
  const items = shownItems(menu);
  const framed = (spans: Line): Line => [span('│', 'note'), ...sized(spans, inner), span('│', 'note')];
  const lines: Line[] = [edge('┌', ` ${menu.title} `, '┐', rect.width, 'strong'), framed(typed(menu))];
  for (let row = 0; row < rows; row++) {
    const at = first + row;
    const item = items[at];
    if (item === undefined) {
      lines.push(framed(at === 0 ? [span('   nothing matches', 'dim')] : []));
      continue;
    }
    const isMarked = at === menu.marked;
    const spans: Line = [
      span(isMarked ? ' ▸ ' : '   ', 'note'),
      span(cell(item.text, textWidth)),
      span('  '),
      span(cut(item.note, Math.max(0, inner - textWidth - 5)), 'note'),
    ];
    lines.push(framed(isMarked ? painted(sized(spans, inner), 'select') : spans));
  }
  const marked = items[menu.marked];
  const whole = marked === undefined ? [] : wrapped(`${marked.text}   ${marked.note}`, inner - 2);
  for (let row = 0; row < wholeRows; row++) lines.push(framed([span(` ${whole[row] ?? ''}`, 'strong')]));
  const more = moreText(first, Math.max(0, items.length - first - rows));
  const how =
    (marked ?? menu.items[0])?.does.kind === 'give'
      ? ['Enter gives it  Tab changes it first  Esc closes', 'Enter  Tab: change  Esc', 'Esc']
      : ['Enter does it  Esc closes', 'Enter  Esc', 'Esc'];
  const forms = how.map((text) => (more === '' ? ` ${text} ` : ` ${text} ─ ${more} `));
  lines.push(edge('└', forms.find((form) => form.length <= inner - 1) ?? '', '┘', rect.width, 'note'));
  return lines;
}

function typed({ filter }: Menu): Line {
  const empty: Span = span('type to narrow, arrows choose', 'dim');
  return [span(' / ', 'key'), filter === '' ? empty : span(`${filter}_`, 'strong')];
}

function edge(left: string, text: string, right: string, width: number, role: 'strong' | 'note'): Line {
  const shown = cut(text, Math.max(0, width - 3));
  return [
    span(`${left}─`, 'note'),
    span(shown, role),
    span(`${'─'.repeat(Math.max(0, width - 3 - shown.length))}${right}`, 'note'),
  ];
}
