/** A text that can stand in a cell. */
export const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The first line of every page that is made. */
export const MADE = '<!-- made by npm run docs; edit the declarations in the code, not this page -->';

/** A page of these lines. */
export const page = (...lines: readonly string[]): string => `${[MADE, '', ...lines].join('\n')}\n`;

export const code = (text: string): string => `\`${text}\``;

/** A sentence, from words that begin small and end without a full stop. */
export function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** The lines of a table. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)];
}
