import {
  dutyText,
  holdings,
  nodeKinds,
  type OwnershipPart,
  type OwnershipRow,
  ownership,
} from '../../nodes/index.js';
import { markdownTable, page } from './markdown.js';

const INTRODUCTION = [
  '# Who owns which block',
  '',
  'For each call, completion, callback and death: whose the memory of a session is just before, whose from then on, and',
  'who has to free it when. The table is `nodes/ownership/`; a test plays each of its rows in the running emulator, on',
  'each kind of node and release that it names, looks at the block before and after, and then frees it.',
  '',
  'There are four blocks. **OPEN** and **LISTEN** are allocated by the application (S5). An **ACCEPT** block is either',
  '**placed** by the application, in `new_session` on an SSC (S7), or **RMC’s**: on every EEE (S13), and on an SSC',
  'without `new_session` (S11, S12).',
];

/** docs/ownership.md */
export function ownershipPage(): string {
  return page(
    ...INTRODUCTION,
    '',
    ...markdownTable(
      ['owner', 'what that means', 'a `free` by the application now'],
      Object.values(holdings).map(({ text, help, freeIs }) => [
        text,
        help,
        freeIs === '' ? '' : `\`memory_error ${freeIs}\``,
      ]),
    ),
    ...ownership.flatMap(partSection),
  );
}

const partSection = ({ title, rows }: OwnershipPart): readonly string[] => [
  '',
  `## ${title}`,
  '',
  ...markdownTable(
    ['what happens', 'case', 'on', 'block', 'owner before', 'owner after', 'who has to free it', 'rules'],
    rows.filter((row) => placesOf(row) !== '').map(cells),
  ),
];

const cells = (row: OwnershipRow): readonly string[] => [
  row.step.startsWith('death') ? row.step : `\`${row.step}\``,
  row.when,
  placesOf(row),
  row.role,
  holdings[row.before].text,
  holdings[row.after].text,
  dutyText(row.duty, 'the application', row.role === 'OPEN' ? '`rmc_close`' : '`rmc_shutdown`'),
  row.rules.map((rule) => `[${rule}](rules.md#${rule.toLowerCase()})`).join(' '),
];

/** The kinds of node and the release for which a row holds: `SSC, EEE`, `EEE R1.1`. */
function placesOf({ only, release }: OwnershipRow): string {
  const kinds = nodeKinds.filter(
    ({ rmcIsProcess }) => only === undefined || (only === 'process') === rmcIsProcess,
  );
  const names = kinds.map(({ title }) => title).join(', ');
  return names === '' || release === undefined ? names : `${names}; ${release}`;
}
