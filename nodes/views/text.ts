import { clockText } from '../../emulator/index.js';
import type { LedgerRow } from './view.js';

/** A span of virtual time in the unit that reads best: `330 ms`, `5 us`, `2.5 s`. */
export function spanText(us: number): string {
  if (us < 1000) return `${us} us`;
  if (us < 1_000_000) return `${trimmed(us / 1000)} ms`;
  return `${trimmed(us / 1_000_000)} s`;
}

function trimmed(value: number): string {
  return value.toFixed(3).replace(/\.?0+$/, '');
}

/** What has come, or will, of the telling of one witness: `told`, `not yet`, `never`. */
export function outlookText({ outlook, untilUs }: Pick<LedgerRow, 'outlook' | 'untilUs'>): string {
  return outlook === 'not yet' && untilUs >= 0
    ? `not yet, by ${clockText(untilUs)} s at the latest`
    : outlook;
}

/** Rows as columns of equal width, the last one ragged. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join('  ')
      .trimEnd(),
  );
}
