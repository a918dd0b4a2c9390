import {
  firstWaiting,
  holeBefore,
  isFlushed,
  isMessageOf,
  mayBeGivenUp,
  readyTo,
  receiverOf,
  waiting,
} from '../inbox.js';
import type { Look, Rule } from '../judge.js';
import { type IoSeen, ipcOf, type SessionSeen, sessionOf, timer } from '../picture.js';
import { field } from '../seen.js';
import { backUs, lostRmc } from './states.js';

/** As many may wait, one `ipc` after the other, behind a full mailbox. */
const MOST_WAITING = 33;

/** D25: in order; only what came in time, and only when each before it is there or was given up. */
export function inOrder(
  { event, opinion, owe }: Look,
  session: SessionSeen,
  partner: SessionSeen,
): string | undefined {
  const { inbox } = session;
  const fits = (io: number): boolean => isMessageOf(event, partner.ios[io - 1] as IoSeen);
  if (inbox.unsure !== '') {
    const isThere = partner.ios.some(({ io }) => io > inbox.handed && inbox.came.has(io) && fits(io));
    return isThere ? undefined : 'a message that came, and was not handed up yet';
  }
  if (isFlushed(session) && !opinion.flushes) return `no message: ${session.name} is over`;
  const io = firstWaiting(session);
  if (io === 0) return `no message: of ${partner.name} nothing waits that came in time (D25)`;
  if (!fits(io)) return `message ${partner.ios[io - 1]?.text ?? ''}, IO ${io} of ${partner.name}`;
  const hole = isFlushed(session) ? 0 : holeBefore(session, io, event.timeUs);
  if (hole === 0) return undefined;
  if (session.node.kind === 'eee' || !opinion.flushes) return waits(hole, partner);
  // What waits is handed up before the state changes: so it changes now.
  owe({
    ...{ rule: 'D25', what: waits(hole, partner), dueUs: event.timeUs },
    isMet: () => isFlushed(session),
  });
  return undefined;
}

const waits = (hole: number, { name }: SessionSeen): string =>
  `no message: IO ${hole} of ${name} is missing, and is not given up yet (D25)`;

/** D25: what came is handed up as soon as nothing before it is missing, and at the latest when that is too old. */
function came({ picture, event, owe, opinion }: Look): void {
  const frame = picture.frameOf(event);
  const session = frame?.io ? receiverOf(picture, frame) : undefined;
  if (frame === undefined || session === undefined || session.inbox.unsure !== '') return;
  const { inbox, process, rmc, node } = session;
  const isLate = inbox.came.get(frame.io) === 'late';
  if (isLate ? opinion.dropsLate : inbox.came.get(frame.io) !== 'in time' || inbox.handed >= frame.io) return;
  const mostUs = (): number => MOST_WAITING * ipcOf(node);
  // A full mailbox takes one when another was taken from it; what is on its way has its place there (D21).
  const roomUs = (): number => (timer(node.timers, 'mailbox') < MOST_WAITING ? mostUs() : 3 * ipcOf(node));
  const handed = (io: number, waitUs: number): void =>
    owe({
      ...{ rule: 'D25', what: `message IO ${io} on ${session.name}`, slackUs: mostUs },
      ...{ dueUs: () => event.timeUs + waitUs + roomUs(), processes: [process, rmc] },
      isMet: () => (isLate ? inbox.handedUp.has(io) : inbox.handed >= io),
      isVoid: () => !process.alive || isFlushed(session) || session.poked || inbox.unsure !== '',
    });
  handed(frame.io, inbox.gapUs);
  const ready = readyTo(session, event.timeUs);
  if (ready > inbox.handed) handed(ready, 0);
}

/** D25: what waits is flushed when the session closes, as far as the mailbox has room. */
function flushed(look: Look): void {
  const { picture, event, owe, opinion } = look;
  const session = sessionOf(picture, event);
  if (session?.ordered !== true || !isFlushed(session) || isFlushed({ state: session.stateBefore })) return;
  const last = Math.max(0, ...waiting(session));
  if (last === 0 || session.inbox.unsure !== '' || session.poked || lostRmc(session) || !opinion.flushes)
    return;
  const { process, node } = session;
  const back = (): number => backUs(look, session);
  const mayBeFull = timer(node.timers, 'mailbox') < MOST_WAITING || process.freeSinceUs > session.madeUs;
  if (node.kind === 'eee' && (mayBeFull || process.hung || process.busyUntilUs > 0)) return;
  owe({
    ...{ rule: 'D25', what: `message IO ${last} on ${session.name}: it is over`, slackUs: back },
    ...{ dueUs: () => event.timeUs + back(), processes: [process] },
    isMet: () => session.inbox.handed >= last,
    isVoid: () => !process.alive || session.poked,
  });
}

/** D25: RMC_OK is said of exactly the messages that are handed up, and the others fail nothing. */
export function settled(session: SessionSeen, io: number, status: string, nowUs: number): string | undefined {
  const { partner } = session;
  if (partner === undefined || partner.inbox.unsure !== '' || partner.poked) return undefined;
  const { inbox } = partner;
  if (status === 'RMC_OK') {
    const mayCome = !inbox.handedUp.has(io) && inbox.came.get(io) === 'in time' && inbox.handed < io;
    const mayWait = mayCome && (partner.node.kind === 'eee' || !partner.process.alive);
    return inbox.handedUp.has(io) || mayWait
      ? undefined
      : `no io_done RMC_OK: ${partner.name} has not IO ${io}`;
  }
  const isGone = !inbox.handedUp.has(io) && inbox.came.get(io) !== 'in time';
  return isGone && (mayBeGivenUp(partner, io, nowUs) || isFlushed(partner) || inbox.handed > io)
    ? undefined
    : `io_done of IO ${io} RMC_OK, or a failure of ${session.name}`;
}

/** D25: no retransmission. */
function once({ picture, event }: Look): string | undefined {
  const session = field(event, 'frame') === 'DATA' ? sessionOf(picture, event) : undefined;
  if (session?.ordered !== true || session.dataSent < session.ios.length || session.poked) return undefined;
  return `no DATA: ${session.name} is ordered, and each of its ${session.ios.length} messages was sent`;
}

export const orderedRules: readonly Rule[] = [
  { rule: 'D25', of: ['frame_sent'], allow: once },
  { rule: 'D25', of: ['frame_delivered'], after: came },
  { rule: 'D25', of: ['session_state'], after: flushed },
];
