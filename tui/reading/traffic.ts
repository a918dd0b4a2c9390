import type { LoggedEvent } from '../../emulator/index.js';
import { field } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';

/** One frame on the bus, and what became of it. */
export interface FrameTrace {
  readonly number: number;
  readonly timeUs: number;
  readonly frame: string;
  readonly from: string;
  readonly to: string;
  readonly session: string;
  readonly fate: 'in flight' | 'delivered' | 'dropped';
  /** Why it was dropped. */
  readonly reason: string;
}

/** How far back the log is searched for frames. */
const LOOK_BACK_EVENTS = 600;

/** What a frame_sent says of its frame. */
export function sentFrame(sent: LoggedEvent): Omit<FrameTrace, 'fate' | 'reason'> {
  return {
    number: sent.number,
    timeUs: sent.timeUs,
    frame: field(sent, 'frame'),
    from: field(sent, 'from'),
    to: field(sent, 'to'),
    session: field(sent, 'session'),
  };
}

/** The last `count` frames that were sent and are wanted, oldest first. */
export function recentFrames(
  source: UiSource,
  count: number,
  isWanted: (frame: FrameTrace) => boolean = () => true,
): FrameTrace[] {
  const last = source.eventCount();
  const fates = new Map<number, LoggedEvent>();
  const traces: FrameTrace[] = [];
  for (let number = last; number > 0 && number > last - LOOK_BACK_EVENTS; number--) {
    const event = source.event(number);
    if (event.event === 'frame_delivered' || event.event === 'frame_dropped') {
      if (!fates.has(event.cause)) fates.set(event.cause, event);
      continue;
    }
    if (event.event !== 'frame_sent') continue;
    const trace = traceOf(event, fates.get(number));
    if (isWanted(trace)) traces.push(trace);
    if (traces.length >= count) break;
  }
  return traces.reverse();
}

function traceOf(sent: LoggedEvent, end: LoggedEvent | undefined): FrameTrace {
  const dropped = end?.event === 'frame_dropped';
  return {
    ...sentFrame(sent),
    fate: end === undefined ? 'in flight' : dropped ? 'dropped' : 'delivered',
    reason: dropped ? field(end, 'reason') : '',
  };
}
