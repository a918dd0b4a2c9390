import { durationUs, readCommand } from '../commandText.js';
import type { Look, Rule } from '../judge.js';
import { type Picture, sessionOf } from '../picture.js';
import { field, type Seen } from '../seen.js';

/** An event of this kind that came from the same event already. */
function twin(picture: Picture, event: Seen): Seen | undefined {
  for (let at = picture.events.length - 1; at >= 0; at -= 1) {
    const earlier = picture.events[at];
    if (earlier === undefined || earlier.timeUs !== event.timeUs) return undefined;
    if (earlier.event === event.event && earlier.cause === event.cause) return earlier;
  }
  return undefined;
}

/** The same said again, at the same instant and for the same cause. */
function notAgain({ picture, event }: Look): string | undefined {
  for (let at = picture.events.length - 1; at >= 0; at -= 1) {
    const earlier = picture.events[at];
    if (earlier === undefined || earlier.timeUs !== event.timeUs) return undefined;
    if (earlier.event !== event.event || earlier.cause !== event.cause || event.cause === 0) continue;
    if ([...event.fields].every(([name, value]) => earlier.fields.get(name) === value)) {
      return `no second ${event.event}: @${earlier.number} said it`;
    }
  }
  return undefined;
}

/** An SSC has as many RMC instances as applications, and each that shares a session with this one is a peer. */
function failedOnce({ picture, event }: Look): string | undefined {
  const [node, peer] = [field(event, 'node'), field(event, 'peer')];
  const peers = new Set(
    picture.allSessions
      .filter((session) => session.node.name === node && session.peer.split(':')[0] === peer)
      .map((session) => session.partner?.rmc),
  );
  const said = picture.events.filter(
    (seen) =>
      seen.event === 'peer_failed' &&
      seen.timeUs === event.timeUs &&
      seen.cause === event.cause &&
      [...event.fields].every(([name, value]) => seen.fields.get(name) === value),
  );
  return said.length < Math.max(1, peers.size) ? undefined : `no second peer_failed of ${peer}`;
}

const placedOnce = ({ picture, event }: Look): string | undefined =>
  twin(picture, event) === undefined ? undefined : 'new_session once for a request (D7)';

/** D26: an application sends as often as it was told to, and after RMC_EAGAIN waits for `writable`. */
function sends({ picture, event }: Look): string | undefined {
  const cause = picture.events[event.cause - 1];
  if (cause === undefined || !['command', 'message', 'writable'].includes(cause.event)) {
    return 'an application sends when it is told to, answers, or may go on';
  }
  if (cause.event === 'writable') return undefined;
  const { calls, last } = picture.sends.get(event.cause) ?? { calls: 0, last: undefined };
  const options = cause.event === 'command' ? readCommand(field(cause, 'text')).options : undefined;
  const count = Number(options?.get('--count') ?? 1);
  if (calls >= count) return `rmc_send ${count} times`;
  if (last !== undefined && field(last, 'status') !== 'RMC_INPROGRESS') return 'no more: it was refused';
  const every = durationUs(options?.get('--every') ?? '0');
  const dueUs = (last?.timeUs ?? event.timeUs) + (last === undefined ? 0 : every);
  return event.timeUs < dueUs ? `the next at ${dueUs} us` : undefined;
}

/** `--count`: the next goes at once, or after `--every`, until the application closes the session. */
function nextSend({ picture, event, owe }: Look): void {
  const cause = picture.events[event.cause - 1];
  const session = sessionOf(picture, event);
  if (cause?.event !== 'command' || session === undefined) return;
  const { options } = readCommand(field(cause, 'text'));
  const { calls = 0 } = picture.sends.get(event.cause) ?? {};
  if (field(event, 'status') !== 'RMC_INPROGRESS' || calls >= Number(options.get('--count') ?? 1)) return;
  owe({
    rule: 'D26',
    what: `rmc_send ${calls + 1} on ${session.name}`,
    dueUs: event.timeUs + durationUs(options.get('--every') ?? '0'),
    processes: [session.process],
    isMet: (seen) => seen.event === 'rmc_send' && seen.cause === event.cause,
    isVoid: () => !session.process.alive || session.closeCalledUs >= 0 || session.closeSessions.length > 0,
  });
}

/** What the world refuses is no event. */
function refused({ picture, event }: Look): string | undefined {
  const { name, words } = readCommand(field(event, 'text'));
  const [first = ''] = words;
  const process = picture.process(first);
  const node = picture.node(first);
  if (name === 'node' && node !== undefined) return `there is a node ${first}`;
  if (name === 'app' && process !== undefined) return `there is an application ${first}`;
  if (name === 'kill' && !process?.alive) return `${first} is not running`;
  if (name === 'launch' && process?.alive) return `${first} is running`;
  if (name === 'power off' && node?.power === 'off') return `${first} is off`;
  if (name === 'power on' && node?.power !== 'off') return `${first} is on`;
  if (name === 'hang' && process?.hung) return `${first} hangs already`;
  if (name === 'unhang' && process !== undefined && !process.hung) return `${first} does not hang`;
  return undefined;
}

const EVERY = [
  ...['process_start', 'process_exit', 'process_hang', 'process_resume', 'node_down', 'node_up', 'learned'],
  ...['frame_sent', 'frame_delivered', 'frame_dropped', 'alloc', 'free', 'memory_error', 'peer_failed'],
  ...['rmc_open', 'rmc_listen', 'rmc_send', 'rmc_close', 'rmc_shutdown', 'session_state', 'writable'],
  ...['io_done', 'open_done', 'close_done', 'abort_session', 'close_session', 'new_session', 'message'],
  'callback_failed',
];

const NAMED = [
  'session_state',
  'io_done',
  'open_done',
  'close_done',
  'abort_session',
  'close_session',
  'message',
];

/** What is said of a session names its node, its application and its peer. */
function named({ picture, event }: Look): string | undefined {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'state') === 'ESTABLISHED') return undefined;
  if (field(event, 'node') !== session.node.name) return `${session.name} is on ${session.node.name}`;
  if (field(event, 'app') !== session.process.app) return `${session.name} is of ${session.process.app}`;
  return field(event, 'peer') === session.peer ? undefined : `${session.name} has the peer ${session.peer}`;
}

/** What an event came from stands before it: nothing leaves, is told or ends before the call or frame that made it. */
const afterItsCause = ({ event }: Look): string | undefined =>
  event.cause < event.number ? undefined : `@${event.cause} first, from which this comes`;

export const onceRules: readonly Rule[] = [
  { rule: 'D15', of: ['node_down', 'callback_failed'], allow: notAgain },
  { rule: 'D15', of: ['peer_failed'], allow: failedOnce },
  { rule: 'D28', trusts: 'memory', of: ['memory_error'], allow: notAgain },
  { rule: 'D7', of: ['new_session'], allow: placedOnce },
  { rule: 'D26', of: ['rmc_send'], allow: sends, after: nextSend },
  { rule: 'D20', of: ['command'], allow: refused },
  { rule: 'D30', of: NAMED, allow: named },
  { rule: 'D19', of: EVERY, allow: afterItsCause },
];
