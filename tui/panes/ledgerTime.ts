import { clockText } from '../../emulator/index.js';
import type { LedgerView } from '../../nodes/index.js';
import type { LedgerEntry } from '../reading/ledgerEntries.js';
import { cut, type Line, type Role, type Span, span } from '../text/line.js';
import { spanText } from '../text/times.js';

const MARGIN = 6;

/** What the marks of a row in time mean. */
export const timeLegend = ' ✗ failed  ○ heartbeat missed  ✓ told  ? told at the latest  │ now';

const verbs: ReadonlyMap<string, string> = new Map([
  ['node_down', 'DIED'],
  ['process_exit', 'ENDED'],
  ['process_hang', 'HANGS'],
  ['cut', 'IS CUT OFF'],
]);

/** `eee0 DIED`. */
export function failureText({ about, what }: LedgerView): string {
  return `${about} ${verbs.get(what) ?? 'FAILED'}`;
}

/** A failure with its moment. */
export function failureHeading(view: LedgerView, width: number): Line {
  const when = ` at ${clockText(view.sinceUs)} s, event ${view.event} `;
  const what = failureText(view);
  return [
    span(' ■ ', 'frame'),
    span(cut(what, Math.max(0, width - 3)), 'strong'),
    span(3 + what.length + when.length > width ? '' : when, 'dim'),
  ];
}

/** One row of the ledger in time, from the failure on: what was missed, when it was told, or will be at the latest. */
export function timeLine(entry: LedgerEntry, nowUs: number, scaleUs: number, width: number): Line {
  const { view, row } = entry;
  const end = row.told ? ` ${spanText(row.afterUs)}` : ` ${spanText(scaleUs)}`;
  const cells = Math.max(4, width - MARGIN - end.length - 1);
  const column = (us: number): number =>
    Math.max(0, Math.min(cells - 1, Math.round((us / scaleUs) * (cells - 1))));
  const untilUs = row.told ? row.afterUs : nowUs - view.sinceUs;
  const glyphs: { text: string; role: Role }[] = Array.from({ length: cells }, (_, at) =>
    at <= column(untilUs)
      ? { text: row.told ? '─' : '░', role: row.told ? 'good' : 'bad' }
      : { text: ' ', role: 'plain' },
  );
  const put = (us: number, text: string, role: Role): void => {
    glyphs[column(us)] = { text, role };
  };
  for (const dueUs of row.missedUs) put(dueUs - view.sinceUs, '○', 'note');
  if (row.outlook === 'not yet' && row.untilUs >= 0) put(row.untilUs - view.sinceUs, '?', 'note');
  if (row.told) put(row.afterUs, '✓', 'good');
  else if (untilUs > scaleUs) put(untilUs, '…', 'bad');
  else put(untilUs, '│', 'strong');
  put(0, '✗', 'bad');
  return [span(' '.repeat(MARGIN)), ...joined(glyphs), span(end, 'dim')];
}

/** Neighbours that look the same as one span. */
function joined(glyphs: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { text, role } of glyphs) {
    const last = spans.at(-1);
    if (last?.role === role) spans[spans.length - 1] = { text: last.text + text, role };
    else spans.push({ text, role });
  }
  return spans;
}
