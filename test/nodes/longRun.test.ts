import { describe, expect, it } from 'vitest';
import { parseDrill, Timeline, type TimelineOptions, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';

const MOST_MADE_AGAIN = 100_000;
const MOST_BYTES = 256 * 1024 * 1024;
const SLOWEST_MS = 180_000;

const words = language();

function timelineOf(text: string, checkpoints: NonNullable<TimelineOptions['checkpoints']> = {}): Timeline {
  const parsed = parseDrill(text, 'test.drill', words);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { drill } = parsed;
  const makeWorld = (): World => new World({ seed: 1, extensions: rmcExtensions });
  return new Timeline({ language: words, drill, makeWorld, checkpoints });
}

/** Places all over a run, in no order. */
const placesOf = (events: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => 1 + Math.floor((((at + 1) * 0.618_034) % 1) * events));

/** Runs on to so many events; the digest at each of the places on the way. */
function runTo(timeline: Timeline, events: number, places: readonly number[]): ReadonlyMap<number, string> {
  const digests = new Map<number, string>();
  const waiting = [...places].sort((a, b) => a - b);
  const { log } = timeline.world;
  while (log.count < events && timeline.step() > 0) {
    while (waiting.length > 0 && waiting[0]! <= log.count) digests.set(waiting.shift()!, log.digest());
  }
  expect(log.count).toBeGreaterThanOrEqual(events);
  return digests;
}

/** Events that the world makes in each jump; each has to end where the run once was. */
function jump(timeline: Timeline, digests: ReadonlyMap<number, string>): readonly number[] {
  const { log } = timeline.world;
  const emit = log.emit.bind(log);
  let made = 0;
  log.emit = (...values) => {
    made += 1;
    return emit(...values);
  };
  return [...digests].map(([place, digest]) => {
    made = 0;
    timeline.gotoEvent(place);
    expect([place, log.digest()]).toEqual([place, digest]);
    return made;
  });
}

function checkJumps(timeline: Timeline, events: number, count: number): void {
  const places = placesOf(events, count);
  const digests = runTo(timeline, events, places);
  const inNoOrder = new Map(places.map((place) => [place, digests.get(place)!]));
  const made = jump(timeline, inNoOrder);
  expect(made).toHaveLength(count);
  expect(Math.max(...made)).toBeLessThanOrEqual(MOST_MADE_AGAIN);
  // Some places do lie far from the checkpoint before: what is counted is real.
  expect(Math.max(...made)).toBeGreaterThan(1_000);
  expect(timeline.checkpoints.bytes).toBeLessThanOrEqual(MOST_BYTES);
}

describe('time travel in a long run', () => {
  it(
    '§2 at the end of a million events no jump makes more than 100,000 again, and checkpoints take 256 MiB at most',
    () => {
      const timeline = timelineOf(`
        node a ssc
        node b eee
        app client --on a
        app server --on b
        rmc_listen server 9 --as s
        rmc_open client b:9 --as c
        expect session c OPEN --within 1s
        rmc_send c hello --count 100000000
        run 100000s
      `);
      checkJumps(timeline, 1_000_000, 20);
    },
    SLOWEST_MS,
  );

  it(
    '§2 with 7,000 open sessions, which each checkpoint holds, checkpoints stay below the limit they are given',
    () => {
      // Too little for all that would be made.
      const mostBytes = 100 * 1024 * 1024;
      const drill = `
        node a ssc --memory 4MiB
        node b eee --memory 4MiB
        app client --on a --heap 1MiB
        app server --on b --heap 1MiB
        rmc_listen server 9 --as s
        repeat 7000
          rmc_open client b:9 --as c\${i}
        end
        expect session c7000 OPEN --within 10s
        run 100000s
      `;
      const timeline = timelineOf(drill, { mostBytes });
      checkJumps(timeline, 140_000, 8);
      expect(timeline.checkpoints.bytes).toBeLessThanOrEqual(mostBytes);
      expect(timeline.checkpoints.count).toBeGreaterThan(2);
      timeline.gotoEvent(timeline.lastEvent);
      const open = timeline.command('sessions').lines?.filter((line) => line.includes(' ESTABLISHED '));
      expect(open).toHaveLength(7_000);
    },
    SLOWEST_MS,
  );
});
