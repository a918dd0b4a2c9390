import type { Opinion } from './opinion.js';
import { type FrameSeen, type IoSeen, type Picture, type SessionSeen, timer } from './picture.js';
import { amount, field, type Seen } from './seen.js';

/**
 * D25: what the model believes of what comes in on an ordered session, by the number of the IO. A message is sent once,
 * so the nth DATA frame of a session carries its nth IO.
 */
export interface InboxSeen {
  /** Of each that came, whether that was before it was given up. */
  readonly came: Map<number, 'in time' | 'late' | 'either'>;
  /** When RMC may have known first that it is missing: a question says it as well, and nobody sees which ACK asks. */
  readonly mayMissUs: Map<number, number>;
  /** When RMC knew at the latest. */
  readonly missUs: Map<number, number>;
  /** More than `gap_tolerance` came behind it. */
  readonly outrun: Set<number>;
  readonly handedUp: Set<number>;
  /** The highest number that was handed up, and that came. */
  handed: number;
  last: number;
  /** How often one came after it was given up. */
  late: number;
  /** When what waits was handed up, because RMC knew of the end. */
  flushedUs: number;
  readonly gapUs: number;
  readonly tolerance: number;
  /** Why no more can be said of it; '' as long as it can. */
  unsure: string;
}

export const freshInbox = (
  timers: ReadonlyMap<string, number>,
  { gapTimeouts, gapTolerance }: Opinion,
): InboxSeen => ({
  ...{ came: new Map(), mayMissUs: new Map(), missUs: new Map(), outrun: new Set(), handedUp: new Set() },
  ...{ handed: 0, last: 0, late: 0, flushedUs: -1, unsure: '' },
  gapUs: gapTimeouts * timer(timers, 'gap_timeout'),
  tolerance: gapTolerance + timer(timers, 'gap_tolerance'),
});

/** The ordered session that a frame is for, if it is there. */
export function receiverOf(picture: Picture, { session: sender, to }: FrameSeen): SessionSeen | undefined {
  if (sender?.ordered !== true) return undefined;
  if (sender.type === 'ACCEPT') {
    const client = sender.partner;
    if (client?.partner !== sender) return undefined;
    return client.state === 'OPEN' || (client.state === 'CLOSING' && client.stateBefore === 'OPEN')
      ? client
      : undefined;
  }
  return [...picture.allSessions]
    .reverse()
    .find(
      (each) =>
        each.partner === sender && each.node.name === to && each.state === 'ESTABLISHED' && each.rmc.alive,
    );
}

/** Takes in a frame that RMC has handled. */
export function arrives(picture: Picture, event: Seen, frame: FrameSeen): void {
  const session = receiverOf(picture, frame);
  if (session === undefined) return;
  const { inbox } = session;
  const { io } = frame;
  if (io === 0) {
    miss(inbox.mayMissUs, inbox, frame.sentSoFar, event);
    return;
  }
  const verdict = inbox.came.get(io) ?? verdictOn(session, io, event.timeUs);
  if (verdict === 'late') inbox.late += 1;
  if (verdict === 'either') inbox.unsure ||= `IO ${io} came when it may have been given up`;
  inbox.came.set(io, verdict);
  inbox.last = Math.max(inbox.last, io);
  miss(inbox.mayMissUs, inbox, io - 1, event);
  miss(inbox.missUs, inbox, io - 1, event);
  outrun(session);
}

function verdictOn(session: SessionSeen, io: number, nowUs: number): 'in time' | 'late' | 'either' {
  if (io < session.inbox.handed || isGivenUp(session, io, nowUs)) return 'late';
  return mayBeGivenUp(session, io, nowUs) ? 'either' : 'in time';
}

function miss(list: Map<number, number>, inbox: InboxSeen, to: number, { timeUs }: Seen): void {
  for (let io = inbox.handed + 1; io <= to; io += 1) {
    if (!inbox.came.has(io) && !list.has(io)) list.set(io, timeUs);
  }
}

/** D25: which holes have more than `gap_tolerance` messages behind them. */
function outrun({ inbox }: SessionSeen): void {
  let behind = 0;
  for (let io = inbox.last; io > inbox.handed; io -= 1) {
    if (inbox.came.get(io) === 'in time') behind += 1;
    else if (behind > inbox.tolerance) inbox.outrun.add(io);
  }
}

/** Whether this IO has surely been given up. */
export function isGivenUp({ inbox, rmc }: SessionSeen, io: number, nowUs: number): boolean {
  if (inbox.outrun.has(io)) return true;
  const since = inbox.missUs.get(io);
  if (since === undefined) return false;
  // What waited for a hung RMC is handled first, then its timers (D21).
  return nowUs > Math.max(since + inbox.gapUs, rmc.freeSinceUs, rmc.busyUntilUs);
}

export function mayBeGivenUp({ inbox }: SessionSeen, io: number, nowUs: number): boolean {
  const since = inbox.mayMissUs.get(io);
  const isOld = since !== undefined && nowUs >= since + inbox.gapUs;
  return isOld || inbox.outrun.has(io);
}

/** Whether RMC lets go of every hole: nothing more can fill one. */
export const isFlushed = ({ state }: { readonly state: string }): boolean =>
  state === 'FAILED' || state === 'CLOSED';

/** What came in time and waits: the lowest number; 0 for nothing. */
export const firstWaiting = (session: SessionSeen): number => {
  const all = waiting(session);
  return all.length === 0 ? 0 : Math.min(...all);
};

/** The IO that is missing before it, and surely not given up; 0 for none. */
export function holeBefore(session: SessionSeen, io: number, nowUs: number): number {
  for (let lower = session.inbox.handed + 1; lower < io; lower += 1) {
    if (!session.inbox.came.has(lower) && !mayBeGivenUp(session, lower, nowUs)) return lower;
  }
  return 0;
}

/** Whether a message can be this IO: the model knows not every text. */
export const isMessageOf = (event: Seen, { text, size }: IoSeen): boolean =>
  (size === undefined || size === amount(event, 'size')) &&
  (text === undefined || text === '' || text === field(event, 'text'));

/** Takes in that a message was handed up. */
export function handUp(session: SessionSeen, event: Seen): void {
  session.received += 1;
  if (!session.ordered) return;
  const { inbox, partner } = session;
  const first = firstWaiting(session);
  if (!isFlushed(session) && holeBefore(session, first, event.timeUs) > 0) inbox.flushedUs = event.timeUs;
  const fits = (each: IoSeen): boolean => inbox.came.has(each.io) && isMessageOf(event, each);
  const found = partner?.ios.find((each) => each.io > inbox.handed && fits(each))?.io;
  inbox.handed = (inbox.unsure === '' ? first : found) ?? inbox.handed;
  inbox.handedUp.add(inbox.handed);
}

/** The last number up to which each has come in time, or was surely given up. */
export function readyTo(session: SessionSeen, nowUs: number): number {
  const { inbox } = session;
  let ready = inbox.handed;
  for (let io = inbox.handed + 1; io <= inbox.last; io += 1) {
    if (inbox.came.get(io) === 'in time') ready = io;
    else if (!isGivenUp(session, io, nowUs)) break;
  }
  return ready;
}

/** Those that came in time and wait. */
export const waiting = ({ inbox }: SessionSeen): number[] =>
  [...inbox.came].filter(([io, verdict]) => io > inbox.handed && verdict === 'in time').map(([io]) => io);

/** D25: how many were given up so far; undefined where that cannot be told from outside. */
export function givenUp(session: SessionSeen, nowUs: number): number | undefined {
  const { inbox, partner, poked, node, process, rmc } = session;
  const isLive = node.power === 'on' && process.alive && rmc.alive && !rmc.hung && !process.hung;
  if (inbox.unsure !== '' || partner === undefined || poked || !isLive) return undefined;
  let count = 0;
  for (let io = 1; io <= partner.dataSent; io += 1) {
    if (inbox.handedUp.has(io)) continue;
    const isWaiting = inbox.came.get(io) === 'in time';
    if (io < inbox.handed || isGivenUp(session, io, nowUs)) count += 1;
    else if (isWaiting ? isFlushed(session) : mayBeGivenUp(session, io, nowUs)) return undefined;
    else if (isFlushed(session) && inbox.missUs.has(io)) count += 1;
    else if (isFlushed(session) && inbox.mayMissUs.has(io)) return undefined;
  }
  return count;
}
