import { clockText, type LoggedEvent } from '../../emulator/index.js';
import { table } from '../../nodes/index.js';
import { crowds, phrases } from './eventPhrases.js';

/** Reads an event of the log by its number. */
export type ReadEvent = (number: number) => LoggedEvent;

/** Events alike, for a story: who, what and with whom. */
const likeness = (event: LoggedEvent): string =>
  [
    event.event,
    ...['node', 'app', 'session', 'frame', 'from', 'to', 'reason', 'status'].map((name) =>
      event.fields.get(name),
    ),
  ].join('|');

const who = (event: LoggedEvent): string => String(event.fields.get('app') ?? event.fields.get('node') ?? '');

interface Line {
  readonly event: LoggedEvent;
  readonly text: string;
  more: number;
}

/** The lines of a story: events that have a phrase, those of a crowd joined into their first. */
function toldLines(read: ReadEvent, count: number): readonly Line[] {
  const lines: Line[] = [];
  let crowd = new Map<string, Line>();
  for (let number = 1; number <= count; number += 1) {
    const event = read(number);
    const text = phrases.get(event.event)?.(event) ?? '';
    if (text === '') continue;
    const key = likeness(event);
    const first = crowd.get(key);
    if (first !== undefined) {
      first.more += 1;
      continue;
    }
    const line: Line = { event, text, more: 0 };
    if (crowds.has(event.event)) crowd.set(key, line);
    else crowd = new Map();
    lines.push(line);
  }
  return lines;
}

/** The nearest of the causes of an event that is told itself, 0 for none. */
function toldCause(event: LoggedEvent, told: ReadonlySet<number>, read: ReadEvent): number {
  let cause = event.cause;
  while (cause > 0 && !told.has(cause)) cause = read(cause).cause;
  return cause;
}

/**
 * A run as a person wants to read it: time, number, who, what, and because of which event of the story. Frames that
 * arrived, acknowledgements, heartbeats and allocations are left out.
 */
export function storyLines(read: ReadEvent, count: number): readonly string[] {
  const lines = toldLines(read, count);
  const told = new Set(lines.map(({ event }) => event.number));
  return table(
    lines.map(({ event, text, more }) => {
      const cause = toldCause(event, told, read);
      const because = cause === 0 ? '' : `  because ${cause}`;
      const others = more === 0 ? '' : `  (and ${more} more like this)`;
      const number = String(event.number).padStart(String(count).length);
      return [clockText(event.timeUs), number, who(event), `${text}${others}${because}`];
    }),
  );
}
