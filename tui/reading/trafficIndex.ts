import { clockText, type LoggedEvent } from '../../emulator/index.js';
import { field } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';
import { type FrameTrace, sentFrame } from './traffic.js';
import { isTooLittle, WayBack } from './wayBack.js';

/** One frame, with what came of it and when. */
export interface TrafficFrame extends FrameTrace {
  /** The frame_delivered or frame_dropped that its fate rests on; 0 while it is in flight. */
  readonly endEvent: number;
  /** When that was; -1 while it is in flight. */
  readonly endUs: number;
  /** How often it ended: 2 when the bus made a copy of it. */
  readonly ends: number;
  /** The session whose frame it answers at once; empty when it answers none. */
  readonly answers: string;
  /** The frame that it repeats, by its number; 0: none that can be told. */
  readonly againOf: number;
}

/** What the frames are cut down to; an empty text asks for nothing. */
export interface TrafficFilter {
  readonly text: string;
  /** Frames that the session sent, and those of its partner. */
  readonly session: string;
  /** Frames from or to the node. */
  readonly node: string;
}

interface End {
  readonly event: number;
  readonly timeUs: number;
  /** Why it was dropped; empty: it was delivered. */
  readonly reason: string;
}

interface KeptFrame extends TrafficFrame {
  readonly cause: number;
  readonly allEnds: readonly End[];
}

/** Most events looked at in one call: a log of millions must not stop the screen. The rest is read in later calls. */
export const PART_LIMIT = 1_500;

/** Most events that are not read yet; of more only the newest are looked at. */
const SCAN_LIMIT = 200_000;

/** Frames that are kept; beyond that the oldest go, a good part of them at a time. */
export const FRAME_LIMIT = 50_000;
const KEPT_AFTER_TRIM = 40_000;

export interface TrafficLimits {
  /** Most events read in one call; what is older is left out, as if the log began after it. */
  readonly events: number;
  /** Most frames kept. */
  readonly frames: number;
}

/** The fate of a frame with these ends: one copy that was delivered is enough. */
function fateOf(ends: readonly End[]): Pick<TrafficFrame, 'fate' | 'reason' | 'endEvent' | 'endUs' | 'ends'> {
  const end = ends.find(({ reason }) => reason === '') ?? ends[ends.length - 1];
  if (end === undefined) return { fate: 'in flight', reason: '', endEvent: 0, endUs: -1, ends: 0 };
  const fate = end.reason === '' ? 'delivered' : 'dropped';
  return { fate, reason: end.reason, endEvent: end.event, endUs: end.timeUs, ends: ends.length };
}

/**
 * A repetition has the cause of the first sending, at a later time: the timer that sends again was set then. It is
 * told for frames of a session; HEARTBEAT is none.
 */
function repetitionKey(frame: KeptFrame): string {
  if (frame.session === '' || frame.cause === 0) return '';
  return [frame.cause, frame.frame, frame.session, frame.from, frame.to].join(' ');
}

/** The session that a frame answers: what was delivered caused it at once, and it goes back. */
function answeredBy(sent: LoggedEvent, cause: LoggedEvent): string {
  const isAtOnce = cause.event === 'frame_delivered' && cause.timeUs === sent.timeUs;
  const isBack = field(cause, 'from') === field(sent, 'to') && field(cause, 'to') === field(sent, 'from');
  return isAtOnce && isBack && field(sent, 'frame') !== 'HEARTBEAT' ? field(cause, 'session') : '';
}

/** What a filter looks in. */
function frameText(frame: TrafficFrame): string {
  const { number, timeUs, frame: type, from, to, session, fate, reason, againOf } = frame;
  const again = againOf > 0 ? 'again' : '';
  return `${number} ${clockText(timeUs)} ${type} ${from}→${to} ${session} ${fate} ${reason} ${again}`.toLowerCase();
}

/**
 * The frames of the run, oldest first, kept up to date as the log grows and cut back when the run goes back. Only the
 * newest {@link FRAME_LIMIT} are kept.
 */
export class TrafficIndex {
  private readonly limits: TrafficLimits;
  private kept: KeptFrame[] = [];
  /** Where a kept frame stands, by its number. */
  private places = new Map<number, number>();
  private firstSendings = new Map<string, number>();
  private scannedTo = 0;
  /** Events up to this one were left out, or their frames have gone. */
  private from = 0;
  private readonly way = new WayBack();
  /** Events that later calls will read. */
  private unread = 0;
  private wish: TrafficFilter = { text: '', session: '', node: '' };
  private matching: readonly TrafficFrame[] | undefined;

  constructor(limits: TrafficLimits = { events: SCAN_LIMIT, frames: FRAME_LIMIT }) {
    this.limits = limits;
  }

  get filter(): TrafficFilter {
    return this.wish;
  }

  /** What stands beside the title: how much is still to be read, else the filter. */
  get note(): string {
    if (this.unread > 0) return `reading: ${this.unread} events to go`;
    const { text, session } = this.wish;
    return [session === '' ? '' : `● ${session}`, text === '' ? '' : `/${text}`]
      .filter((part) => part !== '')
      .join(' ');
  }

  /** The frames that the filter lets through, oldest first. */
  get frames(): readonly TrafficFrame[] {
    this.matching ??= this.matched();
    return this.matching;
  }

  /** All frames that are kept. */
  get all(): readonly TrafficFrame[] {
    return this.kept;
  }

  /** The frame of a frame_sent event, or of the event that its fate rests on. */
  frameOf(event: LoggedEvent): TrafficFrame | undefined {
    return this.at(event.event === 'frame_sent' ? event.number : event.cause);
  }

  setFilter(filter: Partial<TrafficFilter>): void {
    this.wish = { ...this.wish, ...filter };
    this.matching = undefined;
  }

  /** Reads what is new, at most {@link PART_LIMIT} events; true: there is more to read. */
  sync(source: UiSource): boolean {
    const count = source.eventCount();
    const kept = this.way.kept(source, this.scannedTo);
    if (kept < this.scannedTo) this.cutBack(kept);
    this.unread = 0;
    if (count === this.scannedTo) return false;
    // A gap would leave frames in flight for ever: what is beyond it goes.
    const first = Math.max(source.firstEvent() - 1, count - this.limits.events);
    if (first > this.scannedTo) {
      this.reset();
      this.scannedTo = first;
      this.from = first;
    }
    const until = Math.min(count, this.scannedTo + PART_LIMIT);
    for (let number = this.scannedTo + 1; number <= until; number++) {
      if (source.eventName(number).startsWith('frame_')) this.read(source, source.event(number));
    }
    this.scannedTo = until;
    this.unread = count - until;
    if (this.kept.length > this.limits.frames) this.trim();
    this.matching = undefined;
    return this.unread > 0;
  }

  private read(source: UiSource, event: LoggedEvent): void {
    if (event.event === 'frame_sent') this.add(source, event);
    else if (event.event === 'frame_delivered') this.end(event, '');
    else if (event.event === 'frame_dropped') this.end(event, field(event, 'reason'));
  }

  private add(source: UiSource, event: LoggedEvent): void {
    const cause = event.cause > 0 ? source.event(event.cause) : undefined;
    const sent: KeptFrame = {
      ...sentFrame(event),
      answers: cause === undefined ? '' : answeredBy(event, cause),
      againOf: 0,
      cause: event.cause,
      allEnds: [],
      ...fateOf([]),
    };
    const againOf = this.firstOf(sent);
    this.places.set(event.number, this.kept.length);
    this.kept.push({ ...sent, againOf });
  }

  /** The first sending of what a frame repeats; 0 when it is the first, which is then remembered. */
  private firstOf(frame: KeptFrame): number {
    const key = repetitionKey(frame);
    if (key === '') return 0;
    const first = this.firstSendings.get(key);
    if (first === undefined) {
      this.firstSendings.set(key, frame.number);
      return 0;
    }
    const before = this.at(first);
    return before !== undefined && before.timeUs < frame.timeUs ? first : 0;
  }

  private end(event: LoggedEvent, reason: string): void {
    const frame = this.at(event.cause);
    if (frame === undefined) return;
    this.replace(frame, [...frame.allEnds, { event: event.number, timeUs: event.timeUs, reason }]);
  }

  private at(number: number): KeptFrame | undefined {
    const place = this.places.get(number);
    return place === undefined ? undefined : this.kept[place];
  }

  private replace(frame: KeptFrame, allEnds: readonly End[]): void {
    const place = this.places.get(frame.number);
    if (place !== undefined) this.kept[place] = { ...frame, allEnds, ...fateOf(allEnds) };
  }

  private reset(): void {
    this.kept = [];
    this.places.clear();
    this.firstSendings.clear();
    this.scannedTo = 0;
    this.from = 0;
    this.matching = undefined;
  }

  /** What came after `count` has not been, or is something else now. */
  private cutBack(count: number): void {
    if (isTooLittle(this.from, count)) {
      this.reset();
      return;
    }
    const stay = this.kept.filter((frame) => frame.number <= count);
    this.rebuild(stay);
    for (const frame of stay) {
      const ends = frame.allEnds.filter((end) => end.event <= count);
      if (ends.length < frame.allEnds.length) this.replace(frame, ends);
    }
    this.scannedTo = count;
    this.matching = undefined;
  }

  private trim(): void {
    const keep = Math.min(KEPT_AFTER_TRIM, this.limits.frames);
    this.rebuild(this.kept.slice(-keep));
    this.from = (this.kept[0]?.number ?? 1) - 1;
  }

  /** Keeps these frames and forgets all others. */
  private rebuild(frames: KeptFrame[]): void {
    this.kept = frames;
    this.places = new Map(frames.map((frame, place) => [frame.number, place]));
    this.firstSendings = new Map();
    for (const frame of frames) {
      const key = repetitionKey(frame);
      if (key !== '' && !this.firstSendings.has(key)) this.firstSendings.set(key, frame.number);
    }
  }

  private matched(): readonly TrafficFrame[] {
    const { text, session, node } = this.wish;
    if (text === '' && session === '' && node === '') return this.kept;
    const wanted = text.toLowerCase();
    const sessions = this.partnersOf(session);
    return this.kept.filter(
      (frame) =>
        (session === '' || sessions.has(frame.session) || frame.answers === session) &&
        (node === '' || frame.from === node || frame.to === node) &&
        (wanted === '' || frameText(frame).includes(wanted)),
    );
  }

  /** A session and those that answered it or that it answered: the other ends of it. */
  private partnersOf(session: string): ReadonlySet<string> {
    const names = new Set([session]);
    for (const frame of this.kept) {
      if (frame.session === '' || frame.answers === '') continue;
      if (frame.answers === session) names.add(frame.session);
      if (frame.session === session) names.add(frame.answers);
    }
    return names;
  }
}
