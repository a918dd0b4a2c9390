import { addressText, clockText, type StateSection, type World } from '../../emulator/index.js';
import { outlookText, spanText } from './text.js';
import type { LedgerRow, SessionView } from './view.js';
import { worldView } from './worldView.js';

/** Sessions, memory and the ledger as rows, for the comparison of two worlds. */
export function rmcSections(world: World): readonly StateSection[] {
  const { sessions, nodes, ledger } = worldView(world);
  return [
    {
      title: 'sessions',
      rows: sessions.map((session) => ({ key: session.name, text: sessionText(session) })),
    },
    {
      title: 'memory',
      rows: [
        ...nodes.flatMap((node) =>
          node.memory.map(({ owner, liveBlocks, liveBytes }) => ({
            key: `${node.name}: ${owner}`,
            text: `${liveBlocks} live blocks, ${liveBytes} bytes`,
          })),
        ),
        ...errorRows(world),
      ],
    },
    {
      title: 'ledger',
      rows: ledger.flatMap(({ about, what, sinceUs, rows }) =>
        rows.map((row) => ({
          key: `${about} (${what} at ${clockText(sinceUs)} s): ${row.app}, ${row.session}`,
          text: toldText(row),
        })),
      ),
    },
  ];
}

function sessionText(session: SessionView): string {
  const { type, state, lost, owner, node, address, block, whoFrees, delivered } = session;
  const where = `${owner} ${node} ${addressText(address)} ${block}`;
  const messages = delivered === 0 ? '' : `; ${delivered} messages handed up`;
  const duty = block === 'live' ? `; freed by: ${whoFrees}` : '';
  return `${type} ${state}${lost ? ', lost' : ''}; block ${where}${duty}${messages}`;
}

function errorRows(world: World): StateSection['rows'] {
  const counts = new Map<string, number>();
  for (const { kind, space, caller } of world.memory.errors) {
    const key = `${space}: ${kind} by ${caller}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ key, text: `${count} times` }));
}

function toldText(row: LedgerRow): string {
  const { told, how, rule, afterUs, why } = row;
  return told
    ? `told by ${how} after ${spanText(afterUs)} (${rule})`
    : `${outlookText(row)}: ${why} (${rule})`;
}
