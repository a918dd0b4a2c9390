import { parseDrill, Timeline, World } from '../emulator/index.js';
import { language } from '../index.js';
import { rmcExtensions } from '../nodes/index.js';
import type { BenchResult } from './result.js';

// What going somewhere else in a run costs: as much as the way from the last checkpoint before, however long the run.

const LENGTHS = { '10^4': 10_000, '10^5': 100_000, '10^6': 1_000_000 };
const WARM_UP = 50_000;
const PLACES = 20;
/** Parts of the run that come in no order, and are the same each time. */
const GOLDEN = 0.618_033_988_749_894_9;

/** An SSC sends to an EEE without end, and both beat. */
const DRILL = `node a ssc
node b eee
app client --on a
app server --on b
rmc_listen server 9 --as s
rmc_open client b:9 --as c
expect session c OPEN --within 1s
rmc_send c hello --count 100000000
run 100000s
`;

/** A run that is over so many events. */
function runOf(events: number): Timeline {
  const words = language();
  const parsed = parseDrill(DRILL, 'bench.drill', words);
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message);
  const makeWorld = (): World => new World({ seed: 1, extensions: rmcExtensions });
  const timeline = new Timeline({ language: words, drill: parsed.drill, makeWorld });
  while (timeline.world.log.count < events && timeline.step() > 0);
  return timeline;
}

/** Events that the world makes while something runs. */
function eventsMade(world: World, work: () => void): number {
  const { log } = world;
  const emit = log.emit.bind(log);
  let made = 0;
  log.emit = (...values) => {
    made += 1;
    return emit(...values);
  };
  try {
    work();
  } finally {
    log.emit = emit;
  }
  return made;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** How long it takes to go to each of the places, one after the other. */
function answersTo(timeline: Timeline, places: readonly number[]): readonly number[] {
  return places.map((place) => {
    const beforeMs = performance.now();
    timeline.gotoEvent(place);
    return performance.now() - beforeMs;
  });
}

function jumps(length: string, events: number): readonly BenchResult[] {
  const timeline = runOf(events);
  const places = Array.from(
    { length: PLACES },
    (_, at) => 1 + Math.floor((((at + 1) * GOLDEN) % 1) * events),
  );
  const answersMs = answersTo(timeline, places);
  // Once more from the same place, for counting takes time.
  timeline.gotoEvent(events);
  const replayed = places.map((place) => eventsMade(timeline.world, () => timeline.gotoEvent(place)));
  const stops = timeline.checkpoints.events;
  const beside = stops.slice(0, -1).map((event) => event + 1);
  const far = stops.slice(1);
  const of = `${PLACES} jumps in a run of ${length} events`;
  return [
    { name: `${of}: longest answer`, value: Math.max(...answersMs), unit: 'ms' },
    { name: `${of}: mean answer`, value: mean(answersMs), unit: 'ms' },
    { name: `${of}: most made again`, value: Math.max(...replayed), unit: 'events' },
    { name: `${of}: made again in the mean`, value: mean(replayed), unit: 'events' },
    { name: `${of}: an event made again`, value: (1000 * mean(answersMs)) / mean(replayed), unit: 'us' },
    {
      name: `${of}: mean answer just after a checkpoint`,
      value: mean(answersTo(timeline, beside)),
      unit: 'ms',
    },
    { name: `${of}: mean answer just before the next`, value: mean(answersTo(timeline, far)), unit: 'ms' },
    { name: `${of}: checkpoints`, value: timeline.checkpoints.count, unit: 'checkpoints' },
    { name: `${of}: checkpoints take`, value: timeline.checkpoints.bytes, unit: 'bytes' },
  ];
}

/** Jumps to the same places of a short, a longer and a long run. */
export function run(): readonly BenchResult[] {
  jumps('to warm up', WARM_UP);
  return Object.entries(LENGTHS).flatMap(([length, events]) => jumps(length, events));
}
