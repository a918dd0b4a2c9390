import stringWidth from 'string-width';

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Rows of cells as lines whose columns stand under each other; nothing trails the last cell. */
export function tableLines(rows: readonly (readonly string[])[], gap = '  '): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column]!))
      .join(gap)
      .trimEnd(),
  );
}
