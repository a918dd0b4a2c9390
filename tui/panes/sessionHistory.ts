import { addressText, type LoggedEvent } from '../../emulator/index.js';
import type { SessionView } from '../../nodes/index.js';
import type { UiSource } from '../run/source.js';
import { type Line, line, span } from '../text/line.js';
import { field } from './eventText.js';
import { logLine } from './log.js';

/** A row, and the event that it is of; 0: of none. */
export interface HistoryRow {
  readonly row: Line;
  readonly event: number;
}

/** How far back the log is searched, and how many events are shown at most: the newest. */
const LOOK_BACK_EVENTS = 100_000;
const MOST_SHOWN = 500;

/**
 * A session's facts (whose block it is, who frees it, what is under way), then its events, oldest first, with a report
 * under each memory error.
 */
export function sessionHistory(source: UiSource, session: SessionView, width: number): HistoryRow[] {
  const peer = session.peer === '' ? '' : `, peer ${session.peer}`;
  const facts: Line[] = [
    [
      span(` ${session.type} ${session.state}`, 'strong'),
      span(` of app ${session.app} on ${session.node}${peer}, block ${addressText(session.address)}`),
    ],
    line(` placed by ${session.placedBy}; who frees it: ${session.whoFrees}`),
    line(` ${session.inFlight} in flight, ${session.queued} queued, ${messagesText(session)}`, 'dim'),
  ];
  const events = eventsOf(source, session.name).flatMap((event) =>
    eventRows(source, event, width).map((row): HistoryRow => ({ row, event: event.number })),
  );
  return [...facts.map((row): HistoryRow => ({ row, event: 0 })), ...events];
}

/** D25: an ordered session tells what is missing. */
function messagesText({ delivered, delivery, givenUp, late }: SessionView): string {
  const missing = delivery === 'ordered' ? `: ${givenUp} given up, ${late} late` : '';
  return `${delivered} delivered; ${delivery} delivery${missing}`;
}

/** The event, and under a memory error its report: where, by whom, the block's history, what the right code does. */
function eventRows(source: UiSource, event: LoggedEvent, width: number): Line[] {
  const report = event.event === 'memory_error' ? source.explain(event.number) : [];
  return [eventRow(source, event, width), ...report.flatMap((text) => wrapped(text, width))];
}

function eventsOf(source: UiSource, name: string): LoggedEvent[] {
  const last = source.eventCount();
  const found: LoggedEvent[] = [];
  for (let number = last; number > Math.max(0, last - LOOK_BACK_EVENTS); number--) {
    const event = source.event(number);
    if (field(event, 'session') === name) found.push(event);
    if (found.length >= MOST_SHOWN) break;
  }
  return found.reverse();
}

function eventRow(source: UiSource, event: LoggedEvent, width: number): Line {
  return logLine({ event, cause: event.cause > 0 ? source.event(event.cause) : undefined }, width);
}

/** Where the words of a report begin, below its labels. */
const REPORT_INDENT = 13;

/** A line of a report in lines that fit. */
function wrapped(text: string, width: number): Line[] {
  const lines: string[] = [];
  let rest = `  ${text}`;
  const least = REPORT_INDENT * 2;
  while (rest.length > width && width > least) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > least ? space : width;
    lines.push(rest.slice(0, at));
    rest = `${' '.repeat(REPORT_INDENT)}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest].map((one) => line(one, 'note'));
}
