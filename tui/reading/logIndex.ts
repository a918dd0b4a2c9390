import type { LoggedEvent } from '../../emulator/index.js';
import { field, searchText } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';

/** Events that the log leaves out at first: one for each frame and each block, too many to read. */
const details: ReadonlySet<string> = new Set([
  'frame_sent',
  'frame_delivered',
  'frame_dropped',
  'alloc',
  'session_state',
  'process_start',
]);

/** Most events looked at: a log of millions must not stop the screen. */
const SCAN_LIMIT = 200_000;
/** So many events that are no longer kept are forgotten at a time. */
export const FORGET_PART = 10_000;
/** Most events looked into in one call, for the text of a filter or a session; the rest is read in later calls. */
export const FILTER_PART = 10_000;

/**
 * The numbers of the events that are shown, kept up to date as the log grows, and cut back when the run goes back. A
 * world made anew by going back has the same events up to where it stands, so that what was found stays right.
 */
export class LogIndex {
  private shown: number[] = [];
  private scannedTo = 0;
  private world = -1;
  private text = '';
  private all = false;
  private of = '';

  get filter(): string {
    return this.text;
  }

  get withDetails(): boolean {
    return this.all;
  }

  get numbers(): readonly number[] {
    return this.shown;
  }

  get session(): string {
    return this.of;
  }

  /** Shows only events of this session; empty: of all. */
  setSession(name: string): void {
    this.of = name;
    this.reset();
  }

  /** Shows only events that contain `text`, in details too. */
  setFilter(text: string): void {
    this.text = text.toLowerCase();
    this.reset();
  }

  setDetails(all: boolean): void {
    this.all = all;
    this.reset();
  }

  private reset(): void {
    this.shown = [];
    this.scannedTo = 0;
  }

  /** Forgets events before `first`, when they are many; how many they were. */
  forgetBefore(first: number): number {
    if ((this.shown[FORGET_PART] ?? first) >= first) return 0;
    const kept = this.shown.findIndex((number) => number >= first);
    const gone = kept < 0 ? this.shown.length : kept;
    this.shown.splice(0, gone);
    return gone;
  }

  /** Reads what is new; true: there is more to read. */
  sync(source: UiSource): boolean {
    const count = source.eventCount();
    if (source.worldNumber() !== this.world) {
      this.world = source.worldNumber();
      this.reset();
    }
    if (count < this.scannedTo) {
      while (this.shown.length > 0 && (this.shown[this.shown.length - 1] ?? 0) > count) this.shown.pop();
      this.scannedTo = count;
    }
    if (count - this.scannedTo > SCAN_LIMIT) this.scannedTo = count - SCAN_LIMIT;
    const isLookedInto = this.text !== '' || this.of !== '';
    const until = isLookedInto ? Math.min(count, this.scannedTo + FILTER_PART) : count;
    for (let number = this.scannedTo + 1; number <= until; number++) {
      if (this.accepts(source, number)) this.shown.push(number);
    }
    this.scannedTo = until;
    return until < count;
  }

  /** Whether an event contains the filter's text; with no filter none does. */
  matches(event: LoggedEvent): boolean {
    return this.text !== '' && searchText(event).includes(this.text);
  }

  private accepts(source: UiSource, number: number): boolean {
    if (this.of !== '' && field(source.event(number), 'session') !== this.of) return false;
    if (this.text !== '') return searchText(source.event(number)).includes(this.text);
    return this.all || !details.has(source.eventName(number));
  }
}
