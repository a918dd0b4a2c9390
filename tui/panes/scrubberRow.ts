import type { MarkKind, TimeMark } from '../reading/scrubber.js';
import { type Line, type Role, type Span, span } from '../text/line.js';
import { spanText } from '../text/times.js';

/** What the line of time shows. */
export interface TimeLine {
  readonly nowUs: number;
  /** The latest time that the branch has been to. */
  readonly horizonUs: number;
  readonly marks: readonly TimeMark[];
}

/** Where the line itself stands in its row. */
const LEFT = 2;

const looks: Readonly<
  Record<MarkKind, { readonly glyph: string; readonly role: Role; readonly rank: number }>
> = {
  fault: { glyph: '✗', role: 'bad', rank: 3 },
  told: { glyph: '!', role: 'bad', rank: 2 },
  callback: { glyph: '↓', role: 'note', rank: 1 },
  command: { glyph: '▸', role: 'key', rank: 0 },
};

const lineWidth = (width: number, end: string): number => Math.max(1, width - LEFT - end.length - 2);

/** The line of time: how far the run has been, where it is, and what happened when. One row. */
export function scrubberRow(time: TimeLine, width: number): Line {
  const end = spanText(time.horizonUs);
  const cells = lineWidth(width, end);
  const at = placeOf(time.nowUs, time.horizonUs, cells);
  const row: { glyph: string; role: Role; rank: number }[] = Array.from({ length: cells }, (_, x) => ({
    glyph: x <= at ? '─' : '╌',
    role: 'frame',
    rank: -1,
  }));
  for (const mark of time.marks) {
    const x = placeOf(mark.timeUs, time.horizonUs, cells);
    const look = looks[mark.kind];
    if (look.rank > (row[x]?.rank ?? 0)) row[x] = look;
  }
  const before = row[at];
  // The place of now is reversed, so that a mark below it is still seen.
  row[at] = { glyph: before !== undefined && before.rank >= 0 ? before.glyph : '●', role: 'select', rank: 9 };
  const spans: Span[] = [span(' '.repeat(LEFT))];
  for (const { glyph, role } of row) spans.push(span(glyph, role));
  spans.push(span(` ${end}`, 'dim'));
  return spans;
}

/** The virtual time at a column of the row, that of its mark where it has one; undefined beside the line. */
export function timeAtColumn(x: number, time: Omit<TimeLine, 'nowUs'>, width: number): number | undefined {
  const { horizonUs, marks } = time;
  const cells = lineWidth(width, spanText(horizonUs));
  const column = x - LEFT;
  if (column < 0 || column >= cells || horizonUs === 0) return undefined;
  let shown: TimeMark | undefined;
  for (const mark of marks) {
    if (placeOf(mark.timeUs, horizonUs, cells) !== column) continue;
    if (shown === undefined || looks[mark.kind].rank > looks[shown.kind].rank) shown = mark;
  }
  if (shown !== undefined) return shown.timeUs;
  return cells === 1 ? 0 : Math.round((column / (cells - 1)) * horizonUs);
}

function placeOf(timeUs: number, horizonUs: number, cells: number): number {
  if (horizonUs === 0) return 0;
  return Math.min(cells - 1, Math.max(0, Math.round((timeUs / horizonUs) * (cells - 1))));
}
