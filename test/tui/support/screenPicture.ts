import type { CellLook } from './terminal.js';

/** Cell and margin in SVG units. */
const WIDTH = 8.4;
const HEIGHT = 18;
const MARGIN = 14;

const BACKGROUND = '#1b1e24';
const FOREGROUND = '#d8dbe0';
/** The terminal's 16 colours, as the picture has them; the UI uses few of them. */
const palette: ReadonlyMap<number, string> = new Map([
  [3, '#e2a13b'],
  [6, '#5fb8c4'],
  [8, '#7b828e'],
  [12, '#7aa9f7'],
]);

/** Which arms a line glyph has: left, right, up, down; `=` doubled, `~` dashed. */
const arms: ReadonlyMap<string, string> = new Map([
  ['─', 'LR'],
  ['│', 'UD'],
  ['┌', 'RD'],
  ['┐', 'LD'],
  ['└', 'RU'],
  ['┘', 'LU'],
  ['├', 'UDR'],
  ['┤', 'UDL'],
  ['╌', '~LR'],
  ['╎', '~UD'],
  ['═', '=LR'],
  ['╧', '=LRU'],
]);

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function colourOf(cell: CellLook): string {
  return palette.get(cell.colour) ?? FOREGROUND;
}

function sameLook(a: CellLook, b: CellLook): boolean {
  return a.bold === b.bold && a.reverse === b.reverse && a.underline === b.underline && a.colour === b.colour;
}

/** A line glyph as a path, so that frames join whatever font the reader has. */
function glyphPath(glyph: string, x: number, y: number, colour: string): string | undefined {
  const middle = { x: x + WIDTH / 2, y: y + HEIGHT / 2 };
  if (glyph === '█' || glyph === '░' || glyph === '▌') {
    const width = glyph === '▌' ? WIDTH / 2 : WIDTH;
    const opacity = glyph === '░' ? ' opacity="0.4"' : '';
    return `<rect x="${number(x)}" y="${number(y + 3)}" width="${number(width)}" height="${HEIGHT - 6}" fill="${colour}"${opacity}/>`;
  }
  const shape = arms.get(glyph);
  if (shape === undefined) return undefined;
  let path = '';
  for (const offset of shape.startsWith('=') ? [-1.5, 1.5] : [0]) {
    const row = number(middle.y + offset);
    if (shape.includes('L')) path += `M${number(x)} ${row}H${number(middle.x)}`;
    if (shape.includes('R')) path += `M${number(middle.x)} ${row}H${number(x + WIDTH)}`;
  }
  if (shape.includes('U')) path += `M${number(middle.x)} ${number(y)}V${number(middle.y)}`;
  if (shape.includes('D')) path += `M${number(middle.x)} ${number(middle.y)}V${number(y + HEIGHT)}`;
  const dash = shape.startsWith('~') ? ' stroke-dasharray="2 2"' : '';
  return `<path d="${path}" stroke="${colour}" fill="none"${dash}/>`;
}

/** One run of cells that look alike. */
function runOf(cells: readonly CellLook[], column: number, row: number): string {
  const first = cells[0];
  if (first === undefined) return '';
  const x = MARGIN + column * WIDTH;
  const y = MARGIN + row * HEIGHT;
  const width = cells.length * WIDTH;
  const colour = first.reverse ? BACKGROUND : colourOf(first);
  let out = '';
  if (first.reverse)
    out += `<rect x="${number(x)}" y="${y}" width="${number(width)}" height="${HEIGHT}" fill="${FOREGROUND}"/>`;
  let text = '';
  cells.forEach((cell, index) => {
    const path = glyphPath(cell.text, x + index * WIDTH, y, colour);
    if (path !== undefined) out += path;
    text += path === undefined ? cell.text : ' ';
  });
  const start = text.length - text.trimStart().length;
  const words = text.trim();
  if (words === '') return out;
  const escaped = words.replace(/[&<>]/g, (letter) => escapes.get(letter) ?? letter);
  const weight = first.bold ? ' font-weight="bold"' : '';
  const line = first.underline ? ' text-decoration="underline"' : '';
  const length = number(words.length * WIDTH);
  return `${out}<text x="${number(x + start * WIDTH)}" y="${y + 13}" fill="${colour}"${weight}${line} textLength="${length}">${escaped}</text>`;
}

/** A screen as an SVG picture: rows of cells, each row equally long. */
export function screenPicture(rows: readonly (readonly CellLook[])[], title: string): string {
  const columns = rows[0]?.length ?? 0;
  const width = number(columns * WIDTH + 2 * MARGIN);
  const height = rows.length * HEIGHT + 2 * MARGIN;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" xml:space="preserve">',
  ];
  rows.forEach((cells, row) => {
    let start = 0;
    for (let column = 1; column <= cells.length; column++) {
      const [before, here] = [cells[column - 1], cells[column]];
      if (before !== undefined && here !== undefined && sameLook(before, here)) continue;
      const run = runOf(cells.slice(start, column), start, row);
      if (run !== '') out.push(run);
      start = column;
    }
  });
  return `${[...out, '</g>', '</svg>'].join('\n')}\n`;
}
