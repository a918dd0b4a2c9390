import { isUp } from '../apply.js';
import { readCommand } from '../commandText.js';
import type { Look, Rule } from '../judge.js';
import { type Picture, type ProcessSeen, type SessionSeen, sessionOf } from '../picture.js';
import { field, type Seen } from '../seen.js';

/** The state that a call meets: what the application did counts at once, also where its RMC hangs (D21). */
export function stateFor(session: SessionSeen): string {
  if (session.closeCalledUs >= 0) return session.state === 'CLOSED' ? 'CLOSED' : 'CLOSING';
  if (session.state === '') return session.type === 'LISTEN' ? 'LISTENING' : 'OPENING';
  return session.state;
}

const hasRmc = (picture: Picture, process: ProcessSeen): boolean => picture.rmcOf(process)?.alive ?? false;

/** Whether the application got a block just before, for the same cause. */
function gotBlock(picture: Picture, event: Seen): boolean {
  for (let at = picture.events.length - 1; at >= 0 && at > picture.events.length - 40; at -= 1) {
    const earlier = picture.events[at] as Seen;
    const isOut = earlier.event === 'memory_error' && field(earlier, 'kind') === 'out-of-memory';
    if (isOut && earlier.cause === event.cause) return false;
    if (earlier.event === 'alloc' && earlier.cause === event.cause) {
      return field(earlier, 'app') === field(event, 'app');
    }
  }
  return false;
}

/** D11 says not which ports RMC picks; the worlds listen on small ones of their own. */
const FIRST_PICKED = 1_024;

function expectedOfNew(look: Look): readonly string[] {
  const { picture, event, opinion } = look;
  const process = picture.process(field(event, 'app'));
  if (process === undefined) return ['nothing: there is no such application'];
  if (!gotBlock(picture, event)) return ['RMC_ENOMEM'];
  if (!hasRmc(picture, process)) return [opinion.noRmc];
  if (event.event === 'rmc_open') return ['RMC_INPROGRESS'];
  const cause = picture.events[event.cause - 1];
  if (cause?.event !== 'command') return ['nothing: an operator’s command makes it'];
  const { words, options } = readCommand(field(cause, 'text'));
  const given = (name: string): boolean => (options.get(name) ?? 'NULL') !== 'NULL';
  if (given('--new_session') && !given('--close_session')) return ['RMC_EINVAL'];
  const port = Number(words[1]);
  if (port === 0) return [opinion.portZero];
  const taken = picture.allSessions.some(
    (session) =>
      session.type === 'LISTEN' &&
      session.node === process.node &&
      session.port === port &&
      session.process.alive &&
      session.rmc.alive &&
      stateFor(session) === 'LISTENING',
  );
  // A hung RMC may not have heard of the death of who listened there: rmc.md does not say.
  const hangs = picture.rmcOf(process)?.hung ?? false;
  if (hangs) return [taken ? opinion.portTaken : 'RMC_OK', 'RMC_EADDRINUSE'];
  // Which port RMC picked for port 0 shows only when a client comes.
  const isPicked =
    port >= FIRST_PICKED && picture.allSessions.some(({ type, port: at }) => type === 'LISTEN' && at === 0);
  if (isPicked) return ['RMC_OK', opinion.portTaken];
  return [taken ? opinion.portTaken : 'RMC_OK'];
}

function expectedOfSend({ picture, event, opinion }: Look, session: SessionSeen): readonly string[] {
  const state = stateFor(session);
  if (!hasRmc(picture, session.process))
    return [opinion.noRmc, ...(state === 'CLOSED' ? ['RMC_EINVAL'] : [])];
  if (session.type === 'LISTEN') return ['RMC_EINVAL'];
  // D25: its state changes when what waited is handed up.
  if (session.inbox.flushedUs === event.timeUs && isUp(session)) {
    return session.type === 'ACCEPT' ? [opinion.callWhenOver] : [opinion.sendWhenFailed, 'RMC_EINVAL'];
  }
  if (session.type === 'ACCEPT') {
    // A hung RMC says later what its shutdown did.
    const isShut = session.rmc.hung && (session.listen?.closeCalledUs ?? -1) >= 0;
    if (isShut) return [opinion.callWhenOver, 'RMC_INPROGRESS'];
    return state === 'ESTABLISHED' ? sendable(picture, event) : [opinion.callWhenOver];
  }
  if (state === 'OPENING') return [opinion.sendWhileOpening];
  if (state === 'FAILED') return [opinion.sendWhenFailed];
  return state === 'OPEN' ? sendable(picture, event) : ['RMC_EINVAL'];
}

function sendable(picture: Picture, event: Seen): readonly string[] {
  const cause = picture.events[event.cause - 1];
  const size =
    cause?.event === 'command' ? readCommand(field(cause, 'text')).options.get('--size') : undefined;
  if (size !== undefined && Number(size) > 1024) return ['RMC_EMSGSIZE'];
  return ['RMC_INPROGRESS', 'RMC_EAGAIN'];
}

function expectedOfClose({ event, opinion }: Look, session: SessionSeen): readonly string[] {
  if (session.type === 'ACCEPT') {
    const isShut = session.rmc.hung && (session.listen?.closeCalledUs ?? -1) >= 0;
    return session.state === 'ESTABLISHED' && !isShut
      ? [opinion.closeOfAccept]
      : [opinion.callWhenOver, opinion.closeOfAccept];
  }
  const isWrong = (event.event === 'rmc_close') !== (session.type === 'OPEN');
  if (isWrong) return [opinion.wrongCloser];
  const state = stateFor(session);
  return [state === 'CLOSING' || state === 'CLOSED' ? opinion.closeTwice : 'RMC_INPROGRESS'];
}

function allow(look: Look): string | undefined {
  const { picture, event } = look;
  const kind = event.event;
  const status = field(event, 'status');
  const session = sessionOf(picture, event);
  let expected: readonly string[];
  if (kind === 'rmc_open' || kind === 'rmc_listen') {
    expected = expectedOfNew(look);
  } else {
    if (session === undefined) return `no call on ${field(event, 'session')}: there is no such session`;
    if (session.corrupted || session.poked) return undefined;
    expected = kind === 'rmc_send' ? expectedOfSend(look, session) : expectedOfClose(look, session);
  }
  if (expected.includes(status)) return asked(look);
  const state = session === undefined ? '' : ` on ${session.name} (${session.type}, ${stateFor(session)})`;
  return `${kind}${state} returns ${expected.join(' or ')}`;
}

const CALL_OF = new Map([
  ['rmc_open', ['rmc_open']],
  ['rmc_listen', ['rmc_listen']],
  ['rmc_send', ['rmc_send']],
  ['rmc_close', ['rmc_close', 'stop']],
  ['rmc_shutdown', ['rmc_shutdown', 'stop']],
]);

/** A call comes from a command, or from a callback or completion that the application was told. */
function asked({ picture, event }: Look): string | undefined {
  const cause = picture.events[event.cause - 1];
  if (cause === undefined) return `nobody asked for ${event.event}`;
  const told = sessionOf(picture, cause);
  const isMissing = cause.event === 'io_done' && told?.ordered && field(cause, 'status') === 'RMC_ETIMEDOUT';
  if (isMissing && isUp(told)) return `no ${event.event}: a message that was given up fails nothing (D25)`;
  if (cause.event !== 'command') return undefined;
  const { name, words } = readCommand(field(cause, 'text'));
  if (!CALL_OF.get(event.event)?.includes(name)) return `${name}, not ${event.event}`;
  const of =
    event.event === 'rmc_open' || event.event === 'rmc_listen' || name === 'stop' ? 'app' : 'session';
  return words[0] === field(event, of) ? undefined : `${event.event} of ${words[0]}`;
}

/** A command that asks for a call gets it, once the application can take it up. */
function called({ picture, event, owe }: Look): void {
  const { name, words } = readCommand(field(event, 'text'));
  const [first = ''] = words;
  if (!CALL_OF.has(name)) return;
  const isNew = name === 'rmc_open' || name === 'rmc_listen';
  const process = isNew ? picture.process(first) : picture.sessions.get(first)?.process;
  if (process === undefined) return;
  owe({
    rule: 'D13',
    what: `${name} ${first}`,
    dueUs: event.timeUs,
    processes: [process],
    isMet: (seen) => seen.event === name && seen.cause === event.number,
    isVoid: () => !process.alive,
  });
}

function listening({ picture, event, owe }: Look): void {
  if (!['RMC_OK', 'RMC_INPROGRESS'].includes(field(event, 'status'))) return;
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  const state = session.type === 'LISTEN' ? 'LISTENING' : 'OPENING';
  owe({
    rule: 'D13',
    what: `session_state ${session.name} ${state}`,
    dueUs: event.timeUs,
    processes: [session.rmc],
    isMet: () => session.state !== '',
    isVoid: () => session.state !== '' || !session.rmc.alive || !session.process.alive,
  });
}

export const callRules: readonly Rule[] = [
  { rule: 'D13', of: ['rmc_open', 'rmc_listen', 'rmc_send', 'rmc_close', 'rmc_shutdown'], allow },
  { rule: 'D13', of: ['rmc_open', 'rmc_listen'], after: listening },
  { rule: 'D13', of: ['command'], after: called },
  {
    rule: 'D26',
    of: ['rmc_send'],
    after: ({ picture, event }) => {
      const session = sessionOf(picture, event);
      if (session !== undefined && field(event, 'status') === 'RMC_EAGAIN') session.saysWritable = true;
    },
  },
];
