import type { LedgerView } from '../../nodes/index.js';
import { type LedgerWish, scaleOf } from '../panes/ledger.js';
import { failureText, timeLegend, timeLine } from '../panes/ledgerTime.js';
import { moreText, type PaneFrame, titleRow, windowStart } from '../panes/pane.js';
import {
  keyOf,
  type LedgerEntry,
  ledgerEntries,
  markedEntry,
  outlookSigns,
} from '../reading/ledgerEntries.js';
import { cell, cut, fill, type Line, line, painted, showing, sized, span } from '../text/line.js';
import { spanText } from '../text/times.js';

/** Who it is about has this much room. */
const APP_WIDTH = 10;
/** Rows of each: two with what is told, and a blank one. Where there is room they have more air, and are drawn in time. */
const ROWS = 3;
const TALL_ROWS = 6;
const TALL_FROM = 20;

/**
 * Who has learned of what failed, and who has not, for readers far away: two rows each, and air between them. The newest
 * failure comes first, and what is marked is in sight.
 */
export function projectorLedger(ledger: readonly LedgerView[], wish: LedgerWish, frame: PaneFrame): Line[] {
  const entries = ledgerEntries(ledger, wish.filter);
  const isTall = frame.height >= TALL_FROM;
  const room = Math.max(1, Math.floor(frame.height / (isTall ? TALL_ROWS : ROWS)));
  const marked = markedEntry(entries, wish);
  const start = windowStart(Math.max(0, marked - room + 1), entries.length, room);
  const newest = entries[0]?.view;
  const what = newest === undefined ? '' : ` THAT ${failureText(newest)}`;
  const more = moreText(start, Math.max(0, entries.length - start - room));
  const lines: Line[] = [titleRow(frame, `WHO HAS LEARNED${what}`, [], more)];
  if (entries.length === 0) lines.push(line('   Nothing has failed yet.'));
  entries.slice(start, start + room).forEach((entry, at) => {
    const rows = entryRows(entry, entry.view !== newest, frame.width);
    if (isTall) rows.push([], timeLine(entry, wish.nowUs, scaleOf(entries), frame.width));
    const isMarked = frame.focused && start + at === marked;
    const looks = isMarked ? rows.map((row) => painted(sized(row, frame.width), 'select')) : rows;
    lines.push(...looks.map((row) => showing({ kind: 'witness', key: keyOf(entry) }, row)), []);
    if (isTall) lines.push([]);
  });
  if (isTall && entries.length > 0) lines.push(line(timeLegend, 'dim'));
  return fill(lines, frame.width, frame.height);
}

function entryRows({ view, row }: LedgerEntry, isOlder: boolean, width: number): Line[] {
  const role = row.told ? 'good' : 'bad';
  const told = row.told
    ? `told by ${row.how}`
    : row.outlook === 'never'
      ? 'never will be told'
      : 'not told yet';
  const when = row.told ? `after ${spanText(row.afterUs)}` : `- ${spanText(row.afterUs)} so far`;
  const of = isOlder ? ` (${failureText(view)})` : '';
  const margin = ' '.repeat(APP_WIDTH + 4);
  return [
    [
      span(` ${outlookSigns[row.outlook]}  `, role),
      span(cell(row.app, APP_WIDTH), 'strong'),
      span(`${told} `, role),
      span(`${when}${of}`, 'strong'),
    ],
    [
      span(`${margin}${cut(row.why, Math.max(8, width - margin.length - row.rule.length - 4))}  `),
      span(row.rule, 'note'),
    ],
  ];
}
