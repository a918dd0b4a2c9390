import type { LedgerRow, LedgerView } from '../../nodes/index.js';

/** One row of the ledger, with the failure that it is about. */
export interface LedgerEntry {
  readonly view: LedgerView;
  readonly row: LedgerRow;
}

/** The rows of the table, those of the newest failure first. */
export function ledgerEntries(ledger: readonly LedgerView[], filter: string): LedgerEntry[] {
  const wanted = filter.toLowerCase();
  return [...ledger]
    .reverse()
    .flatMap((view) => view.rows.map((row): LedgerEntry => ({ view, row })))
    .filter((entry) => wanted === '' || entryText(entry).toLowerCase().includes(wanted));
}

/** A row in words, for filters and copies. */
export function entryText({ view, row }: LedgerEntry): string {
  const { app, node, release, session, told, outlook, how, rule, why } = row;
  const telling = told ? `told ${how}` : `not told ${outlook}`;
  return [app, 'on', node, release, session, 'of', view.about, view.what, telling, why, rule].join(' ');
}

/** The event that a row stands for: that by which it was told, else the failure. */
export function eventOfEntry({ view, row }: LedgerEntry): number {
  return row.event > 0 ? row.event : view.event;
}

/** Tells a row from every other one, whatever comes before it. */
export const keyOf = ({ view, row }: LedgerEntry): string => `${view.event} ${row.app} ${row.session}`;

/** What is selected in the other panes. */
export interface LedgerMark {
  readonly selectedEvent: number | undefined;
  readonly selectedSession: string;
}

/** The row that Enter and `w` mean: the one of what is selected, else the first. */
export function meantEntry(
  ledger: readonly LedgerView[],
  filter: string,
  mark: LedgerMark,
): LedgerEntry | undefined {
  const entries = ledgerEntries(ledger, filter);
  return entries[Math.max(0, markedEntry(entries, mark))];
}

/** A sign for each outlook, so that no colour is needed. */
export const outlookSigns: Readonly<Record<LedgerRow['outlook'], string>> = {
  told: '✓',
  'not yet': '?',
  never: '✗',
};

/** The row of what is selected: its event and its session, else its session alone, else its event; -1: none. */
export function markedEntry(
  entries: readonly LedgerEntry[],
  { selectedEvent, selectedSession }: LedgerMark,
): number {
  const isEvent = (entry: LedgerEntry): boolean => eventOfEntry(entry) === selectedEvent;
  const isSession = ({ row }: LedgerEntry): boolean => row.session === selectedSession;
  const both = entries.findIndex((entry) => isEvent(entry) && isSession(entry));
  if (both >= 0) return both;
  const session = entries.findIndex(isSession);
  return session >= 0 ? session : entries.findIndex(isEvent);
}
