import type { Look, Rule } from '../judge.js';
import { sessionOf } from '../picture.js';
import { field, type Seen } from '../seen.js';

const CALLS = ['rmc_open', 'rmc_listen', 'rmc_send', 'rmc_close', 'rmc_shutdown'];
/** What an application is told; `new_session` is logged when it has returned. */
const TOLD = ['open_done', 'close_done', 'io_done', 'writable', 'close_session', 'abort_session', 'message'];

/** Events of this instant, the latest first, as far back as this one. */
function* since({ picture, event }: Look, first: number): Generator<Seen> {
  for (let at = picture.events.length - 1; at >= first; at -= 1) {
    const earlier = picture.events[at];
    if (earlier === undefined || earlier.timeUs !== event.timeUs) return;
    yield earlier;
  }
}

/** D14: RMC sends what it has to send before the callback runs. */
function framesFirst(look: Look): string | undefined {
  const { picture, event } = look;
  const cause = picture.events[event.cause - 1];
  if (cause?.event !== 'frame_delivered' || cause.timeUs !== event.timeUs) return undefined;
  // A new session in the place of an old one is answered when the old one's end was told (D8).
  if (['OPEN_ACK', 'OPEN_NAK'].includes(field(event, 'frame'))) return undefined;
  for (const earlier of since(look, event.cause)) {
    const isTold = TOLD.includes(earlier.event) && earlier.cause === event.cause;
    if (isTold) return `frame_sent ${field(event, 'frame')} before ${earlier.event} @${earlier.number} (D14)`;
  }
  return undefined;
}

/** D19: on an SSC a call is a function call, and what it sends leaves before the application goes on. */
function callFirst(look: Look): string | undefined {
  const { picture, event } = look;
  const cause = picture.events[event.cause - 1];
  if (cause === undefined || !CALLS.includes(cause.event) || cause.timeUs !== event.timeUs) return undefined;
  if (picture.node(field(event, 'node'))?.kind !== 'ssc') return undefined;
  // Inside a callback RMC collects what the calls send.
  if (picture.events[cause.cause - 1]?.event !== 'command') return undefined;
  for (const earlier of since(look, event.cause)) {
    if (!CALLS.includes(earlier.event) || field(earlier, 'app') !== field(cause, 'app')) continue;
    if (![...picture.chain(earlier)].includes(cause))
      return `the frame before ${earlier.event} @${earlier.number}`;
  }
  return undefined;
}

/** D10: callbacks run one after the other: what one calls, it calls before the next is told. */
function oneAtATime(look: Look): string | undefined {
  const { picture, event } = look;
  const cause = picture.events[event.cause - 1];
  if (cause === undefined || !TOLD.includes(cause.event) || cause.timeUs !== event.timeUs) return undefined;
  for (const earlier of since(look, event.cause)) {
    if (!TOLD.includes(earlier.event) || field(earlier, 'app') !== field(event, 'app')) continue;
    if (![...picture.chain(earlier)].includes(cause)) return `${event.event} before @${earlier.number}`;
  }
  return undefined;
}

/** D19: what an acknowledgement brings, an SSC that is free is told at once. */
function atOnce({ picture, event }: Look): string | undefined {
  const cause = picture.events[event.cause - 1];
  const session = sessionOf(picture, event);
  if (cause?.event !== 'frame_delivered' || session?.node.kind !== 'ssc') return undefined;
  if (!['ACK', 'DATA'].includes(field(cause, 'frame'))) return undefined;
  const { busyUntilUs, freeSinceUs } = session.process;
  const isFree = busyUntilUs < cause.timeUs && freeSinceUs <= cause.timeUs;
  return isFree && cause.timeUs !== event.timeUs
    ? `io_done at ${cause.timeUs} us, with its frame`
    : undefined;
}

export const orderRules: readonly Rule[] = [
  { rule: 'D14', of: ['frame_sent'], allow: framesFirst },
  { rule: 'D19', of: ['frame_sent'], allow: callFirst },
  { rule: 'D10', of: CALLS, allow: oneAtATime },
  { rule: 'D19', of: ['io_done'], allow: atOnce },
];
