import { durationText } from '../monitor/values.js';
import type { World } from '../world.js';
import { timeText } from './eventText.js';
import { comparePositions, type Position, START } from './position.js';
import type { Act } from './runner.js';

/**
 * A drill that does the same to a world of the same seed: every command that changed the world at exactly its place,
 * and the checks that passed. It has the digest of the run that `acts` tell of.
 */
export function savedDrill(world: World, acts: readonly Act[], end: Position): string {
  const lines = [
    `# Saved at ${timeText(end.timeUs)}, event ${world.log.count}, digest ${world.log.digest()}`,
    ...(world.seed === 1 ? [] : [`# run it with --seed ${world.seed}`]),
  ];
  const changes = acts.filter((act) => act.kind === 'change').map((act) => act.before.moment);
  let at = START;
  for (const act of acts) {
    // A check during which the world was changed cannot stand in one place.
    const isOneLine =
      act.kind === 'change' ||
      !changes.some((moment) => moment >= act.before.moment && moment < act.after.moment);
    if (!act.passed || !isOneLine || comparePositions(act.before, at) < 0) {
      lines.push(`# ${act.passed ? 'passed meanwhile' : 'failed'}: ${act.text}`);
      continue;
    }
    lines.push(...wayTo(at, act.before), act.text);
    at = act.after;
  }
  lines.push(...wayTo(at, end));
  // A drill has to have a command.
  if (lines.every((line) => line.startsWith('#'))) lines.push('run 0us');
  return `${lines.join('\n')}\n`;
}

/** The lines that bring a run from one position to a later one, with no command between. */
function wayTo(from: Position, to: Position): readonly string[] {
  if (to.isFinished) {
    const isThere = from.isFinished && from.timeUs === to.timeUs && from.steps === to.steps;
    return isThere ? [] : [`run ${durationText(to.timeUs - from.timeUs)}`];
  }
  return to.steps > from.steps ? [`step ${to.steps - from.steps}`] : [];
}
