import { isUp } from '../apply.js';
import type { Look, Rule } from '../judge.js';
import { type Picture, type SessionSeen, sessionOf } from '../picture.js';
import { amount, field, type Seen } from '../seen.js';
import { handled, lostRmc } from './states.js';

const HOW: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['abort_session', ['abort_session', 'S20']],
  ['io_done', ['io', 'S17']],
  ['rmc_send', ['send', 'S21']],
  ['open_done', ['open', 'D2']],
  ['close_session', ['close_session', 'D16']],
] as const);

/** D30: what a piece of news tells its application. */
function news(look: Look, cause: Seen | undefined): readonly [string, string] | undefined {
  const how = cause === undefined ? undefined : HOW.get(cause.event);
  const session = cause === undefined ? undefined : sessionOf(look.picture, cause);
  if (how === undefined || cause === undefined || session === undefined) return undefined;
  const status = field(cause, 'status');
  // D25: what the receiver gave up is no failure.
  const isMissing = cause.event === 'io_done' && session.ordered && status === 'RMC_ETIMEDOUT';
  if (isMissing && isUp(session)) return undefined;
  if (cause.event === 'io_done' || cause.event === 'open_done') return status === 'RMC_OK' ? undefined : how;
  if (cause.event === 'rmc_send') {
    return status === 'RMC_ECONNABORTED' || status === 'RMC_ENOTCONN' ? how : undefined;
  }
  if (cause.event === 'abort_session' && field(cause, 'reason') === 'rmc') return ['abort_session', 'D20'];
  return how;
}

function learned(look: Look): string | undefined {
  const { picture, event } = look;
  const cause = picture.events[event.cause - 1];
  const session = sessionOf(picture, event);
  const expected = news(look, cause);
  if (session === undefined || cause === undefined || expected === undefined) return 'nothing was told';
  if (field(cause, 'session') !== session.name) return `it learned it from ${field(cause, 'session')}`;
  if (cause.timeUs !== event.timeUs) return 'an application learns when it is told';
  if (event.cause !== event.number - 1) return 'an application has learned before it does anything (D30)';
  const isTwice = picture.events.some((seen) => seen.event === 'learned' && seen.cause === cause.number);
  if (isTwice) return 'it has learned this already';
  const [how, rule] = expected;
  if (field(event, 'how') !== how) return `learned how=${how}`;
  if (field(event, 'rule') !== rule) return `learned rule=${rule}`;
  return aboutOf(look, session);
}

function aboutOf({ picture, event }: Look, session: SessionSeen): string | undefined {
  const node = session.peer.split(':')[0] ?? '';
  const own = `${session.node.name}.rmc`;
  const about = field(event, 'about');
  const isOwn = lostRmc(session);
  if (about !== node && !(about === own && isOwn)) return `learned about=${isOwn ? own : node}`;
  if (!event.fields.has('after_us')) return undefined;
  const failed = about === own ? session.node.name : node;
  const atUs = event.timeUs - amount(event, 'after_us');
  const isKnown = picture.mishaps.some(
    (mishap) =>
      mishap.atUs === atUs && (mishap.nodes.includes(failed) || mishap.nodes.includes(session.node.name)),
  );
  return isKnown ? undefined : `something that happened to ${failed} at ${atUs} us`;
}

/** What one more refused send or failed IO tells may be no news: rmc.md does not say. */
const hasLearned = ({ picture }: Look, { name, madeBy }: SessionSeen, how: string): boolean =>
  picture.events.some(
    (seen) =>
      seen.event === 'learned' &&
      field(seen, 'session') === name &&
      field(seen, 'how') === how &&
      seen.number > madeBy,
  );

/** D8: whether a reuse by a newer incarnation tells of a failure, rmc.md does not say. */
const isReused = (picture: Picture, session: SessionSeen): boolean => {
  const state = picture.events[session.stateEvent - 1];
  return (
    session.type === 'ACCEPT' && state !== undefined && handled(picture, state, 'OPEN_REQ') !== undefined
  );
};

/** D30: who is told of a failure has learned it. */
function told(look: Look): void {
  const { picture, event, owe } = look;
  const session = sessionOf(picture, event);
  const [how] = news(look, event) ?? [];
  if (session === undefined || how === undefined) return;
  const status = field(event, 'status');
  const isSure =
    event.event === 'abort_session' ||
    (event.event === 'close_session' && session.lost) ||
    // What its application has closed before it was told is its own doing.
    (event.event === 'open_done' && session.state === 'FAILED' && session.closeCalledUs < 0) ||
    (!hasLearned(look, session, how) &&
      ((event.event === 'io_done' &&
        ((status === 'RMC_ETIMEDOUT' && !session.ordered) || session.state === 'FAILED' || session.lost)) ||
        (event.event === 'rmc_send' && status === 'RMC_ECONNABORTED')));
  if (!isSure || session.poked || isReused(picture, session)) return;
  owe({
    rule: 'D30',
    what: `learned, from @${event.number} ${event.event} of ${session.name}`,
    dueUs: event.timeUs,
    isMet: (seen) => seen.event === 'learned' && seen.cause === event.number,
  });
}

export const learnedRules: readonly Rule[] = [
  { rule: 'D30', of: ['learned'], allow: learned },
  { rule: 'D30', of: [...HOW.keys()], after: told },
];
