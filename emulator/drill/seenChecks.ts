import { Column } from '../eventStore.js';
import type { EventDeclaration } from '../events.js';
import { durationText } from '../monitor/values.js';
import { quoteWord } from '../monitor/words.js';
import type { World } from '../world.js';

/** Checks that `save --expect` writes at most: of a longer session those of its end. */
export const MOST_SEEN_CHECKS = 500;

/** Checks for what was seen, by the commands that they come after. */
export interface SeenChecks {
  /** `[n]`: what was seen after n commands that changed the world, and before the next, as `expect` lines. */
  readonly afterChange: readonly (readonly string[])[];
  /** Checks that are not there, for there are too many. */
  readonly leftOut: number;
}

/** Events of one kind that say the same. */
interface Seen {
  readonly wanted: string;
  count: number;
  lastUs: number;
}

/** Reads the log: a check for each event that its declaration says is worth one, those that say the same in one line. */
export function seenChecks(world: World, most: number = MOST_SEEN_CHECKS): SeenChecks {
  const { log } = world;
  const change = world.eventType('command');
  const afterChange: string[][] = [];
  let sinceUs = 0;
  let seen = new Map<string, Seen>();
  const close = (): void => {
    afterChange.push([...seen.values()].map((one) => lineOf(one, sinceUs)));
    seen = new Map();
  };
  for (let event = log.firstKept; event <= log.count; event += 1) {
    const type = log.value(event, Column.type);
    if (type === change) {
      close();
      sinceUs = log.value(event, Column.time);
    } else {
      const { expectBy } = world.events.declaration(type);
      if (expectBy !== undefined) note(world, event, expectBy, seen);
    }
  }
  close();
  return lastOf(afterChange, most);
}

function note(
  world: World,
  event: number,
  expectBy: NonNullable<EventDeclaration['expectBy']>,
  seen: Map<string, Seen>,
): void {
  const read = world.log.read(event);
  const fields = expectBy.flatMap((name) => {
    const value = read.fields.get(name);
    return value === undefined ? [] : [`--${name} ${quoteWord(String(value))}`];
  });
  const wanted = [read.event, ...fields].join(' ');
  const known = seen.get(wanted);
  if (known === undefined) {
    seen.set(wanted, { wanted, count: 1, lastUs: read.timeUs });
  } else {
    known.count += 1;
    known.lastUs = read.timeUs;
  }
}

/** The window ends with the last of the events: they are there already, so the check runs nothing. */
function lineOf({ wanted, count, lastUs }: Seen, sinceUs: number): string {
  const howMany = count === 1 ? '' : ` --count ${count}`;
  return `expect ${wanted}${howMany} --within ${durationText(lastUs - sinceUs)}`;
}

function lastOf(afterChange: readonly string[][], most: number): SeenChecks {
  let leftOut = afterChange.reduce((sum, lines) => sum + lines.length, -most);
  if (leftOut <= 0) return { afterChange, leftOut: 0 };
  const all = leftOut;
  const kept = afterChange.map((lines) => {
    const rest = lines.slice(leftOut);
    leftOut = Math.max(0, leftOut - lines.length);
    return rest;
  });
  return { afterChange: kept, leftOut: all };
}
