import type { Action } from '../control/keys.js';

/** What choosing a row does: what a key does, a monitor command that is given, or one that is begun in the prompt. */
export type MenuDeed =
  | { readonly kind: 'act'; readonly action: Action; readonly key: string }
  | { readonly kind: 'give'; readonly command: string }
  | { readonly kind: 'begin'; readonly text: string };

export interface MenuItem {
  readonly text: string;
  /** What stands beside it: the key or the command that it is. */
  readonly note: string;
  readonly does: MenuDeed;
  /** Words by which it is found too. */
  readonly also?: string;
  /** Not in the whole list, only where something typed matches it. */
  readonly isTyped?: boolean;
}

/** An open menu: a plain value, changed by `menuKey`. */
export interface Menu {
  readonly title: string;
  readonly items: readonly MenuItem[];
  /** What was typed: only rows that match it are shown. */
  readonly filter: string;
  /** The marked one of the rows shown. */
  readonly marked: number;
}

/** What a key asks for beside the menu's own change. */
export interface MenuStep {
  /** The menu as it is now; undefined: closed. */
  readonly menu: Menu | undefined;
  /** The row that was chosen: to be done, or (`edit`) to be changed first. */
  readonly chosen?: MenuItem;
  readonly edit?: boolean;
}

export function newMenu(title: string, items: readonly MenuItem[]): Menu {
  return { title, items, filter: '', marked: 0 };
}

/** How well a word fits a text: 0 it begins it, 1 it begins a word of it, 2 it stands in it; 3 it does not. */
function fitOf(text: string, word: string): number {
  if (text.startsWith(word)) return 0;
  const at = text.indexOf(word);
  if (at < 0) return 3;
  for (let next = at; next >= 0; next = text.indexOf(word, next + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[next - 1] ?? ' ')) return 1;
  }
  return 2;
}

const bestFit = ({ text, note, also = '' }: MenuItem, words: string): number =>
  Math.min(
    fitOf(text.toLowerCase(), words),
    fitOf(note.toLowerCase(), words) + 0.5,
    fitOf(also.toLowerCase(), words) + 0.75,
  );

/** How well what was typed fits a row, 0 best: as it stands, or at least each word; Infinity where one is missing. */
function rankOf(item: MenuItem, words: readonly string[]): number {
  const worst = Math.max(...words.map((word) => bestFit(item, word)));
  if (worst >= 3) return Number.POSITIVE_INFINITY;
  return Math.min(bestFit(item, words.join(' ')), worst + 3);
}

/** The rows that match what was typed, the best first; among those that match alike the order stays. */
export function shownItems({ items, filter }: Menu): readonly MenuItem[] {
  const words = filter.toLowerCase().split(' ').filter(Boolean);
  if (words.length === 0) return items.filter(({ isTyped }) => isTyped !== true);
  return items
    .map((item) => ({ item, rank: rankOf(item, words) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** The menu with its mark moved by so many rows; it stays at the ends. */
export function moveMark(menu: Menu, by: number): Menu {
  const last = shownItems(menu).length - 1;
  return { ...menu, marked: Math.max(0, Math.min(menu.marked + by, last)) };
}

/** What is chosen with row number `at` of those shown; nothing beyond them, and the menu stays open. */
export function chooseRow(menu: Menu, at: number, edit = false): MenuStep {
  const chosen = shownItems(menu)[at];
  return chosen === undefined ? { menu } : { menu: undefined, chosen, edit };
}

/** One key in an open menu of which `rows` are in sight: moves, narrows, chooses or closes. */
export function menuKey(menu: Menu, key: string, text: string, rows: number): MenuStep {
  const by = moves(key, rows) ?? letterMove(menu, key);
  if (by !== undefined) return { menu: moveMark(menu, by) };
  switch (key) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return { menu: undefined };
    case 'enter':
      return chooseRow(menu, menu.marked);
    case 'tab':
      return chooseRow(menu, menu.marked, true);
    case 'backspace':
      return { menu: narrowed(menu, menu.filter.slice(0, -1)) };
    case 'ctrl-u':
      return { menu: narrowed(menu, '') };
    default:
      return { menu: text === '' ? menu : narrowed(menu, menu.filter + text) };
  }
}

/** j and k move until something is typed; k on the first row is typed, for `kill` is what one often looks for. */
function letterMove({ filter, marked }: Menu, key: string): number | undefined {
  if (filter !== '') return undefined;
  if (key === 'j') return 1;
  return key === 'k' && marked > 0 ? -1 : undefined;
}

function moves(key: string, rows: number): number | undefined {
  switch (key) {
    case 'up':
    case 'ctrl-p':
      return -1;
    case 'down':
    case 'ctrl-n':
      return 1;
    case 'page-up':
      return -rows;
    case 'page-down':
      return rows;
    case 'home':
      return Number.NEGATIVE_INFINITY;
    case 'end':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}

/** The menu with another filter: the best match is marked. */
export function narrowed(menu: Menu, filter: string): Menu {
  return { ...menu, filter: filter.trimStart(), marked: 0 };
}
