import { peerFailedNow, requestOf } from '../applySessions.js';
import type { Look, Rule } from '../judge.js';
import { bothNew, ipcOf, type Picture, type SessionSeen, sessionOf, timer } from '../picture.js';
import { field, type Seen } from '../seen.js';

/** What a session may become (D13, emulator.md §3). */
const NEXT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  OPEN: {
    '': ['OPENING', 'FAILED', 'CLOSED'],
    OPENING: ['OPEN', 'FAILED', 'CLOSING'],
    OPEN: ['FAILED', 'CLOSING'],
    CLOSING: ['CLOSED'],
    FAILED: ['CLOSED'],
    CLOSED: [],
  },
  LISTEN: {
    '': ['LISTENING', 'FAILED', 'CLOSED'],
    LISTENING: ['FAILED', 'CLOSED'],
    FAILED: ['CLOSED'],
    CLOSED: [],
  },
  ACCEPT: { ESTABLISHED: ['CLOSED'], CLOSED: [] },
};

const slowSince = ({ node, rmc, madeUs }: SessionSeen, nowUs: number): number =>
  node.kind === 'ssc' && (rmc.busyUntilUs >= nowUs || rmc.freeSinceUs === nowUs) ? madeUs : nowUs;

/** A frame of one of these kinds that is handled at this instant and led here. */
export function handled(picture: Picture, event: Seen, ...kinds: readonly string[]): Seen | undefined {
  const session = sessionOf(picture, event);
  // A frame that found an SSC's RMC inside a callback may still be at work when that returns.
  const fromUs = session === undefined ? event.timeUs : slowSince(session, event.timeUs);
  for (const at of picture.chain(event)) {
    if (at.timeUs < fromUs) return undefined;
    if (at.event === 'frame_delivered') return kinds.includes(field(at, 'frame')) ? at : undefined;
  }
  return undefined;
}

export const timedOutIo = (session: SessionSeen, nowUs: number): boolean => {
  const head = session.ios[session.iosDone];
  return head !== undefined && nowUs >= head.atUs + timer(session.timers, 'io_timeout');
};

/** D20: the application's own RMC is gone. */
export const lostRmc = (session: SessionSeen): boolean => session.node.kind === 'eee' && !session.rmc.alive;

/** S17, S20, D15, D17: nothing else makes a session fail. */
function mayFail({ picture, event }: Look, session: SessionSeen): boolean {
  if (lostRmc(session) || session.poked || timedOutIo(session, event.timeUs)) return true;
  if (session.stateBefore === '' && session.state === '') return false;
  if (session.type === 'LISTEN') return false;
  if (session.state === 'OPENING') {
    const isLate = event.timeUs >= session.madeUs + timer(session.timers, 'open_timeout');
    return isLate || handled(picture, event, 'OPEN_NAK') !== undefined || known(picture, event, session);
  }
  return known(picture, event, session);
}

/** D15: RMC knows of a failed peer by ABORT, or has just said peer_failed. */
function known(picture: Picture, event: Seen, session: SessionSeen): boolean {
  // A peer that came back newer may answer ABORT to a session of its older self: rmc.md does not say.
  const cause = picture.events[event.cause - 1];
  if (isAbort(cause, event) && session.node.release === 'R1.1') return true;
  if (!bothNew(picture, session)) return false;
  return handled(picture, event, 'ABORT') !== undefined || peerFailedNow(picture, event, session);
}

function allow(look: Look): string | undefined {
  const { picture, event } = look;
  const state = field(event, 'state');
  if (state === 'ESTABLISHED') return accepting(look);
  const session = sessionOf(picture, event);
  if (session === undefined) return `no state of ${field(event, 'session')}: there is no such session`;
  const next = NEXT[session.type]?.[session.state] ?? [];
  // Closed while RMC hung, and RMC died: nobody said CLOSING.
  const isSkipped =
    state === 'CLOSED' && session.state !== 'CLOSED' && session.closeCalledUs >= 0 && lostRmc(session);
  if (!next.includes(state) && !isSkipped) {
    return `${session.name} is ${session.state}, and becomes ${next.join(' or ') || 'nothing more'}`;
  }
  if (state === 'OPEN' && handled(picture, event, 'OPEN_ACK') === undefined)
    return 'OPEN only with an OPEN_ACK';
  if (state === 'FAILED' && !mayFail(look, session)) {
    return `${session.name} stays ${session.state}: nobody can know of a failure (S17)`;
  }
  const isOwn = session.closeCalledUs >= 0 || !session.process.alive;
  if ((state === 'CLOSING' || state === 'CLOSED') && session.type !== 'ACCEPT' && !isOwn) {
    return `${session.name} stays ${session.state}: nobody closed it`;
  }
  return session.type === 'ACCEPT' ? mayEnd(look, session) : undefined;
}

/** D9, D16, D20, D22: why an ACCEPT session ends. */
function mayEnd({ picture, event }: Look, session: SessionSeen): string | undefined {
  const isShut = session.listen !== undefined && session.listen.closeCalledUs >= 0;
  if (lostRmc(session) || session.poked || !session.process.alive || isShut) return undefined;
  if (session.listen?.poked || session.listen?.state === 'FAILED') return undefined;
  // Closed meanwhile, a session that took over a block is made and closed at once (D8).
  if (session.before !== undefined && session.madeUs === event.timeUs) return undefined;
  const isUnheard =
    bothNew(picture, session) && event.timeUs >= session.askedUs + timer(session.timers, 'open_timeout');
  if (timedOutIo(session, event.timeUs) || isUnheard || known(picture, event, session)) return undefined;
  const frame = handled(picture, event, 'CLOSE_REQ', 'OPEN_REQ');
  return frame === undefined ? `${session.name} stays: its client did not close (D16)` : undefined;
}

function accepting({ picture, event }: Look): string | undefined {
  const name = field(event, 'session');
  const listen = picture.sessions.get(name.slice(0, name.lastIndexOf('/')));
  if (listen?.type !== 'LISTEN') return 'ESTABLISHED is a session under a LISTEN session (S4)';
  const old = picture.sessions.get(name);
  if (old !== undefined && old.listen === listen) return `${name} is there already`;
  const request = requestOf(picture, event);
  // D8: after FALSE the new session is made, also when the application dies meanwhile.
  if (request === undefined) {
    return listen.process.alive ? 'an ACCEPT session answers an OPEN_REQ (S4)' : undefined;
  }
  const client = picture.frames.get(request.cause)?.session;
  const isPicked = listen.port === 0 && client !== undefined && isFree(picture, listen, client.port);
  if (client !== undefined && client.port !== listen.port && !isPicked) {
    return `the client asks for port ${client.port}`;
  }
  if (!listen.behaviours.get('new_session')?.does) return undefined;
  const isPlaced = [...picture.chain(event)].some((at) => at.event === 'new_session');
  const isKept = picture.allSessions.some(
    (other) =>
      other.listen === listen &&
      other.successor === undefined &&
      other.closeSessions.at(-1) === 'FALSE' &&
      other.peer === field(event, 'peer'),
  );
  return isPlaced || isKept ? undefined : 'new_session before a session in a new block (S7)';
}

/** D11: RMC picks a free port for port 0. */
const isFree = (picture: Picture, listen: SessionSeen, port: number): boolean =>
  !picture.allSessions.some(
    (other) =>
      other.type === 'LISTEN' &&
      other !== listen &&
      other.node === listen.node &&
      other.port === port &&
      other.process.alive &&
      other.state === 'LISTENING',
  );

/** What must be told when a session comes into a state. */
function after(look: Look): void {
  const { picture, event } = look;
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  const { state, stateBefore } = session;
  if (session.type === 'OPEN' && stateBefore === 'OPENING') openTold(look, session);
  if (session.type === 'OPEN' && stateBefore === '' && state !== 'OPENING') openTold(look, session);
  if (state === 'CLOSED' && session.type !== 'ACCEPT') closeTold(look, session);
  if (state === 'FAILED' || state === 'CLOSED') iosTold(look, session);
  if (session.type === 'OPEN' && state === 'FAILED' && stateBefore === 'OPEN') abortTold(look, session);
  const isAborted = session.type !== 'LISTEN' && isAbort(picture.events[event.cause - 1], event);
  if (isAborted && (state === 'FAILED' || session.type === 'ACCEPT')) abortKnown(look, session);
  if (session.type === 'ACCEPT' && state === 'CLOSED') endTold(look, session);
}

/** D19: on an EEE news take `ipc`, and what a call does takes `ipc` to get to RMC. */
export function backUs({ picture, event, opinion }: Look, session: SessionSeen): number {
  if (session.node.kind !== 'eee') return 0;
  const ipc = opinion.ipcBack * ipcOf(session.node);
  if (!picture.events[event.cause - 1]?.event.startsWith('rmc_')) return ipc;
  // A LISTEN session is closed when the last close_session under it has returned.
  return session.type === 'LISTEN' ? 4 * ipc : 2 * ipc;
}

/** The application has to be told: an EEE's through its one mailbox, where nothing overtakes (D19). */
function tell(
  look: Look,
  session: SessionSeen,
  rule: string,
  what: string,
  isMet: (seen: Seen) => boolean,
): void {
  const { process, node } = session;
  const back = (): number => backUs(look, session);
  process.mailUntilUs = Math.max(process.mailUntilUs, look.event.timeUs + back());
  const [mailUntilUs, ipc] = [process.mailUntilUs, ipcOf(node)];
  look.owe({
    ...{ rule, what: `${what} of ${session.name}`, isMet, slackUs: back },
    dueUs: () => mailUntilUs + 4 * (ipcOf(node) - ipc),
    // What closes a LISTEN session goes back and forth between its handlers and RMC.
    processes: session.type === 'LISTEN' && session.state === 'CLOSED' ? [process, session.rmc] : [process],
    isVoid: () => !process.alive,
  });
}

function openTold(look: Look, session: SessionSeen): void {
  session.openMay = openMay(look, session);
  tell(look, session, 'D2', `open_done ${session.openMay.join(' or ')}`, (seen) =>
    isOf(seen, 'open_done', session),
  );
}

const isOf = (seen: Seen, kind: string, session: SessionSeen): boolean =>
  seen.event === kind && field(seen, 'session') === session.name;

const FAILURES = ['RMC_ECONNABORTED', 'RMC_ECONNREFUSED', 'RMC_ENOMEM', 'RMC_ETIMEDOUT'];

function openMay(look: Look, session: SessionSeen): readonly string[] {
  const { picture, event, opinion } = look;
  if (session.state === 'OPEN') return ['RMC_OK'];
  if (session.state !== 'FAILED' || lostRmc(session)) return ['RMC_ECONNABORTED'];
  if (session.poked) return FAILURES;
  const refusal = handled(picture, event, 'OPEN_NAK');
  if (refusal !== undefined) return refusalOf(picture, refusal, session);
  const due = session.madeUs + opinion.openTimeouts * timer(session.timers, 'open_timeout');
  return event.timeUs >= due ? ['RMC_ETIMEDOUT'] : ['RMC_ECONNABORTED'];
}

function refusalOf(picture: Picture, refusal: Seen, session: SessionSeen): readonly string[] {
  const why: Seen[] = [];
  for (const at of picture.chain(refusal)) {
    why.push(at);
    if (at.event === 'frame_delivered' && field(at, 'frame') === 'OPEN_REQ') break;
  }
  if (why.some((at) => at.event === 'new_session')) return ['RMC_ENOMEM'];
  const isRequest = (at: Seen): boolean =>
    isOf(at, 'frame_delivered', session) && field(at, 'frame') === 'OPEN_REQ';
  const isFirst = picture.events.filter((at) => at.number > session.madeBy && isRequest(at)).length === 1;
  const wasOut = picture.events.some(
    (at) =>
      field(at, 'kind') === 'out-of-memory' &&
      at.cause !== 0 &&
      why.some(({ number }) => number === at.cause),
  );
  if (wasOut) return ['RMC_ENOMEM'];
  return isFirst ? ['RMC_ECONNREFUSED'] : ['RMC_ECONNREFUSED', 'RMC_ENOMEM'];
}

function closeTold(look: Look, session: SessionSeen): void {
  session.closeMay = closeMay(look, session);
  tell(look, session, 'D14', `close_done ${session.closeMay.join(' or ')}`, (seen) =>
    isOf(seen, 'close_done', session),
  );
}

function closeMay({ picture, event, opinion }: Look, session: SessionSeen): readonly string[] {
  if (session.type === 'LISTEN' || session.stateBefore === 'FAILED') return ['RMC_OK'];
  if (handled(picture, event, 'CLOSE_ACK', 'ABORT') !== undefined) return ['RMC_OK'];
  if (lostRmc(session)) return ['RMC_ECONNABORTED', 'RMC_OK'];
  const asked = picture.events.find(
    (at) =>
      isOf(at, 'frame_sent', session) && field(at, 'frame') === 'CLOSE_REQ' && at.timeUs >= session.madeUs,
  );
  const ipc = ipcOf(session.node);
  const limit = opinion.closeTimeouts * timer(session.timers, 'close_timeout') - ipc;
  // Where RMC hung meanwhile, rmc.md does not say whether the time runs from the call.
  const hung = session.rmc.freeSinceUs > session.closeCalledUs;
  const from = hung ? session.closeCalledUs : asked?.timeUs;
  const isLate = from !== undefined && event.timeUs >= from + limit;
  if (isLate)
    return session.lost || hung || timedOutIo(session, event.timeUs)
      ? ['RMC_ETIMEDOUT', 'RMC_ECONNABORTED']
      : ['RMC_ETIMEDOUT'];
  return ['RMC_ECONNABORTED'];
}

/** D17, D14: every pending IO ends, at once, with its session. */
function iosTold(look: Look, session: SessionSeen): void {
  if (session.iosDone >= session.ios.length) return;
  const all = session.ios.length;
  tell(look, session, 'D17', `io_done of IO ${session.iosDone + 1} to ${all}`, () => session.iosDone >= all);
}

/** S20, D17. */
function abortTold(look: Look, session: SessionSeen): void {
  if (!session.behaviours.get('abort_session')?.does || look.opinion.abortSessions === 0) return;
  if (!bothNew(look.picture, session) && !lostRmc(session)) return;
  const times = session.abortSessions + look.opinion.abortSessions;
  tell(look, session, 'S20', 'abort_session', (seen) => {
    return isOf(seen, 'abort_session', session) && session.abortSessions >= times;
  });
}

/** An ABORT that is handled at this instant. */
export const isAbort = (cause: Seen | undefined, { timeUs }: Seen): boolean =>
  cause?.event === 'frame_delivered' && field(cause, 'frame') === 'ABORT' && cause.timeUs === timeUs;

/** D15: an ABORT that counts is a peer found failed. */
function abortKnown({ event, owe }: Look, session: SessionSeen): void {
  owe({
    rule: 'D15',
    what: `peer_failed abort, of ${session.peer}`,
    dueUs: event.timeUs,
    isMet: (seen) => seen.event === 'peer_failed' && seen.cause === event.cause,
  });
}

/** S8, D7: the application hears of the end of each ACCEPT session, if it has a handler. */
function endTold(look: Look, session: SessionSeen): void {
  if (!session.behaviours.get('close_session')?.does || look.opinion.closeSessions === 0) return;
  tell(look, session, 'D7', 'close_session', (seen) => {
    return isOf(seen, 'close_session', session) && session.closeSessions.length >= look.opinion.closeSessions;
  });
}

export const stateRules: readonly Rule[] = [{ rule: 'D13', of: ['session_state'], allow, after }];
