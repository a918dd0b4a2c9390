import { clockText } from '../../emulator/index.js';
import { type LedgerRow, type LedgerView, outlookText, spanText, table } from '../../nodes/index.js';

const whatHappened: ReadonlyMap<string, string> = new Map([
  ['node_down', 'lost its power'],
  ['process_exit', 'ended'],
  ['process_hang', 'hung'],
  ['cut', 'was cut off'],
]);

const rowCells = (row: LedgerRow): readonly string[] => [
  `  ${(row.told ? 'told' : row.outlook.toUpperCase()).padEnd(8)}`,
  row.app,
  row.node,
  row.release,
  row.told ? `by ${row.how}` : 'nobody tells it',
  row.rule,
  row.told ? `after ${spanText(row.afterUs)}` : `for ${spanText(row.afterUs)} now`,
  row.untilUs < 0 ? row.why : `${row.why}: ${outlookText(row)}`,
];

function entryLines(entry: LedgerView): readonly string[] {
  const what = whatHappened.get(entry.what) ?? entry.what;
  const head = `Who has learned that ${entry.about} ${what}, at ${clockText(entry.sinceUs)} (event ${entry.event})`;
  const rows = entry.rows.length === 0 ? ['  nobody had to do with it'] : table(entry.rows.map(rowCells));
  return ['', head, ...rows];
}

/** Of each failure: who was told, how, by which rule, after how long; and who was not, and why. */
export function ledgerLines(ledger: readonly LedgerView[]): readonly string[] {
  if (ledger.length === 0) return ['', 'Nothing failed, so there was nothing to learn.'];
  return ledger.flatMap(entryLines);
}
