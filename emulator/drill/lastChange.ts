import { LimitReached } from '../limits.js';
import type { Change } from '../why/subject.js';
import type { World } from '../world.js';
import type { Checkpoints } from './checkpoints.js';
import type { JournalRun } from './journal.js';
import { comparePositions } from './position.js';
import type { Moved } from './runner.js';

type Read = (world: World) => string | undefined;

/**
 * The events of the step in which a value changed last before now; undefined: it has been the same since the start.
 * It is found by going back from checkpoint to checkpoint until the value is another one, and from there by running
 * again; in the end the run stands where it stood.
 */
export function lastChange(run: JournalRun, checkpoints: Checkpoints, read: Read): Change | undefined {
  // A drill may ask on the way that is run again only to find the answer.
  if (run.isQuiet) return undefined;
  const { world } = run.runner;
  return run.quietly(() => checkpoints.aside(() => world.unseen(() => found(run, checkpoints, read))));
}

function found(run: JournalRun, checkpoints: Checkpoints, read: Read): Change | undefined {
  const { runner } = run;
  const { world } = runner;
  const end = runner.position;
  const now = read(world);
  const changedAfter = checkpoints.earlier(end).find((stop) => {
    checkpoints.restore(stop);
    return read(world) !== now;
  });
  if (changedAfter === undefined) return undefined;
  let before = read(world);
  let last: Change | undefined;
  while (comparePositions(runner.position, end) < 0) {
    const events = world.log.count;
    // Where the drill ends without a moment, what the operator did after it is still to come.
    if (moveOf(run, end.timeUs) === 'quiet') break;
    const after = read(world);
    if (after !== before) last = { from: events + 1, to: world.log.count, before, after };
    before = after;
  }
  return last;
}

/** A moment; what a limit stops in its middle is the end of what can be run again. */
function moveOf(run: JournalRun, untilUs: number): Moved {
  try {
    return run.move(untilUs);
  } catch (error) {
    if (error instanceof LimitReached) return 'quiet';
    throw error;
  }
}
