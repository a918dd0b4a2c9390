import { durationText } from '../monitor/values.js';
import type { World } from '../world.js';
import { timeText } from './eventText.js';
import { comparePositions, type Position, START } from './position.js';
import type { Act } from './runner.js';
import type { SeenChecks } from './seenChecks.js';

/**
 * A drill that does the same to a world of the same seed: every command that changed the world at exactly its place,
 * and the checks that passed. It has the digest of the run that `acts` tell of. With `seen` there are checks for what
 * came, each just before the next change: there a check has nothing to run for.
 */
export function savedDrill(world: World, acts: readonly Act[], end: Position, seen?: SeenChecks): string {
  const lines = [
    `# Saved at ${timeText(end.timeUs)}, event ${world.log.count}, digest ${world.log.digest()}`,
    ...(world.seed === 1 ? [] : [`# run it with --seed ${world.seed}`]),
    ...leftOutText(seen?.leftOut ?? 0),
  ];
  const changes = acts.filter((act) => act.kind === 'change').map((act) => act.before.moment);
  let at = START;
  let changed = 0;
  const own = new Set<string>();
  const unsaid = (): readonly string[] => (seen?.afterChange[changed] ?? []).filter((line) => !own.has(line));
  for (const act of acts) {
    // A check during which the world was changed cannot stand in one place.
    const isOneLine =
      act.kind === 'change' ||
      !changes.some((moment) => moment >= act.before.moment && moment < act.after.moment);
    if (!act.passed || !isOneLine || comparePositions(act.before, at) < 0) {
      lines.push(`# ${act.passed ? 'passed meanwhile' : 'failed'}: ${act.text}`);
      continue;
    }
    lines.push(...wayTo(at, act.before));
    if (act.kind === 'change') {
      lines.push(...unsaid());
      own.clear();
      changed += 1;
    } else {
      own.add(act.text);
    }
    lines.push(act.text);
    at = act.after;
  }
  lines.push(...wayTo(at, end), ...unsaid());
  // A drill has to have a command.
  if (lines.every((line) => line.startsWith('#'))) lines.push('run 0us');
  return `${lines.join('\n')}\n`;
}

function leftOutText(checks: number): readonly string[] {
  if (checks === 0) return [];
  return [`# ${checks} ${checks === 1 ? 'check' : 'checks'} for what came earlier left out`];
}

/** The lines that bring a run from one position to a later one, with no command between. */
function wayTo(from: Position, to: Position): readonly string[] {
  if (to.isFinished) {
    const isThere = from.isFinished && from.timeUs === to.timeUs && from.steps === to.steps;
    return isThere ? [] : [`run ${durationText(to.timeUs - from.timeUs)}`];
  }
  return to.steps > from.steps ? [`step ${to.steps - from.steps}`] : [];
}
