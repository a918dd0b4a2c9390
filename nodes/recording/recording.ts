import type { Call, LoggedEvent, LogMode, Standing, World } from '../../emulator/index.js';
import { eventText } from '../../emulator/index.js';
import type { NodeSetup } from '../kind.js';

/** What a program did to a world from outside: made a node or an application, or gave a command. */
export type RecordedCall =
  | ({ readonly call: 'node'; readonly kind: string } & NodeSetup)
  | { readonly call: 'app'; readonly name: string; readonly node: string; readonly heapBytes: number }
  | { readonly call: 'command'; readonly text: string };

/** A run as plain JSON: from it the very same run can be made again. */
export interface Recording {
  /** Of the format. */
  readonly version: 1;
  readonly seed: number;
  readonly log: LogMode;
  /** `at`: steps and virtual time where it was done; `isFinished`: all of that instant had been run. */
  readonly calls: readonly Call<RecordedCall>[];
  readonly end: Standing;
  readonly events: number;
  readonly digest: string;
  /** Six hex digits for each event, to find the first that differs; empty where not all events are known. */
  readonly prints: string;
}

const VERSION = 1;
const PRINT_DIGITS = 6;
/** Events that have prints: beyond that a recording only knows its digests. */
const MOST_PRINTS = 100_000;

export function recordingOf(world: World, calls: readonly Call<RecordedCall>[], end: Standing): Recording {
  const { log, seed } = world;
  return {
    version: VERSION,
    seed,
    log: log.mode,
    calls,
    end,
    events: log.count,
    digest: log.digest(),
    prints: printsOf(world),
  };
}

/** Throws what is wrong with a value that should be a recording. */
export function checkRecording(recording: Recording): void {
  const { version, calls, end, prints } = recording as Partial<Recording>;
  if (version !== VERSION) {
    throw new Error(`this is no recording of version ${VERSION}: its version is ${String(version)}`);
  }
  if (!Array.isArray(calls) || typeof end !== 'object' || typeof prints !== 'string') {
    throw new Error('this is no recording: it has no calls, no end or no prints');
  }
}

/** Says where the replay of a recording has become another run. */
export function differenceText(recording: Recording, world: World, why: string): string {
  const { log } = world;
  const prints = printsOf(world);
  const events = Math.min(recording.prints.length, prints.length) / PRINT_DIGITS;
  for (let event = 1; event <= events; event += 1) {
    const at = (event - 1) * PRINT_DIGITS;
    if (prints.slice(at, at + PRINT_DIGITS) === recording.prints.slice(at, at + PRINT_DIGITS)) continue;
    return `the replay first differs from the recording at event @${event}, ${why}; now it is\n  ${eventText(log.read(event))}`;
  }
  if (events === log.count && log.count < recording.events) {
    return `the replay first differs from the recording at event @${log.count + 1}, ${why}: now there is none`;
  }
  const from = events < log.count ? `at event @${events + 1} or later` : 'in what is no event';
  return `the replay differs from the recording ${from}, ${why}`;
}

function printsOf({ log }: World): string {
  if (log.count > MOST_PRINTS || log.firstKept > 1) return '';
  let prints = '';
  for (let event = 1; event <= log.count; event += 1) prints += printOf(log.read(event));
  return prints;
}

/** FNV-1a over the event as people see it, and its cause. */
function printOf(event: LoggedEvent): string {
  const text = `${event.cause} ${eventText(event)}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 24)) & 0xffffff).toString(16).padStart(PRINT_DIGITS, '0');
}
