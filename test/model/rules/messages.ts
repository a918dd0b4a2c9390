import { isMessageOf } from '../inbox.js';
import type { Look, Rule } from '../judge.js';
import { type IoSeen, ipcOf, type SessionSeen, sessionOf } from '../picture.js';
import { amount, field, type Seen } from '../seen.js';
import { inOrder } from './ordered.js';

/** D24: exactly once and in order, for as long as the session lives. */
function message(look: Look): string | undefined {
  const { picture, event, opinion } = look;
  const session = sessionOf(picture, event);
  if (session === undefined || session.type === 'LISTEN') return 'no message of a session that is not there';
  if (session.closeDone !== '' || session.closeSessions.length > 0)
    return `no message: ${session.name} is over`;
  if (session.type === 'OPEN' && session.openDone !== 'RMC_OK')
    return `no message: ${session.name} was not open`;
  const { partner } = session;
  if (partner === undefined) return 'a message that the other side sent';
  if (session.ordered) return inOrder(look, session, partner);
  const io = partner.ios[Math.floor(session.received / opinion.copies)];
  if (io === undefined) return `no message: ${partner.name} sent ${partner.ios.length}, all are here`;
  return content(event, io, partner);
}

const content = (event: Seen, io: IoSeen, { name }: SessionSeen): string | undefined =>
  isMessageOf(event, io)
    ? undefined
    : `message ${io.text === undefined ? '' : `"${io.text}", `}${io.size ?? '?'} bytes, IO ${io.io} of ${name}`;

/** D23: what was acknowledged is handed up, at once or as soon as the application takes its mail. */
function acknowledged({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  const partner = session?.partner;
  if (partner === undefined || field(event, 'status') !== 'RMC_OK') return;
  const io = amount(event, 'io');
  const ipc = (): number => ipcOf(partner.node);
  owe({
    rule: 'D24',
    what: `message ${io} on ${partner.name}`,
    dueUs: () => event.timeUs + ipc(),
    slackUs: ipc,
    processes: [partner.process],
    isMet: () => isHere(partner, io),
    isVoid: () => isHere(partner, io) || !partner.process.alive,
  });
}

const isHere = ({ ordered, inbox, received }: SessionSeen, io: number): boolean =>
  ordered ? inbox.handed >= io : received >= io;

/** A session whose application answers each message sends one back. */
function echo({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  if (session?.echoes !== true) return;
  owe({
    rule: 'D23',
    what: `rmc_send on ${session.name}: its application answers each message`,
    dueUs: event.timeUs,
    processes: [session.process],
    isMet: (seen) => seen.event === 'rmc_send' && seen.cause === event.number,
    isVoid: () => !session.process.alive || session.closeSessions.length > 0,
  });
}

export const messageRules: readonly Rule[] = [
  { rule: 'D24', of: ['message'], allow: message, after: echo },
  { rule: 'D24', of: ['io_done'], after: acknowledged },
];
