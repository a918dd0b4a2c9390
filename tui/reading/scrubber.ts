import type { UiSource } from '../run/source.js';
import { WayBack } from './wayBack.js';

/** What is worth a mark on the line of time. */
export type MarkKind = 'fault' | 'told' | 'callback' | 'command';

export interface TimeMark {
  readonly event: number;
  readonly timeUs: number;
  readonly kind: MarkKind;
}

const faults: ReadonlySet<string> = new Set(['node_down', 'process_exit', 'process_hang', 'memory_error']);
const callbacks: ReadonlySet<string> = new Set(['new_session', 'close_session', 'abort_session']);

function kindOf(name: string): MarkKind | undefined {
  if (faults.has(name)) return 'fault';
  if (name === 'learned') return 'told';
  if (callbacks.has(name)) return 'callback';
  return name === 'command' ? 'command' : undefined;
}

/** Marks kept; of more the oldest go. */
const MOST_MARKS = 2_000;
/** Most events looked at in one call. */
const SCAN_LIMIT = 200_000;

/**
 * The marks on the line of time of this branch. They stay when the run goes back, for they are where one may go again;
 * what comes after the place where a new branch began is dropped.
 */
export class Scrubber {
  private marks: TimeMark[] = [];
  private scannedTo = 0;
  private readonly way = new WayBack();

  get shown(): readonly TimeMark[] {
    return this.marks;
  }

  sync(source: UiSource): void {
    const count = source.eventCount();
    const shared = this.way.shared(source);
    if (shared < this.scannedTo) {
      this.marks = this.marks.filter((mark) => mark.event <= shared);
      this.scannedTo = shared;
    }
    this.scannedTo = Math.max(this.scannedTo, source.firstEvent() - 1, count - SCAN_LIMIT);
    for (let number = this.scannedTo + 1; number <= count; number++) {
      const kind = kindOf(source.eventName(number));
      if (kind === undefined) continue;
      const { timeUs } = source.event(number);
      // The drill's set-up is no mark.
      if (kind !== 'command' || timeUs > 0) this.marks.push({ event: number, timeUs, kind });
    }
    this.scannedTo = Math.max(this.scannedTo, count);
    if (this.marks.length > MOST_MARKS) this.marks.splice(0, this.marks.length - MOST_MARKS);
  }
}
