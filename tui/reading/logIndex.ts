import type { LoggedEvent } from '../../emulator/index.js';
import { field, searchText } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';
import { isTooLittle, WayBack } from './wayBack.js';

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
 * The numbers of the events that are shown, kept up to date as the log grows, and cut back when the run goes back or to
 * another branch: what was found before that place stays right.
 */
export class LogIndex {
  private shown: number[] = [];
  private scannedTo = 0;
  /** Events up to this one were left out. */
  private from = 0;
  private readonly way = new WayBack();
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
    this.from = 0;
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
    const kept = this.way.kept(source, this.scannedTo);
    if (kept < this.scannedTo) this.cutBack(kept);
    const first = Math.max(source.firstEvent() - 1, count - SCAN_LIMIT);
    if (first > this.scannedTo) {
      this.scannedTo = first;
      this.from = first;
    }
    const isLookedInto = this.text !== '' || this.of !== '';
    const until = isLookedInto ? Math.min(count, this.scannedTo + FILTER_PART) : count;
    for (let number = this.scannedTo + 1; number <= until; number++) {
      if (this.accepts(source, number)) this.shown.push(number);
    }
    this.scannedTo = until;
    return until < count;
  }

  private cutBack(kept: number): void {
    if (isTooLittle(this.from, kept)) {
      this.reset();
      return;
    }
    while ((this.shown.at(-1) ?? 0) > kept) this.shown.pop();
    this.scannedTo = kept;
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
