import { type StateTable, stateTables } from '../../rmc-core/index.js';
import { code, markdownTable, page } from './markdown.js';

type TypeTable = (typeof stateTables)[number];

const about: Readonly<Record<TypeTable['type'], { readonly made: string; readonly text: string }>> = {
  OPEN: { made: 'rmc_open', text: 'Made and closed by a client (S2, S5).' },
  LISTEN: { made: 'rmc_listen', text: 'Made and shut down by a server (S3, S5).' },
  ACCEPT: { made: 'OPEN_REQ of a client', text: 'Made and ended by RMC, under a LISTEN session (S4).' },
};

/** Events on one arrow of a diagram, a line each so many. */
const EVENTS_A_LINE = 3;

/** docs/states.md */
export function statesPage(): string {
  return page(
    '# The states of a session',
    '',
    'From the three tables that the code itself is driven by, in `rmc-core/tables/`: state × event → next state and',
    'actions (D13). Events are calls (`rmc_close`), frames (`OPEN_ACK`), timers (`open_timeout`), and what happens to the',
    'peer, the owner or the block (`peer_silent`, `owner_gone`, `corrupted`).',
    '',
    'The diagrams show what changes the state; the tables have every entry. What has no entry does nothing: a frame is',
    'dropped, a call returns `RMC_EINVAL`. Actions run in the order in which they stand.',
    ...stateTables.flatMap(typeSection),
  );
}

function typeSection({ type, table }: TypeTable): readonly string[] {
  const { made, text } = about[type];
  return [
    '',
    `## ${type}`,
    '',
    text,
    '',
    '```mermaid',
    ...diagram(table, made),
    '```',
    '',
    ...markdownTable(['state', 'event', 'next state', 'returns', 'actions'], tableRows(table)),
  ];
}

/** A state diagram: an arrow from a state to another, with all events that lead there. */
export function diagram(table: StateTable, made: string): readonly string[] {
  const [first] = Object.keys(table);
  const arrows = new Map<string, string[]>();
  for (const { state, event, next } of entriesOf(table)) {
    if (next === undefined) continue;
    const arrow = `${state} --> ${next}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), event]);
  }
  return [
    'stateDiagram-v2',
    `  [*] --> ${first} : ${made}`,
    ...[...arrows].map(([arrow, events]) => `  ${arrow} : ${label(events)}`),
    ...('CLOSED' in table ? ['  CLOSED --> [*]'] : []),
  ];
}

function label(events: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < events.length; at += EVENTS_A_LINE) {
    lines.push(events.slice(at, at + EVENTS_A_LINE).join(', '));
  }
  return lines.join(',<br/>');
}

const entriesOf = (table: StateTable) =>
  Object.entries(table).flatMap(([state, cells]) =>
    Object.entries(cells).map(([event, cell]) => ({ state, event, ...cell })),
  );

const tableRows = (table: StateTable): readonly (readonly string[])[] =>
  entriesOf(table).map(({ state, event, next, returns, actions }) => [
    code(state),
    code(event),
    next === undefined ? '' : code(next),
    returns === undefined ? '' : code(returns),
    actions.join(', '),
  ]);
