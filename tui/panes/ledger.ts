import type { LedgerRow, LedgerView } from '../../nodes/index.js';
import {
  cell,
  cellRight,
  cut,
  fill,
  type Line,
  line,
  painted,
  type Span,
  showing,
  sized,
  span,
  wrapped,
} from '../text/line.js';
import { spanText } from '../text/times.js';
import { moreText, type PaneFrame, titleRow, windowStart, windowWith } from './pane.js';

/** A bar's full length stands for at least this much. */
const LEAST_SCALE_US = 400_000;

/** The time that a full bar stands for: 400 ms, then 1, 2 and 5 times powers of ten. */
export function barScaleUs(longestUs: number): number {
  if (longestUs <= LEAST_SCALE_US) return LEAST_SCALE_US;
  let scale = 1_000_000;
  for (const factor of [1, 2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2, 2, 2.5]) {
    scale *= factor;
    if (scale >= longestUs) return scale;
  }
  return longestUs;
}

/** A bar that grows with the time: solid when told, light as long as nobody has. */
export function bar(afterUs: number, scaleUs: number, width: number, told: boolean): string {
  const cells = Math.max(0, Math.min(width, Math.round((afterUs / scaleUs) * width)));
  const glyph = told ? '█' : '░';
  const full = glyph.repeat(cells);
  return !told && cells === width && width > 0 ? `${full.slice(0, -1)}…` : full.padEnd(width);
}

interface Widths {
  readonly app: number;
  readonly release: number;
  readonly about: number;
  readonly how: number;
  readonly why: number;
  readonly rule: number;
  readonly after: number;
  readonly bar: number;
}

/** Widths of the columns; narrow screens leave out the bar's length first, then why, then the release. */
export function ledgerWidths(width: number, longestAbout: number): Widths {
  const about = longestAbout === 0 ? 0 : Math.min(longestAbout, width >= 96 ? 16 : 8) + 1;
  const wide = width >= 72;
  const release = wide ? 7 : 0;
  const app = width >= 60 ? 9 : 8;
  const after = 7;
  const rule = width >= 50 ? 8 : 0;
  const how = 14;
  const rest = Math.max(0, width - 3 - about - release - app - after - rule - how);
  const barWidth = wide ? Math.max(8, Math.min(40, Math.floor(rest * 0.28))) : 0;
  return {
    app,
    release,
    about,
    how,
    why: Math.max(0, rest - barWidth - 1),
    rule,
    after,
    bar: Math.min(rest, barWidth),
  };
}

interface Entry {
  readonly about: string;
  /** The event that it began with. */
  readonly event: number;
  readonly row: LedgerRow;
  /** Tells it from every other one, whatever comes before it. */
  readonly key: string;
}

/** The rows of the table, those of the newest failure first; with a filter only those that contain its text. */
export function ledgerEntries(ledger: readonly LedgerView[], filter: string): Entry[] {
  const wanted = filter.toLowerCase();
  return [...ledger]
    .reverse()
    .flatMap(({ about, event, rows }) =>
      rows.map((row) => ({ about, event, row, key: `${event} ${row.app} ${row.session}` })),
    )
    .filter(({ about, row }) => wanted === '' || entryText(about, row).includes(wanted));
}

function entryText(about: string, row: LedgerRow): string {
  const { app, node, release, session, told, how, rule, why } = row;
  return [about, app, node, release, session, told ? 'told' : 'not told', how, rule, why]
    .join(' ')
    .toLowerCase();
}

/** Who has learned of what failed, who has not, how, by which rule and after how long. The newest failure comes first. */
export function ledgerPane(
  ledger: readonly LedgerView[],
  top: number,
  frame: PaneFrame,
  filter = '',
  selected = '',
): Line[] {
  const entries = ledgerEntries(ledger, filter);
  const several = ledger.length > 1;
  const longestAbout = several ? ledger.reduce((most, view) => Math.max(most, view.about.length), 0) : 0;
  const widths = ledgerWidths(frame.width, longestAbout);
  const scaleUs = barScaleUs(entries.reduce((most, entry) => Math.max(most, entry.row.afterUs), 0));
  const rows = frame.height - 1;
  const marked = frame.focused ? entries.findIndex(({ key }) => key === selected) : -1;
  // What is marked stays in sight.
  const first = marked < 0 ? top : windowWith(top, marked, rows);
  const start = windowStart(first, entries.length, rows);
  const more = moreText(start, entries.length - start - rows);
  const end = [filter === '' ? '' : `/${filter}`, more].filter((text) => text !== '').join(' ');
  const lines: Line[] = [ledgerHeader(ledger, widths, scaleUs, end, frame)];
  if (entries.length === 0 && filter !== '') lines.push(line('  no row matches', 'dim'));
  else if (ledger.length === 0) {
    lines.push(line('  Nothing has died, hung or been cut off yet. When it does, this table says', 'dim'));
    lines.push(line('  which application has been told, how and after how long - and which has not.', 'dim'));
  }
  // With room for it each row says all of its reason, and which session it is about.
  const isRoomy = entries.length * 2 <= rows;
  for (const entry of entries.slice(start, start + rows)) {
    const row = ledgerLine(entry, widths, scaleUs);
    const isMarked = marked >= 0 && entry.key === selected;
    const looks = [isMarked ? painted(sized(row, frame.width), 'select') : row];
    if (isRoomy) looks.push(...wholeReason(entry, widths, frame.width));
    lines.push(...looks.map((each) => showing({ kind: 'witness', key: entry.key }, each)));
  }
  return fill(lines, frame.width, frame.height);
}

const verbs: ReadonlyMap<string, string> = new Map([
  ['node_down', 'DIED'],
  ['process_exit', 'ENDED'],
  ['process_hang', 'HANGS'],
  ['cut', 'IS CUT OFF'],
]);

function ledgerHeader(
  ledger: readonly LedgerView[],
  widths: Widths,
  scaleUs: number,
  end: string,
  frame: PaneFrame,
): Line {
  const last = ledger[ledger.length - 1];
  const only = ledger.length === 1 && last !== undefined;
  const what = only
    ? ` THAT ${last.about} ${verbs.get(last.what) ?? 'FAILED'}`
    : ledger.length > 1
      ? ' OF WHAT'
      : ' WHAT';
  const title = titleRow({ ...frame, width: frame.width - widths.bar }, `WHO HAS LEARNED${what}`, [], end);
  if (widths.bar === 0) return title;
  const scale = spanText(scaleUs);
  const full = `0${'─'.repeat(Math.max(0, widths.bar - scale.length - 1))}${scale}`;
  return [
    ...title,
    span(cut(full.length > widths.bar ? scale : full, widths.bar).padStart(widths.bar), 'note'),
  ];
}

function ledgerLine(entry: Entry, widths: Widths, scaleUs: number): Line {
  const { row } = entry;
  const spans: Span[] = [
    span(row.told ? ' ✓ ' : ' ? ', row.told ? 'good' : 'bad'),
    span(cell(row.app, widths.app), 'strong'),
  ];
  if (widths.release > 0) spans.push(span(cell(row.release, widths.release)));
  if (widths.about > 0) spans.push(span(cell(aboutText(entry.about, widths.about - 1), widths.about)));
  spans.push(...reason(row, widths));
  if (widths.rule > 0) spans.push(span(cell(row.rule, widths.rule), 'note'));
  spans.push(span(cellRight(spanText(row.afterUs), widths.after)), span(' '));
  spans.push(span(bar(row.afterUs, scaleUs, widths.bar, row.told), row.told ? 'good' : 'bad'));
  return spans;
}

/** What the row has cut off, below it. */
function wholeReason({ row }: Entry, widths: Widths, width: number): Line[] {
  const { session, why, rule } = row;
  const text = `${session}: ${why} (${rule})`;
  const isCut = why.length > Math.max(0, widths.why - 1);
  return isCut ? wrapped(text, Math.max(8, width - 6)).map((part) => line(`      ${part}`, 'note')) : [];
}

/** What failed, in at most `width` cells: an application without its node, if need be. */
function aboutText(about: string, width: number): string {
  return cut(about.length <= width ? about : about.replace(/ on .*$/, ''), width);
}

/** How it was told and why; not told, both columns say why not. */
function reason(row: LedgerRow, widths: Widths): Span[] {
  if (row.told) {
    const how = span(cell(row.how, widths.how));
    return widths.why === 0 ? [how] : [how, span(cell(cut(row.why, widths.why - 1), widths.why))];
  }
  const not = widths.how + widths.why > 40 ? 'not told'.padEnd(widths.how) : 'not told ';
  const rest = widths.how + widths.why - not.length;
  return [span(not, 'bad'), span(cell(cut(row.why, Math.max(0, rest - 1)), rest))];
}
