import type { LedgerRow, LedgerView } from '../../nodes/index.js';
import {
  keyOf,
  type LedgerEntry,
  type LedgerMark,
  ledgerEntries,
  markedEntry,
  outlookSigns,
} from '../reading/ledgerEntries.js';
import {
  cell,
  cellRight,
  cut,
  fill,
  type Line,
  line,
  painted,
  type Role,
  type Span,
  showing,
  sized,
  span,
  wrapped,
} from '../text/line.js';
import { spanText } from '../text/times.js';
import { failureHeading, failureText, timeLegend, timeLine } from './ledgerTime.js';
import { moreText, type PaneFrame, titleRow, windowStart } from './pane.js';

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

/** What the ledger is cut down to, what is marked in it, and the time. */
export interface LedgerWish extends LedgerMark {
  readonly filter: string;
  readonly nowUs: number;
  /** The first line in sight; what is marked stays in sight. */
  readonly top: number;
  /** Whether a row is other in the world beside this one. */
  readonly isOther?: (view: LedgerView, row: LedgerRow) => boolean;
}

/** From this height on the pane draws each row in time as well. */
const TIME_HEIGHT = 14;

/** The rows of the table as lines, and the first one in sight. */
interface Table {
  readonly look: Look;
  readonly lines: readonly Line[];
  readonly start: number;
}

function tableOf(ledger: readonly LedgerView[], wish: LedgerWish, frame: PaneFrame): Table {
  const entries = ledgerEntries(ledger, wish.filter);
  const longestAbout = ledger.length > 1 ? Math.max(...ledger.map((view) => view.about.length)) : 0;
  const rows = frame.height - 1;
  const failures = new Set(entries.map(({ view }) => view)).size;
  const isInTime = entries.length * 3 + failures < rows || frame.height >= TIME_HEIGHT;
  // Rows in time stand under their failure and need no bar beside it.
  const widths = ledgerWidths(frame.width, isInTime ? 0 : longestAbout);
  const marked = markedEntry(entries, wish);
  const shown = frame.focused && marked < 0 ? 0 : marked;
  const look: Look = {
    ...frame,
    widths,
    scaleUs: scaleOf(entries),
    nowUs: wish.nowUs,
    isInTime,
    isOther: wish.isOther,
  };
  const groups = entries.map((entry, at) =>
    entryLines(entry, entries[at - 1], at === shown ? (frame.focused ? 'select' : 'mark') : '', look),
  );
  const lines = groups.flat();
  if (isInTime && lines.length > 0) lines.push(line(timeLegend, 'dim'));
  const first = groups.slice(0, Math.max(0, shown)).reduce((sum, group) => sum + group.length, 0);
  const last = first + (groups[Math.max(0, shown)]?.length ?? 0);
  const top = Math.max(Math.min(wish.top, first), last - rows);
  return { look, lines, start: windowStart(top, lines.length, rows) };
}

/** The first line in sight when what is marked is, and no more than that has to move. */
export function ledgerTop(ledger: readonly LedgerView[], wish: LedgerWish, frame: PaneFrame): number {
  return tableOf(ledger, wish, frame).start;
}

/** Who has learned of what failed, who has not, how, by which rule and after how long. The newest failure comes first. */
export function ledgerPane(ledger: readonly LedgerView[], wish: LedgerWish, frame: PaneFrame): Line[] {
  const { filter } = wish;
  const { look, lines: all, start } = tableOf(ledger, wish, frame);
  const rows = frame.height - 1;
  const end = [filter === '' ? '' : `/${filter}`, moreText(start, Math.max(0, all.length - start - rows))];
  const lines: Line[] = [ledgerHeader(ledger, look, end.filter((text) => text !== '').join(' '))];
  if (all.length === 0 && filter !== '') lines.push(line('  no row matches', 'dim'));
  else if (ledger.length === 0) {
    lines.push(line('  Nothing has died, hung or been cut off yet. When it does, this table says', 'dim'));
    lines.push(line('  which application has been told, how and after how long - and which has not.', 'dim'));
  } else if (all.length === 0) lines.push(line('  nobody had a session with what failed', 'dim'));
  return fill([...lines, ...all.slice(start, start + rows)], frame.width, frame.height);
}

interface Look extends PaneFrame {
  readonly widths: Widths;
  readonly scaleUs: number;
  readonly nowUs: number;
  readonly isInTime: boolean;
  readonly isOther: LedgerWish['isOther'];
}

/** A full bar: of those that were told and of when others are at the latest. Who never will be runs off it. */
export function scaleOf(entries: readonly LedgerEntry[]): number {
  const ends = entries.map(({ view, row }) =>
    row.told ? row.afterUs : row.untilUs < 0 ? 0 : row.untilUs - view.sinceUs,
  );
  return barScaleUs(Math.max(0, ...ends));
}

/** A row, with its failure above it where that is another one, all of its reason, and itself in time. */
function entryLines(
  entry: LedgerEntry,
  before: LedgerEntry | undefined,
  mark: '' | 'mark' | 'select',
  look: Look,
): Line[] {
  const row = ledgerLine(entry, look, mark);
  const drawn: Line[] = [mark === 'select' ? painted(sized(row, look.width), 'select') : row];
  if (look.isInTime) {
    drawn.push(...wholeReason(entry, look.widths, look.width));
    drawn.push(timeLine(entry, look.nowUs, look.scaleUs, look.width));
  }
  const lines = drawn.map((each) => showing({ kind: 'witness', key: keyOf(entry) }, each));
  if (!look.isInTime) return lines;
  return before?.view === entry.view ? lines : [failureHeading(entry.view, look.width), ...lines];
}

function ledgerHeader(ledger: readonly LedgerView[], look: Look, end: string): Line {
  const { widths, scaleUs } = look;
  const [only] = ledger;
  const what =
    ledger.length === 1 && only !== undefined
      ? ` THAT ${failureText(only)}`
      : ledger.length > 1
        ? ' OF WHAT'
        : ' WHAT';
  const title = titleRow({ ...look, width: look.width - widths.bar }, `WHO HAS LEARNED${what}`, [], end);
  if (widths.bar === 0) return title;
  const scale = spanText(scaleUs);
  const full = `0${'─'.repeat(Math.max(0, widths.bar - scale.length - 1))}${scale}`;
  return [
    ...title,
    span(cut(full.length > widths.bar ? scale : full, widths.bar).padStart(widths.bar), 'note'),
  ];
}

function ledgerLine({ view, row }: LedgerEntry, look: Look, mark: string): Line {
  const { widths, scaleUs } = look;
  const role: Role = row.told ? 'good' : 'bad';
  const spans: Span[] = [
    span(mark !== '' ? '▸' : look.isOther?.(view, row) === true ? '≠' : ' ', 'key'),
    span(`${outlookSigns[row.outlook]} `, role),
    span(cell(row.app, widths.app), 'strong'),
  ];
  if (widths.release > 0) spans.push(span(cell(row.release, widths.release)));
  if (widths.about > 0) spans.push(span(cell(aboutText(view.about, widths.about - 1), widths.about)));
  spans.push(...reason(view, row, widths));
  if (widths.rule > 0) spans.push(span(cell(row.rule, widths.rule), 'note'));
  spans.push(span(cellRight(spanText(row.afterUs), widths.after)), span(' '));
  spans.push(span(bar(row.afterUs, scaleUs, widths.bar, row.told), role));
  return spans;
}

/** What the row has cut off, below it. */
function wholeReason({ view, row }: LedgerEntry, widths: Widths, width: number): Line[] {
  const { session, why, rule, told } = row;
  const text = `${session}: ${why} (${rule})`;
  const isCut = told ? why.length >= widths.why : reason(view, row, widths).some(isShortened);
  return isCut ? wrapped(text, Math.max(8, width - 6)).map((part) => line(`      ${part}`, 'note')) : [];
}

const isShortened = ({ text }: Span): boolean => text.trimEnd().endsWith('…');

/** What failed, in at most `width` cells: an application without its node, if need be. */
function aboutText(about: string, width: number): string {
  return cut(about.length <= width ? about : about.replace(/ on .*$/, ''), width);
}

/** How it was told and why; not told, both columns say whether it ever will be, until when, and why not. */
function reason(view: LedgerView, row: LedgerRow, widths: Widths): Span[] {
  if (row.told) {
    const how = span(cell(row.how, widths.how));
    return widths.why === 0 ? [how] : [how, span(cell(cut(row.why, widths.why - 1), widths.why))];
  }
  const isRoomy = widths.how + widths.why > 40;
  const not = isRoomy ? row.outlook.padEnd(widths.how) : `${row.outlook} `;
  const rest = widths.how + widths.why - not.length;
  const by = row.untilUs < 0 ? '' : `by ${spanText(row.untilUs - view.sinceUs)}`;
  const why = by === '' ? row.why : `${by}: ${row.why}`;
  return [span(not, 'bad'), span(cell(cut(why, Math.max(0, rest - 1)), rest))];
}
