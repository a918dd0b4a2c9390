import type { Look, Rule } from '../judge.js';
import { sessionOf, timer } from '../picture.js';
import { amount, field } from '../seen.js';

/** D24: exactly once and in order, for as long as the session lives. */
function message({ picture, event, opinion }: Look): string | undefined {
  const session = sessionOf(picture, event);
  if (session === undefined || session.type === 'LISTEN') return 'no message of a session that is not there';
  if (session.closeDone !== '' || session.closeSessions.length > 0)
    return `no message: ${session.name} is over`;
  if (session.type === 'OPEN' && session.openDone !== 'RMC_OK')
    return `no message: ${session.name} was not open`;
  const { partner } = session;
  if (partner === undefined) return 'a message that the other side sent';
  const io = partner.ios[Math.floor(session.received / opinion.copies)];
  if (io === undefined) return `no message: ${partner.name} sent ${partner.ios.length}, all are here`;
  if (io.size !== undefined && io.size !== amount(event, 'size'))
    return `message of ${io.size} bytes, IO ${io.io}`;
  const text = field(event, 'text');
  if (io.text !== undefined && io.text !== '' && text !== io.text) {
    return `message "${io.text}", IO ${io.io} of ${partner.name}`;
  }
  return undefined;
}

/** D23: what was acknowledged is handed up, at once or as soon as the application takes its mail. */
function acknowledged({ picture, event, owe }: Look): void {
  const session = sessionOf(picture, event);
  const partner = session?.partner;
  if (partner === undefined || field(event, 'status') !== 'RMC_OK') return;
  const io = amount(event, 'io');
  const ipc = timer(partner.node.timers, 'ipc');
  owe({
    rule: 'D24',
    what: `message ${io} on ${partner.name}`,
    dueUs: event.timeUs + ipc,
    slackUs: ipc,
    processes: [partner.process],
    isMet: () => partner.received >= io,
    isVoid: () => partner.received >= io || !partner.process.alive,
  });
}

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
