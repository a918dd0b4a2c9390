import { type About, addressText, clockText, type World } from '../../emulator/index.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { BlockRole, OwnershipRow } from '../ownership/rows.js';
import { ownership } from '../ownership/table.js';
import { dutyText, holdings } from '../ownership/words.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { rulesOn } from '../rules/rules.js';
import { blockDetail } from './blockDetail.js';
import { sessionView } from './sessionView.js';
import { toldOf } from './toldOf.js';
import type { SessionView } from './view.js';

/** What `help` says of a session, an application, a node, or the block at an address of their memory. */
export function aboutThing(world: World, name: string, address: number | undefined): About | undefined {
  const fabric = fabricOf(world);
  if (address !== undefined) return aboutBlock(world, name, address);
  const record = fabric.sessionNamed(name);
  if (record !== undefined) return aboutSession(fabric, record);
  const app = fabric.findApp(name);
  if (app !== undefined) return aboutApp(fabric, app);
  return fabric.nodes.has(name) ? aboutNode(fabric, name) : undefined;
}

const FACT_WIDTH = 19;

/** A line of an answer: what is told, and it. */
const fact = (name: string, text: string): string => `  ${name.padEnd(FACT_WIDTH)}  ${text}`;

function aboutSession(fabric: Fabric, record: SessionRecord): About {
  const view = sessionView(fabric, record);
  const { kind, state } = fabric.node(record.node);
  const told = toldOf(fabric.world, record.name);
  const [made, ended] = stepsOf(view, kind.rmcIsProcess);
  const lost = record.lost ? '; lost: its own side is gone, and nobody closed it' : '';
  return {
    lines: [
      `${record.name}: ${record.type} session of ${view.app} on ${state.name}, an ${kind.title} of ${state.release}`,
      fact('state', `${record.state}${lost}`),
      view.type === 'LISTEN'
        ? fact('port', view.peer)
        : fact('peer', `${view.peer}; messages are ${view.delivery}, ${view.delivered} handed up so far`),
      fact('its block', blockText(view)),
      ...(view.block === 'live' ? [fact('who frees it', view.whoFrees)] : []),
      fact(`since ${made.step}`, `held by ${holdings[made.after].text} (${made.rules.join(' ')})`),
      fact(
        `after ${ended.step}`,
        `${dutyText(ended.duty, `app ${view.app}`, '')} (${ended.rules.join(' ')})`,
      ),
      ...told.map(({ text }) => `  ${text}`),
    ],
    topics: [
      ...told.flatMap(({ rule }) => rule.split(' ')),
      ...[made, ended].flatMap((row) => ownRules(row, kind.title)),
    ],
  };
}

const blockText = ({ owner, address, node, block, placedBy }: SessionView): string =>
  `${owner} ${addressText(address)} on ${node}, ${block}, placed by ${placedBy}`;

const roles: Readonly<Record<SessionView['owner'], BlockRole>> = {
  A: 'OPEN',
  N: 'ACCEPT, placed',
  R: 'ACCEPT, RMC’s',
};

/** From the table of ownership: the step that makes such a session, and the one after which its block can be freed. */
function stepsOf({ type, owner }: SessionView, rmcIsProcess: boolean): readonly [OwnershipRow, OwnershipRow] {
  const role = type === 'LISTEN' ? 'LISTEN' : roles[owner];
  const place = rmcIsProcess ? 'process' : 'library';
  const rows = ownership
    .flatMap((part) => part.rows)
    .filter((row) => row.role === role && (row.only === undefined || row.only === place));
  const isTaken = (row: OwnershipRow): boolean => row.after === 'held' || row.after === 'rmc';
  const made = rows.find((row) => /^(rmc_open|rmc_listen|new_session)/.test(row.step) && isTaken(row));
  const ended = rows.find((row) => /^close_(done|session)/.test(row.step) && !isTaken(row));
  return [made!, ended!];
}

/** The rules of a step, without those on another kind of node. */
function ownRules({ rules }: OwnershipRow, kindTitle: string): readonly string[] {
  const own = rulesOn(`On an ${kindTitle}`);
  const others = rulesOn('On an').filter((rule) => !own.includes(rule));
  return rules.filter((rule) => !others.includes(rule));
}

function aboutApp(fabric: Fabric, app: AppRecord): About {
  const { kind, state } = fabric.node(app.node);
  const sessions = [...fabric.sessions.values()]
    .filter((record) => record.app === app.index && !record.over)
    .map((record) => sessionView(fabric, record));
  return {
    lines: [
      `${app.name}: an application on ${state.name}, an ${kind.title} of ${state.release}`,
      fact('process', app.process === 0 ? 'not started yet' : fabric.world.processes.get(app.process).state),
      fact('RMC', kind.rmcIsProcess ? 'a process of its own beside it' : 'a library inside its process'),
      ...sessions.map((view) => fact(view.name, `${view.type} ${view.state}; block ${blockText(view)}`)),
    ],
    topics: ['D19', 'D20', 'D21'],
  };
}

function aboutNode(fabric: Fabric, name: string): About {
  const node = fabric.nodeNamed(name);
  const { kind, state } = node;
  const { power, sinceUs } = fabric.world.nodes.get(state.index);
  return {
    lines: [
      `${name}: an ${kind.title} of ${state.release}, ${kind.help}`,
      fact('power', `${power} since ${clockText(sinceUs)} s`),
      ...node.boxes().map((box) => fact(box.title, `${box.state}: ${box.lines.join('; ')}`)),
    ],
    topics: [
      'D19',
      ...rulesOn(`On an ${kind.title}`),
      ...rulesOn(`In ${state.release}`),
      ...rulesOn(state.release),
      'D20',
    ],
  };
}

/** The block at an address: whose it is, and what the sessions in it say. */
function aboutBlock(world: World, name: string, address: number): About | undefined {
  const block = blockDetail(world, name, address);
  if (block === undefined) return undefined;
  const { letter, owner, size, live, space, whoFrees, history, sessions } = block;
  const fabric = fabricOf(world);
  const inside = sessions.map((session) => aboutSession(fabric, fabric.sessionNamed(session)!));
  return {
    lines: [
      `${addressText(block.address)} of ${space}: ${size} bytes, ${live ? 'live' : 'freed'}`,
      fact('owner', `${letter} ${owner}`),
      ...(live ? [fact('who frees it', whoFrees)] : []),
      ...history.map((line) => `  ${line}`),
      ...inside.flatMap(({ lines }) => lines),
    ],
    topics: [...inside.flatMap(({ topics }) => topics), 'D27', 'D28'],
  };
}
