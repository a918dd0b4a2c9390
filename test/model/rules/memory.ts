import { readCommand } from '../commandText.js';
import type { Look, Rule } from '../judge.js';
import {
  type BlockSeen,
  ipcOf,
  type Picture,
  type ProcessSeen,
  type SessionSeen,
  sessionOf,
} from '../picture.js';
import { amount, field, type Seen } from '../seen.js';

const blockOf = (picture: Picture, event: Seen): BlockSeen | undefined => {
  const node = picture.node(field(event, 'node'));
  return node && picture.block(node, field(event, 'app'), amount(event, 'address'));
};

/** Whether RMC holds a reference to what stands at this address (D3). */
export function holder(picture: Picture, block: BlockSeen): SessionSeen | undefined {
  return picture.allSessions.find(
    (session) =>
      session.address === block.address &&
      session.madeBy > block.madeBy &&
      session.node === block.node &&
      (session.node.kind === 'eee' || session.process === block.process) &&
      session.process.alive &&
      (session.type !== 'ACCEPT' || session.placed) &&
      session.successor === undefined &&
      !session.letGo,
  );
}

function alloc({ picture, event }: Look): string | undefined {
  const node = picture.node(field(event, 'node'));
  const app = field(event, 'app');
  const from = amount(event, 'address');
  const to = from + amount(event, 'size');
  if (node === undefined || from === 0) return 'a block has an address';
  if (from % 8 !== 0) return 'a block stands at a multiple of 8 (D27)';
  const space = `${picture.spaceOf(node, app)}:`;
  for (const [key, block] of picture.blocks) {
    if (!block.live || !key.startsWith(space)) continue;
    if (from < block.address + block.size && block.address < to) {
      return `memory that is free: @${block.madeBy} stands at 0x${block.address.toString(16)} (D28)`;
    }
  }
  const isSession = field(event, 'owner') === 'rmc';
  if (isSession && amount(event, 'size') !== 128) return 'a session takes 128 bytes (D27)';
  const process = picture.process(app === '' ? `${node.name}.rmc` : app);
  if (!process?.alive) return `no block for ${app || 'RMC'}, which is not running`;
  // An own block is there before the client is told that it has a session.
  const isAnswered =
    isSession &&
    picture.events
      .slice(event.cause)
      .some((sent) => sent.cause === event.cause && field(sent, 'frame') === 'OPEN_ACK');
  if (isAnswered) return 'the block before the OPEN_ACK (S4, S13)';
  return field(event, 'owner') === 'app' && app === ''
    ? 'an application’s block has an application'
    : undefined;
}

function free({ picture, event }: Look): string | undefined {
  const block = blockOf(picture, event);
  if (block === undefined) return 'only a block is freed: memory_error invalid-free (D28)';
  if (!block.live) return 'only a live block is freed: memory_error double-free (D28)';
  if (block.owner !== field(event, 'owner')) return `the block is the ${block.owner}’s`;
  if (block.owner === 'rmc') return ownFree(picture, block);
  const held = holder(picture, block);
  return held === undefined
    ? undefined
    : `memory_error free-in-use: RMC holds the block of ${held.name} (D3)`;
}

/** D19, D28: RMC frees its own blocks when their session is over, and close_session has returned. */
function ownFree(picture: Picture, block: BlockSeen): string | undefined {
  const session = picture.allSessions
    .filter((each) => each.type === 'ACCEPT' && each.address === block.address && each.madeBy > block.madeBy)
    .filter(
      (each) => each.node === block.node && (each.node.kind === 'eee' || each.process === block.process),
    )
    .at(-1);
  if (session === undefined || !session.process.alive) return undefined;
  if (session.state !== 'CLOSED') return `RMC keeps its block: ${session.name} is ${session.state}`;
  const hasHandler = session.behaviours.get('close_session')?.does;
  if (hasHandler && session.closeSessions.length === 0) return 'close_session first (D19)';
  return undefined;
}

function inUse(picture: Picture, block: BlockSeen | undefined): string | undefined {
  if (block === undefined || !block.live) return 'double-free or invalid-free comes first (D28)';
  if (block.owner === 'rmc') return 'invalid-free: the block is RMC’s (D28)';
  return holder(picture, block) === undefined ? 'free: RMC holds no reference (D3)' : undefined;
}

/** The errors of a wrong free, in the order of D28. */
function memoryError(look: Look): string | undefined {
  const { picture, event } = look;
  const kind = field(event, 'kind');
  const block = blockOf(picture, event);
  if (kind === 'free-in-use') return inUse(picture, block);
  if (kind === 'double-free')
    return block !== undefined && !block.live ? undefined : 'free: the block is live';
  if (kind === 'invalid-free') {
    const isIts = block?.owner === 'app' && block.app === field(event, 'app');
    return block?.live && isIts ? 'free: the block is the application’s' : undefined;
  }
  if (kind === 'leak') return leak(picture, event);
  if (kind === 'never-closed') return neverClosed(look);
  if (kind === 'bad-placement') {
    return picture.events[event.cause - 1]?.event === 'new_session' ? undefined : 'after new_session (D6)';
  }
  if (kind === 'out-of-memory')
    return mayBeOut(picture, field(event, 'app')) ? undefined : 'memory: there is enough';
  if (kind === 'corrupted') return poked(picture) ? undefined : 'nobody has written over it';
  return undefined;
}

/** An allocation was made to fail, or a pool has no more blocks. */
const mayBeOut = (picture: Picture, app: string): boolean =>
  picture.injections.some(({ kind }) => kind === 'alloc-failure') ||
  picture.events.some(
    (event) => event.event === 'command' && / --(heap|memory) /.test(field(event, 'text')),
  ) ||
  picture.allSessions.some(
    ({ process, behaviours }) =>
      process.app === app && behaviours.get('new_session')?.does.startsWith('pool') === true,
  );

const poked = (picture: Picture): boolean =>
  picture.events.some((event) => event.event === 'command' && /^poke /.test(field(event, 'text')));

function leak(picture: Picture, event: Seen): string | undefined {
  const session = sessionOf(picture, event);
  const block = blockOf(picture, event);
  if (session !== undefined && hasSaid(picture, 'leak', session)) return 'no second leak of it';
  if (block === undefined || !block.live) return 'no leak: the block is freed';
  if (session === undefined || !session.letGo) return 'no leak: RMC still holds the block (D28)';
  return block.owner === 'app' ? undefined : 'no leak: the block is RMC’s';
}

function neverClosed({ picture, event, opinion }: Look): string | undefined {
  if (!opinion.saysNeverClosed) return 'nothing: the drill ended';
  const session = sessionOf(picture, event);
  if (session?.type !== 'OPEN' || session.state !== 'FAILED')
    return 'never-closed is of a FAILED OPEN session (D28)';
  if (hasSaid(picture, 'never-closed', session)) return 'no second never-closed of it';
  return session.closeCalledUs < 0 ? undefined : 'the application closed it';
}

/** S5, S9: what a drill's application frees by itself, it frees at once. */
function closed({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  const does = session.behaviours.get('close_session')?.does;
  const isRight = does === 'free-if-true' && field(event, 'rmc_free_session') === 'TRUE';
  const isThenFree = event.event === 'close_done' && session.thenFree;
  if (!isThenFree && !(event.event === 'close_session' && (isRight || does === 'always-free'))) return;
  freed(session, event, owe);
}

function freed(session: SessionSeen, event: Seen, owe: Look['owe']): void {
  owe({
    rule: 'S9',
    what: `free of the block of ${session.name}, or the memory_error that it is`,
    dueUs: event.timeUs,
    processes: [session.process],
    isMet: (seen) =>
      (seen.event === 'free' || seen.event === 'memory_error') &&
      seen.cause === event.number &&
      amount(seen, 'address') === session.address,
    isVoid: () => !session.process.alive || session.address === 0 || session.poked,
  });
}

/** D19, D28: RMC's own block goes when its session is over and close_session has returned. */
function ownBlock({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session?.type !== 'ACCEPT' || session.placed || session.address === 0) return;
  const isTold = session.behaviours.get('close_session')?.does && session.process.alive;
  if (event.event === 'session_state' ? session.state !== 'CLOSED' || isTold : false) return;
  const ipc = (): number => ipcOf(session.node);
  owe({
    rule: 'D28',
    what: `free of RMC’s block of ${session.name}, or its reuse`,
    dueUs: () => event.timeUs + ipc(),
    slackUs: ipc,
    processes:
      session.node.power === 'on' && session.rmc.alive ? [session.process, session.rmc] : [session.process],
    isMet: (seen) => seen.event === 'free' && amount(seen, 'address') === session.address,
    isVoid: () =>
      session.successor !== undefined || session.node.power !== 'on' || isGone(session) || session.poked,
  });
}

/** With an SSC's process its memory goes; an EEE's RMC frees also for an application that is gone. */
const isGone = ({ node, process, rmc }: SessionSeen): boolean =>
  node.kind === 'ssc' ? !process.alive : !process.alive && !rmc.alive;

function commandFree({ picture, event, owe }: Look): void {
  const { name, words } = readCommand(field(event, 'text'));
  const session = picture.sessions.get(words[0] ?? '');
  if (name === 'free' && session !== undefined) freed(session, event, owe);
}

const hasSaid = (picture: Picture, kind: string, { name, madeBy }: SessionSeen): boolean =>
  picture.events.some(
    (seen) =>
      seen.number > madeBy &&
      seen.event === 'memory_error' &&
      field(seen, 'kind') === kind &&
      field(seen, 'session') === name,
  );

/** D28: a block that is the application's again, and that it never freed. */
function isLeaked(picture: Picture, session: SessionSeen): boolean {
  const { node, process, address, letGo, type, placed, poked, madeBy } = session;
  if (!letGo || poked || address === 0 || (type === 'ACCEPT' && !placed)) return false;
  const block = picture.block(node, process.app, address);
  if (block === undefined || !block.live || block.madeBy > madeBy || block.process !== process) return false;
  return !picture.allSessions.some((other) => other.madeBy > madeBy && isIn(other, session));
}

const isIn = (other: SessionSeen, { node, process, address }: SessionSeen): boolean =>
  other.node === node && other.process === process && other.address === address;

function leaksOf({ picture }: Look, process: ProcessSeen): string | undefined {
  const leaked = picture.allSessions.find(
    (session) =>
      session.process === process && isLeaked(picture, session) && !hasSaid(picture, 'leak', session),
  );
  return leaked === undefined ? undefined : `memory_error leak: the block of ${leaked.name} (D28)`;
}

/** D28: what a process leaves behind when it exits regularly. A crash takes its memory with it. */
function leftBehind(look: Look): string | undefined {
  const process = look.picture.process(field(look.event, 'process'));
  const isRegular = field(look.event, 'reason') === 'stop' || look.opinion.crashLeaks;
  return process === undefined || !isRegular ? undefined : leaksOf(look, process);
}

/** D28: what the living have not given back, or not closed, when the drill ends. */
function atEnd(look: Look): string | undefined {
  const { picture } = look;
  for (const process of picture.processes.values()) {
    const leak = process.alive ? leaksOf(look, process) : undefined;
    if (leak !== undefined) return leak;
  }
  const open = picture.allSessions.find(
    (session) =>
      session.type === 'OPEN' &&
      session.state === 'FAILED' &&
      session.closeCalledUs < 0 &&
      session.process.alive &&
      !session.poked &&
      !hasSaid(picture, 'never-closed', session),
  );
  return open === undefined ? undefined : `memory_error never-closed: ${open.name} failed (D28)`;
}

export const memoryRules: readonly Rule[] = [
  { rule: 'D28', trusts: 'memory', of: ['alloc'], allow: alloc },
  { rule: 'D28', trusts: 'memory', of: ['free'], allow: free },
  { rule: 'D28', trusts: 'memory', of: ['memory_error'], allow: memoryError },
  { rule: 'S9', trusts: 'memory', of: ['close_session', 'close_done'], after: closed },
  { rule: 'D28', trusts: 'memory', of: ['session_state', 'close_session'], after: ownBlock },
  { rule: 'D28', trusts: 'memory', of: ['command'], after: commandFree },
  { rule: 'D28', of: ['process_exit'], allow: leftBehind, end: atEnd },
];
