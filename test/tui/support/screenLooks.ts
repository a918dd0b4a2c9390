import type { CellLook } from './terminal.js';

/** A letter for each of the terminal's colours that a theme has; a capital where the cell is bold. */
const letters: ReadonlyMap<number, string> = new Map([
  [3, 'o'],
  [4, 'd'],
  [5, 'm'],
  [6, 'c'],
  [8, 'g'],
  [11, 'y'],
  [12, 'b'],
  [14, 'l'],
  [15, 'w'],
]);

const LEGEND =
  '# @ reverse, _ underlined, * bold, . plain; o orange, d dark blue, m magenta, c cyan, g grey, y yellow, b blue,\n' +
  '# l light cyan, w white; capitals: bold too\n';

function letterOf({ text, reverse, underline, bold, colour }: CellLook): string {
  if (reverse) return '@';
  if (underline && colour < 0) return '_';
  if (text === ' ') return ' ';
  const letter = colour < 0 ? '.' : (letters.get(colour) ?? '?');
  if (!bold) return letter;
  return letter === '.' ? '*' : letter.toUpperCase();
}

/** How each cell of a screen looks: a letter for each. */
export function screenLooks(rows: readonly (readonly CellLook[])[]): string {
  return LEGEND + rows.map((cells) => `${cells.map(letterOf).join('').trimEnd()}\n`).join('');
}
