import type { EventLog } from '../log.js';
import type { LoggedEvent } from '../loggedEvent.js';
import { quoteWord } from '../monitor/words.js';
import { addressText, clockText } from '../numberText.js';
import type { World } from '../world.js';

/** Virtual time for people: "1.330 100 s". */
export function timeText(timeUs: number): string {
  return `${clockText(timeUs)} s`;
}

/** One event in one line: "1.330 100 s  @212 new_session node=ssc1 app=standby …". */
export function eventText(event: LoggedEvent): string {
  const fields = [...event.fields].map(([name, value]) => `${name}=${fieldText(name, value)}`);
  return `${timeText(event.timeUs)}  @${event.number} ${[event.event, ...fields].join(' ')}`;
}

/** A field's value as a command would write it. */
export function fieldText(name: string, value: string | number): string {
  if (name === 'address' && typeof value === 'number') return addressText(value);
  return quoteWord(String(value));
}

/** Links of a chain of causes that are shown. */
const LONGEST_CHAIN = 24;

/** Why an event cannot be read; empty: it can. */
export function whyNotRead(log: EventLog, event: number): string {
  if (event > log.count) return `event @${event} has not come; the last is @${log.count}`;
  return event < log.firstKept ? `event @${event} is not in the log any more${howToKeep(log)}` : '';
}

/** What keeps events that the log has let go of; a session that lasts cannot keep all. */
const howToKeep = ({ mode }: EventLog): string => (mode === 'recent' ? '' : ' (--log kept keeps it)');

/** An event, what it came from, what that came from…, to the command at the beginning: one line each. */
export function chainOfCauses(world: World, event: number): readonly string[] {
  const lines: string[] = [];
  let at = event;
  while (at > 0 && lines.length < LONGEST_CHAIN) {
    if (at < world.log.firstKept) return [...lines, `@${at}: no longer in the log${howToKeep(world.log)}`];
    const read = world.log.read(at);
    lines.push(eventText(read));
    at = read.cause;
  }
  if (at > 0) lines.push('…');
  return lines;
}

/** The last events of a node, or of all, oldest first. */
export function lastEvents(world: World, node: string | undefined, most: number): readonly string[] {
  const filter = world.filter('', node === undefined ? [] : [['node', node]]);
  const lines: string[] = [];
  for (let at = filter.previous(); at > 0 && lines.length < most; at = filter.previous(at)) {
    lines.push(eventText(world.log.read(at)));
  }
  return lines.reverse();
}
