import type { Loss } from '../../emulator/index.js';
import { spanText } from '../views/text.js';
import type { LedgerView, NodeView, ProcessBox, SessionView, WorldView } from '../views/view.js';

/** One thing that is not the same in two worlds that stand at the same virtual time. */
export interface Difference {
  readonly about: 'command' | 'node' | 'told' | 'session' | 'memory';
  /** The command; `eee0`, `client.1`, `server`. */
  readonly name: string;
  /** `placed by`, `state`; empty where the name says it. */
  readonly field: string;
  readonly one: string;
  readonly other: string;
  /** Of a telling: the application, and what failed, as the ledger has them. */
  readonly told?: { readonly app: string; readonly about: string };
}

/**
 * All that differs: commands that were not taken first, for they are the reason of the rest, then who was told, whose
 * memory it is, and the nodes. `losses`: commands that the other side did not take.
 */
export function differencesOf(one: WorldView, other: WorldView, losses: readonly Loss[]): Difference[] {
  return [
    ...losses.map(lostCommand),
    ...toldDifferences(one.ledger, other.ledger),
    ...sessionDifferences(one, other),
    ...memoryDifferences(one, other),
    ...nodeDifferences(one, other),
  ];
}

/** What became of a command that the other side did not take: the option that counts as NULL, or all of it. */
export const lossText = ({ option, problem }: Loss): string =>
  `${option === undefined ? 'left out' : 'NULL'}: ${problem}`;

/** What was given for the option, or the whole command; and what became of it. */
function lostCommand(loss: Loss): Difference {
  const { text, option } = loss;
  const other = lossText(loss);
  if (option === undefined) return { about: 'command', name: text, field: '', one: 'taken', other };
  const name = text.replace(/ --.*$/, '');
  return { about: 'command', name, field: `--${option.name}`, one: option.value, other };
}

/** Two sides by name, those of the first in its order, then what only the second has. */
function paired<T>(
  one: readonly T[],
  other: readonly T[],
  key: (item: T) => string,
): { readonly name: string; readonly one: T | undefined; readonly other: T | undefined }[] {
  const others = new Map(other.map((item) => [key(item), item]));
  const names = new Set([...one.map(key), ...others.keys()]);
  const ones = new Map(one.map((item) => [key(item), item]));
  return [...names].map((name) => ({ name, one: ones.get(name), other: others.get(name) }));
}

/** What is said of each side, where it is not the same. */
function difference(base: Omit<Difference, 'one' | 'other'>, one: string, other: string): Difference[] {
  return one === other ? [] : [{ ...base, one, other }];
}

function nodeDifferences(one: WorldView, other: WorldView): Difference[] {
  // Both worlds are given the same nodes, by lines that neither refuses.
  return paired(one.nodes, other.nodes, (node) => node.name).flatMap((pair) =>
    difference({ about: 'node', name: pair.name, field: '' }, nodeText(pair.one!), nodeText(pair.other!)),
  );
}

function nodeText({ kindTitle, release, power, boxes }: NodeView): string {
  const processes = boxes.length === 0 ? '' : `: ${boxes.map(boxText).join(', ')}`;
  return `${kindTitle} ${release} ${power}${processes}`;
}

function boxText({ title, role, state }: ProcessBox): string {
  const name = title.replace(/^process /, '');
  const inside = role === 'app+rmc' ? ' with RMC inside' : '';
  return `${name}${inside}${state === 'exited' ? ' (gone)' : state === 'hung' ? ' (hangs)' : ''}`;
}

interface Told {
  readonly key: string;
  readonly told: { readonly app: string; readonly about: string };
  readonly text: string;
}

function toldDifferences(one: readonly LedgerView[], other: readonly LedgerView[]): Difference[] {
  return paired(toldRows(one), toldRows(other), (row) => row.key).flatMap((pair) => {
    const { told } = (pair.one ?? pair.other)!;
    const left = pair.one?.text ?? notConcerned(one, told.about);
    const right = pair.other?.text ?? notConcerned(other, told.about);
    return difference({ about: 'told', name: pair.name, field: '', told }, left, right);
  });
}

/** Why there is no row: the same has not failed there, or the application has no session that it could end. */
const notConcerned = (ledger: readonly LedgerView[], failed: string): string =>
  ledger.some(({ about }) => about === failed) ? 'had no session with it' : 'nothing failed here';

function toldRows(ledger: readonly LedgerView[]): Told[] {
  const seen = new Map<string, number>();
  return ledger.flatMap(({ about, rows }) =>
    rows.map((row): Told => {
      const text = row.told
        ? `by ${row.how} after ${spanText(row.afterUs)} (${row.rule})`
        : `not told: ${row.why}`;
      // What fails twice has a row each time.
      const base = `${row.app}: that ${about} failed`;
      const nth = (seen.get(base) ?? 0) + 1;
      seen.set(base, nth);
      return { key: nth === 1 ? base : `${base} (${nth})`, told: { app: row.app, about }, text };
    }),
  );
}

const sessionFields: readonly {
  readonly field: string;
  readonly text: (session: SessionView) => string;
}[] = [
  { field: 'state', text: ({ lost, state }) => (lost ? 'lost with its process' : state) },
  { field: 'placed by', text: ({ placedBy }) => placedBy },
  { field: 'freed by', text: ({ whoFrees }) => whoFrees },
  { field: 'its block is', text: ({ block }) => block },
];

function sessionDifferences(one: WorldView, other: WorldView): Difference[] {
  return paired(one.sessions, other.sessions, (session) => session.name).flatMap((pair) => {
    const { name } = pair;
    if (pair.one === undefined || pair.other === undefined) {
      const text = (session: SessionView | undefined): string =>
        session === undefined ? 'not there' : `${session.type} ${session.state}`;
      return [{ about: 'session', name, field: '', one: text(pair.one), other: text(pair.other) } as const];
    }
    const [left, right] = [pair.one, pair.other];
    return sessionFields.flatMap(({ field, text }) =>
      difference({ about: 'session', name, field }, text(left), text(right)),
    );
  });
}

/** Live blocks: of each application, and of RMC on each node, be it one process or one in each application. */
function memoryDifferences(one: WorldView, other: WorldView): Difference[] {
  const rows = paired(liveBlocks(one), liveBlocks(other), ([owner]) => owner);
  return rows.flatMap(({ name, one: left, other: right }) =>
    difference({ about: 'memory', name, field: 'live' }, blocksText(left), blocksText(right)),
  );
}

function liveBlocks({ nodes }: WorldView): (readonly [string, number])[] {
  const blocks = new Map<string, number>();
  for (const { name, memory } of nodes) {
    for (const { owner, kind, liveBlocks: live } of memory) {
      const key = kind === 'rmc' ? `RMC on ${name}` : owner;
      blocks.set(key, (blocks.get(key) ?? 0) + live);
    }
  }
  return [...blocks];
}

const blocksText = ([, count]: readonly [string, number] = ['', 0]): string =>
  count === 1 ? '1 block' : `${count} blocks`;
