import type { World } from '../world.js';
import type { Checkpoints } from './checkpoints.js';
import type { JournalRun } from './journal.js';
import { comparePositions } from './position.js';

/**
 * The events of the step in which a value changed last before now; undefined: it has been the same since the start.
 * It is found by going back from checkpoint to checkpoint until the value is another one, and from there by running
 * again; in the end the run stands where it stood.
 */
export function lastChange(
  run: JournalRun,
  checkpoints: Checkpoints,
  read: (world: World) => string | undefined,
): { readonly from: number; readonly to: number } | undefined {
  const { runner } = run;
  const { world } = runner;
  const end = runner.position;
  const now = read(world);
  const wasQuiet = run.isQuiet;
  run.isQuiet = true;
  const found = checkpoints.aside(() =>
    world.unseen(() => {
      const earlier = checkpoints.earlier(end);
      const changedAfter = earlier.find((stop) => {
        checkpoints.restore(stop);
        return read(world) !== now;
      });
      if (changedAfter === undefined) return undefined;
      let before = read(world);
      let last: { readonly from: number; readonly to: number } | undefined;
      while (comparePositions(runner.position, end) < 0) {
        const events = world.log.count;
        if (run.move(end.timeUs) !== 'moved') break;
        const after = read(world);
        if (after !== before) last = { from: events + 1, to: world.log.count };
        before = after;
      }
      return last;
    }),
  );
  run.isQuiet = wasQuiet;
  return found;
}
