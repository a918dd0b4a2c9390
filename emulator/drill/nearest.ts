import type { LoggedEvent } from '../loggedEvent.js';
import type { ExtraArg } from '../monitor/command.js';
import type { Engine } from '../monitor/outcome.js';
import type { World } from '../world.js';
import { eventText, timeText } from './eventText.js';

/** Events that came nearest to what a check wanted, the nearest first. */
export interface Nearest {
  readonly lines: readonly string[];
  /** The nearest one, 0 for none. */
  readonly event: number;
}

interface Ranked {
  readonly event: LoggedEvent;
  readonly why: readonly string[];
}

const MOST_SHOWN = 3;
/** Events of the kind that are compared at most, from the last one back. */
const MOST_COMPARED = 10_000;

/**
 * Ranks the events of a kind by how little keeps them from being a match: a field that differs, or having come
 * outside the window. Those before *since* count as nearest only when there is no other.
 */
export function nearestEvents(
  world: World,
  engine: Engine,
  event: string,
  extra: readonly ExtraArg<string>[],
  window: { readonly fromUs: number; readonly toUs: number },
): Nearest {
  const filter = world.filter(event);
  const ranked: Ranked[] = [];
  let compared = 0;
  for (let at = world.log.count; at >= world.log.firstKept && compared < MOST_COMPARED; at -= 1) {
    if (at <= engine.since.event && ranked.length > 0) break;
    if (!filter.matches(at)) continue;
    compared += 1;
    const read = world.log.read(at);
    const why = differences(read, extra, window);
    if (at <= engine.since.event) why.push('before the last command');
    if (why.length > 0) ranked.push({ event: read, why });
    if (at <= engine.since.event && ranked.length >= MOST_SHOWN) break;
  }
  ranked.sort((a, b) => a.why.length - b.why.length || b.event.number - a.event.number);
  const shown = ranked.slice(0, MOST_SHOWN);
  return {
    lines: shown.map(({ event: read, why }) => `${eventText(read)}  (${why.join(', ')})`),
    event: shown[0]?.event.number ?? 0,
  };
}

function differences(
  event: LoggedEvent,
  extra: readonly ExtraArg<string>[],
  window: { readonly fromUs: number; readonly toUs: number },
): string[] {
  const why: string[] = [];
  for (const { name, value } of extra) {
    const is = event.fields.get(name);
    if (is === undefined) why.push(`has no ${name}`);
    else if (String(is) !== value) why.push(`${name} is ${is}, not ${value}`);
  }
  if (event.timeUs > window.toUs) why.push(`after ${timeText(window.toUs)}`);
  if (event.timeUs < window.fromUs) why.push(`before ${timeText(window.fromUs)}`);
  return why;
}
