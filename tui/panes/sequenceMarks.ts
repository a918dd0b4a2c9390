import type { LoggedEvent } from '../../emulator/index.js';
import type { Role } from '../text/line.js';
import { field, markOf } from './eventText.js';

/** Something that happened at a node, on its lifeline. */
export interface SequenceMark {
  readonly number: number;
  readonly timeUs: number;
  /** The kind of event: after `node_down` the lifeline is not drawn, up to `node_up`. */
  readonly event: string;
  readonly node: string;
  readonly session: string;
  /** One cell, and the words beside it. */
  readonly symbol: string;
  readonly text: string;
  readonly role: Role;
}

const marked: ReadonlySet<string> = new Set([
  'node_down',
  'node_up',
  'process_exit',
  'process_hang',
  'process_resume',
  'new_session',
  'close_session',
  'abort_session',
  'open_done',
  'close_done',
  'learned',
]);

/** Whether events of that kind are marked. */
export const isMarked = (name: string): boolean => marked.has(name);

/** The events that a sequence diagram marks on the lifelines: power, processes, callbacks, and who has learned. */
export function sequenceMarks(events: readonly LoggedEvent[]): SequenceMark[] {
  return events.filter((event) => marked.has(event.event)).map(markFrom);
}

function markFrom(event: LoggedEvent): SequenceMark {
  const symbol = markOf(event);
  return {
    number: event.number,
    timeUs: event.timeUs,
    event: event.event,
    node: field(event, 'node'),
    session: field(event, 'session'),
    symbol: symbol === ' ' ? '●' : symbol,
    text: [event.event, wordOf(event)].filter((text) => text !== '').join(' '),
    role: symbol === '✗' || symbol === '!' ? 'bad' : 'good',
  };
}

/** What is worth saying beside the name, in a word. */
function wordOf(event: LoggedEvent): string {
  if (event.event === 'learned') return `${field(event, 'about')} (${field(event, 'app')})`;
  if (event.event.startsWith('process_')) return field(event, 'app') || field(event, 'process');
  return event.event.startsWith('node_') ? '' : field(event, 'session');
}
