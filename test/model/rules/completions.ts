import type { Look, Rule } from '../judge.js';
import { ipcOf, type SessionSeen, sessionOf, timer } from '../picture.js';
import { amount, field, type Seen } from '../seen.js';
import { settled } from './ordered.js';

type Told = (look: Look, session: SessionSeen) => string | undefined;

const about =
  (told: Told) =>
  (look: Look): string | undefined => {
    const session = sessionOf(look.picture, look.event);
    return session === undefined
      ? `no ${look.event.event} of a session that is not there`
      : told(look, session);
  };

const openDone: Told = ({ event }, session) => {
  if (session.type !== 'OPEN') return 'open_done is of OPEN sessions';
  if (session.openDone !== '') return `no second open_done of ${session.name}`;
  if (session.openMay.length === 0) return `no open_done: ${session.name} is ${session.state}`;
  const status = field(event, 'status');
  return session.openMay.includes(status) ? undefined : `open_done ${session.openMay.join(' or ')}`;
};

const closeDone: Told = ({ event }, session) => {
  if (session.closeDone !== '') return `no second close_done of ${session.name}`;
  if (session.closeMay.length === 0) return `no close_done: ${session.name} is ${session.state}`;
  if (session.iosDone < session.ios.length) return `io_done of IO ${session.iosDone + 1} first (D14)`;
  if (session.type === 'OPEN' && session.openDone === '') return 'open_done first';
  const status = field(event, 'status');
  return session.closeMay.includes(status) ? undefined : `close_done ${session.closeMay.join(' or ')}`;
};

const ioDone: Told = (look, session) => {
  const { event, opinion } = look;
  const io = amount(event, 'io');
  const next = session.ios[session.iosDone];
  if (next === undefined) return `no io_done: ${session.name} has no IO pending`;
  if (io !== next.io) return `io_done of IO ${next.io}: they end in issue order (D17)`;
  if (session.abortSessions > 0) return 'every IO completes before abort_session (D17)';
  if (session.closeDone !== '' || session.closeSessions.length > 0) return 'every IO completes first (D14)';
  const status = field(event, 'status');
  if (status === 'RMC_OK') {
    return session.ordered ? settled(session, io, status, event.timeUs) : acknowledged(session, io);
  }
  if (
    session.ordered &&
    status === opinion.missingIo &&
    settled(session, io, status, event.timeUs) === undefined
  ) {
    return undefined;
  }
  if (session.state !== 'FAILED' && session.state !== 'CLOSED') {
    return `io_done RMC_OK: ${session.name} is ${session.state}`;
  }
  const dueUs = next.atUs + opinion.ioTimeouts * timer(session.timers, 'io_timeout');
  const before = session.ios[session.iosDone - 1];
  const isFirst = before?.status !== opinion.ioTimedOut || session.ordered;
  const mayTimeOut = isFirst && session.stateUs >= dueUs;
  if (status === opinion.ioTimedOut) return mayTimeOut ? undefined : `io_done ${opinion.ioGivenUp}`;
  return status === opinion.ioGivenUp ? undefined : `io_done ${opinion.ioGivenUp} or ${opinion.ioTimedOut}`;
};

/** D23: acknowledged means that it is in the other application's hands, or in its mailbox. */
function acknowledged(session: SessionSeen, io: number): string | undefined {
  const { partner } = session;
  if (partner === undefined || partner.node.kind === 'eee' || partner.received >= io) return undefined;
  return `no io_done RMC_OK: ${partner.name} has ${partner.received} messages`;
}

/** D23: an IO ends within io_timeout. */
function sent({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  const io = session.ios.length;
  const ipc = (): number => ipcOf(session.node);
  owe({
    rule: 'D23',
    what: `io_done of IO ${io} of ${session.name}`,
    dueUs: () => event.timeUs + timer(session.timers, 'io_timeout') + ipc(),
    slackUs: ipc,
    processes: [session.process, session.rmc],
    isMet: () => session.iosDone >= io,
    isVoid: () => session.iosDone >= io || !session.process.alive,
  });
}

/** D2, D14: an open and a close end in time, whatever the other side does. */
function opened({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  const ipc = (): number => ipcOf(session.node);
  const limit = timer(session.timers, 'open_timeout');
  owe({
    rule: 'D2',
    what: `open_done of ${session.name}`,
    dueUs: () => event.timeUs + limit + 2 * ipc(),
    slackUs: () => limit + 2 * ipc(),
    processes: [session.process, session.rmc],
    isMet: (seen: Seen) => seen.event === 'open_done' && field(seen, 'session') === session.name,
    isVoid: () => session.openDone !== '' || !session.process.alive,
  });
}

function closing({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  const ipc = (): number => ipcOf(session.node);
  const isIdle = session.iosDone >= session.ios.length;
  const limit = timer(session.timers, 'close_timeout') + (isIdle ? 0 : timer(session.timers, 'io_timeout'));
  const isMet = (seen: Seen): boolean =>
    seen.event === 'close_done' && field(seen, 'session') === session.name;
  owe({
    ...{
      rule: 'D14',
      what: `close_done of ${session.name}`,
      dueUs: () => event.timeUs + limit + 3 * ipc(),
      slackUs: () => limit + 3 * ipc(),
      isMet,
    },
    processes: [session.process, session.rmc],
    isVoid: () => session.closeDone !== '' || !session.process.alive,
  });
}

/** D26: when there is room again, who was told RMC_EAGAIN hears of it; at the latest when nothing is pending. */
function roomAgain({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session === undefined || !session.saysWritable || session.iosDone < session.ios.length) return;
  const ipc = (): number => ipcOf(session.node);
  owe({
    rule: 'D26',
    what: `writable of ${session.name}`,
    dueUs: () => event.timeUs + ipc(),
    slackUs: ipc,
    processes: [session.process],
    isMet: () => !session.saysWritable,
    isVoid: () => !session.process.alive || !['OPEN', 'ESTABLISHED'].includes(session.state),
  });
}

const writable: Told = (_look, session) =>
  session.saysWritable ? undefined : `no writable: ${session.name} said no RMC_EAGAIN`;

export const completionRules: readonly Rule[] = [
  { rule: 'D2', of: ['open_done'], allow: about(openDone) },
  { rule: 'D14', of: ['close_done'], allow: about(closeDone) },
  { rule: 'D17', of: ['io_done'], allow: about(ioDone) },
  { rule: 'D26', of: ['writable'], allow: about(writable) },
  { rule: 'D23', of: ['rmc_send'], after: sent },
  { rule: 'D26', of: ['io_done'], after: roomAgain },
  { rule: 'D2', of: ['rmc_open'], after: opened },
  { rule: 'D14', of: ['rmc_close', 'rmc_shutdown'], after: closing },
  {
    rule: 'D26',
    of: ['writable'],
    after: ({ picture, event }) => {
      const session = sessionOf(picture, event);
      if (session !== undefined) session.saysWritable = false;
    },
  },
];
