import { stateTables, statuses } from '../../rmc-core/index.js';
import { code, markdownTable, page } from './markdown.js';

/** docs/statuses.md */
export function statusesPage(): string {
  return page(
    '# The statuses',
    '',
    'From the one registry of them, `rmc-core/status.ts`. A call never throws for what a peer, the bus or an application',
    'did: it returns one of these, and so does every completion.',
    '',
    '**Definite**: it is certain what became of it: done with `RMC_OK`, not done with any other. After one that is not',
    'definite it may have happened or not: a message that timed out may have arrived.',
    '',
    ...markdownTable(
      ['status', 'number', 'definite', 'meaning'],
      statuses.map(({ name, code: number, meaning, definite }) => [
        code(name),
        String(number),
        definite ? 'yes' : 'no',
        meaning,
      ]),
    ),
    '',
    '## What a call returns, by type and state',
    '',
    'From the [state tables](states.md) (D13). What a table does not have is `RMC_EINVAL`. Before RMC looks at the state',
    'it may say `RMC_EINVAL` (the block is freed, or not what RMC wrote), `RMC_ENOTCONN` (an EEE without its RMC),',
    '`RMC_EMSGSIZE` or `RMC_EAGAIN`.',
    '',
    ...markdownTable(['type', 'state', ...calls.map(code)], returnRows()),
  );
}

const calls = ['rmc_send', 'rmc_close', 'rmc_shutdown'] as const;

const returnRows = (): readonly (readonly string[])[] =>
  stateTables.flatMap(({ type, table }) =>
    Object.entries(table).map(([state, cells]) => [
      type,
      code(state),
      ...calls.map((call) => code(cells[call]?.returns ?? 'RMC_EINVAL')),
    ]),
  );
