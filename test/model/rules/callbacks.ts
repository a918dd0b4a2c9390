import { requestOf } from '../applySessions.js';
import type { Look, Rule } from '../judge.js';
import { bothNew, type SessionSeen, sessionOf } from '../picture.js';
import { amount, field } from '../seen.js';
import { handled, isAbort, lostRmc, timedOutIo } from './states.js';

function abortSession(look: Look): string | undefined {
  const { picture, event, opinion } = look;
  const session = sessionOf(picture, event);
  if (session?.type !== 'OPEN') return 'abort_session is of OPEN sessions (S19)';
  if (!session.behaviours.get('abort_session')?.does)
    return `none: ${session.name} has no abort_session (S21)`;
  if (session.node.release !== 'R1.1') return 'none: R1.0.x has no abort_session (S19)';
  if (session.abortSessions >= opinion.abortSessions) return `no more of it: once for ${session.name} (D17)`;
  if (session.openDone !== 'RMC_OK') return `none: ${session.name} was not open`;
  if (session.closeDone !== '') return `none: ${session.name} is closed`;
  if (session.iosDone < session.ios.length) return `io_done of IO ${session.iosDone + 1} first (D17)`;
  const wasFailed = session.state === 'FAILED' || session.stateBefore === 'FAILED';
  if (!wasFailed) return `none: ${session.name} is ${session.state} (D14)`;
  return reasonOf(session, look);
}

function reasonOf(session: SessionSeen, look: Look): string | undefined {
  const { picture, event } = look;
  const reason = field(event, 'reason');
  const state = picture.events[session.failedEvent - 1];
  const frame = state && isAbort(picture.events[state.cause - 1], state) ? state : undefined;
  // What its RMC had said before it died waits in the mailbox of an application that hangs (D21).
  const failedUs = state?.timeUs ?? event.timeUs;
  const isOwn = lostRmc(session) && session.rmc.endedUs <= failedUs;
  const isPeer = bothNew(picture, session) && !(lostRmc(session) && session.rmc.endedUs < failedUs);
  const reasons: Readonly<Record<string, boolean>> = {
    rmc: isOwn,
    corrupted: session.corrupted || session.poked,
    io: session.ios.some(({ status, missing }) => status === look.opinion.ioTimedOut && !missing),
    abort: frame !== undefined,
    silence: frame === undefined && isPeer,
    incarnation: frame === undefined && isPeer,
  };
  if (reasons[reason]) return undefined;
  const possible = Object.entries(reasons).filter(([, may]) => may);
  return `abort_session reason=${possible.map(([name]) => name).join(' or ')}`;
}

function closeSession({ picture, event, opinion }: Look): string | undefined {
  const session = sessionOf(picture, event);
  if (session?.type !== 'ACCEPT') return 'close_session is of ACCEPT sessions (S8)';
  if (!session.behaviours.get('close_session')?.does)
    return `none: ${session.listen?.name} gave no close_session`;
  if (session.closeSessions.length >= opinion.closeSessions) return `no more of it for ${session.name} (D7)`;
  if (session.state !== 'CLOSED') return `none: ${session.name} is ${session.state}`;
  if (session.iosDone < session.ios.length) return `io_done of IO ${session.iosDone + 1} first (D14)`;
  const free = field(event, 'rmc_free_session');
  if (session.poked) return undefined;
  if (!session.placed) return is(free, opinion.ownBlockEnds, 'the block is RMC’s own (S12, S13, S16)');
  const state = picture.events[session.stateEvent - 1];
  const request = state === undefined ? undefined : handled(picture, state, 'OPEN_REQ');
  if (request === undefined || timedOutIo(session, session.stateUs)) {
    return is(free, opinion.placedEnds, 'the application placed the block, and nobody wants it again (D9)');
  }
  const isOther = field(request, 'from') !== session.peer;
  if (isOther) return is(free, opinion.placedEnds, 'it is another’s open request (D9)');
  return free === opinion.reuseEnds || free === opinion.placedEnds ? undefined : 'TRUE or FALSE';
}

const is = (found: string, expected: string, why: string): string | undefined =>
  found === expected ? undefined : `close_session rmc_free_session=${expected}: ${why}`;

/** D8: after FALSE on a block that the application placed, the new session is made in it. */
function kept({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined || !session.placed || field(event, 'rmc_free_session') !== 'FALSE') return;
  if (session.poked) return;
  owe({
    rule: 'D8',
    what: `a new session in the block of ${session.name}`,
    dueUs: event.timeUs,
    processes: [session.process],
    isMet: () => session.successor !== undefined,
    isVoid: () => session.successor !== undefined || !session.process.alive || session.poked,
  });
}

/** S7, D5, D6: what new_session may return, from what the application was told to do. */
function newSession({ picture, event }: Look): string | undefined {
  const listen = sessionOf(picture, event);
  if (listen?.type !== 'LISTEN') return 'new_session is of LISTEN sessions (S7)';
  const does = listen.behaviours.get('new_session')?.does ?? '';
  if (listen.node.kind === 'eee') return 'none: on an EEE RMC manages the blocks (S13)';
  if (does === '') return `none: ${listen.name} gave no new_session`;
  const request = requestOf(picture, event);
  if (request === undefined) return 'new_session answers an OPEN_REQ (S7)';
  const again = picture.allSessions.some(
    (session) => session.type === 'ACCEPT' && session.partner === picture.frames.get(request.cause)?.session,
  );
  if (again && picture.frames.get(request.cause)?.session !== undefined) {
    return `none: this client has its session under ${listen.name} (D7)`;
  }
  const address = amount(event, 'address');
  if (does === 'refuse') return address === 0 ? undefined : 'NULL';
  const last = picture.events.at(-1);
  const wasOut = last?.event === 'memory_error' && field(last, 'kind') === 'out-of-memory';
  if (address === 0) return does === 'live' || wasOut ? undefined : 'an address';
  if (does !== 'heap' && !does.startsWith('pool')) return undefined;
  const block = picture.block(listen.node, listen.process.app, address);
  return block?.live && block.owner === 'app' ? undefined : 'a block that the application allocated';
}

/** S7, D6: a block that can be used becomes a session; one that cannot is a memory error. */
function placed({ picture, event, owe }: Look): void {
  const address = amount(event, 'address');
  const listen = sessionOf(picture, event);
  if (listen === undefined || address === 0) return;
  const does = listen.behaviours.get('new_session')?.does ?? '';
  const isBad = ['misaligned', 'foreign', 'small', 'live'].includes(does);
  owe({
    rule: isBad ? 'D6' : 'S7',
    what: isBad ? 'memory_error bad-placement' : `session_state ESTABLISHED under ${listen.name}`,
    dueUs: event.timeUs,
    processes: [listen.process],
    isMet: (seen) =>
      isBad
        ? seen.event === 'memory_error' && field(seen, 'kind') === 'bad-placement'
        : seen.event === 'session_state' && field(seen, 'state') === 'ESTABLISHED',
    isVoid: () => !listen.process.alive || listen.process.hung || listen.poked,
  });
}

export const callbackRules: readonly Rule[] = [
  { rule: 'D17', of: ['abort_session'], allow: abortSession },
  { rule: 'D9', of: ['close_session'], allow: closeSession, after: kept },
  { rule: 'S7', trusts: 'memory', of: ['new_session'], allow: newSession, after: placed },
];
