import type { LoggedEvent } from '../../emulator/index.js';

/** What two runs are compared by. */
export interface Comparable {
  readonly digest: string;
  /** Of the world at the end. */
  readonly stateDigest: string;
  readonly events: number;
  /** The event of that number; undefined when it is not kept. */
  readonly event: (number: number) => LoggedEvent | undefined;
}

/** An event on one line: `212 1.330100 s abort_session app=client session=client.1, caused by 209`. */
export function eventText(event: LoggedEvent): string {
  const fields = [...event.fields].map(([name, value]) => ` ${name}=${value}`).join('');
  const cause = event.cause === 0 ? '' : `, caused by ${event.cause}`;
  return `${event.number}  ${event.timeUs} us  ${event.event}${fields}${cause}`;
}

const textOf = (run: Comparable, number: number): string => {
  if (number > run.events) return 'no event: the run had ended';
  const event = run.event(number);
  return event === undefined ? `${number}  (not kept)` : eventText(event);
};

function firstDifferent(first: Comparable, second: Comparable): number | undefined {
  const last = Math.max(first.events, second.events);
  for (let number = 1; number <= last; number += 1) {
    if (textOf(first, number) !== textOf(second, number)) return number;
  }
  return undefined;
}

/** What is different between two runs of the same drill and seed, for a person; undefined when nothing is. */
export function differenceText(first: Comparable, second: Comparable): string | undefined {
  if (first.digest === second.digest && first.stateDigest === second.stateDigest) return undefined;
  const digests = `digests ${first.digest} and ${second.digest}`;
  if (first.digest === second.digest) {
    return `two runs logged the same events and left different worlds: state digests ${first.stateDigest} and ${second.stateDigest}`;
  }
  const number = firstDifferent(first, second);
  if (number === undefined) return `two runs differ (${digests}), in no event that is kept; use --log kept`;
  return [
    `two runs differ (${digests}), first in event ${number}:`,
    `  first run:  ${textOf(first, number)}`,
    `  second run: ${textOf(second, number)}`,
  ].join('\n');
}
