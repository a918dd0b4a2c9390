import type { LoggedEvent } from '../../emulator/index.js';
import type { SessionView } from '../../nodes/index.js';
import type { UiSource } from '../source.js';
import { type Line, line, span } from '../text/line.js';
import { addressText } from '../text/times.js';
import { field } from './eventText.js';
import { logLine } from './log.js';

/** How far back the log is searched, and how many events are shown at most: the newest. */
const LOOK_BACK_EVENTS = 100_000;
const MOST_SHOWN = 500;

/** A session's facts (whose block it is, who frees it, what is under way), then its events, oldest first. */
export function sessionHistory(source: UiSource, session: SessionView, width: number): Line[] {
  const peer = session.peer === '' ? '' : `, peer ${session.peer}`;
  const facts: Line[] = [
    [
      span(` ${session.type} ${session.state}`, 'strong'),
      span(` of app ${session.app} on ${session.node}${peer}, block ${addressText(session.address)}`),
    ],
    line(` placed by ${session.placedBy}; who frees it: ${session.whoFrees}`),
    line(` ${session.inFlight} in flight, ${session.queued} queued, ${session.delivered} delivered`, 'dim'),
  ];
  return [...facts, ...eventsOf(source, session.name).map((event) => eventRow(source, event, width))];
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
