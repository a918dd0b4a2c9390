import { divergenceLines, divergenceOf, viewOfLog } from '../divergence/divergence.js';
import { differenceLines, stateDifferences } from '../divergence/rows.js';
import { nearestWord } from '../monitor/nearest.js';
import type { World } from '../world.js';
import { type Branch, forkOf } from './branches.js';
import { timeText } from './eventText.js';
import { JournalRun, type Session } from './journal.js';
import { comparePositions } from './position.js';
import type { Timeline } from './timeline.js';

/** `branches`: one line each, the one that the session is on with a star. */
export function branchLines(timeline: Timeline): readonly string[] {
  const all = [...timeline.branches, timeline.branch].sort((one, other) => order(one) - order(other));
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map((branch) => {
    const mark = branch.name === timeline.branchName ? '*' : ' ';
    return `${mark} ${branch.name.padEnd(width)}  ${originText(branch)}, to ${timeText(branch.horizon.timeUs)}, event @${branch.events}`;
  });
}

/** In order of making: main, b2, b3… */
const order = ({ name }: Branch): number => (name === 'main' ? 1 : Number(name.slice(1)));

function originText({ from, journal }: Branch): string {
  if (from === undefined) return 'from the start';
  const own = journal.find(({ events }) => events >= from.events);
  const first = own === undefined ? '' : `: ${own.command.text}`;
  return `from ${from.branch} at ${timeText(from.at.timeUs)}, after @${from.events}${first}`;
}

/** The branch of that name, or what is wrong with the name. */
export function branchNamed(timeline: Timeline, name: string): Branch | { readonly problem: string } {
  const own = timeline.branchName;
  if (name === own) return { problem: `${name} is the branch that this session is on` };
  const found = timeline.branches.find((branch) => branch.name === name);
  if (found !== undefined) return found;
  const names = [own, ...timeline.branches.map((branch) => branch.name)];
  const nearest = nearestWord(name, names);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return { problem: `there is no branch "${name}" (there are ${names.join(', ')})${hint}` };
}

/** Why a branch cannot be gone to, or compared: its way from where the two part is no longer there. */
export function branchProblem(
  timeline: Timeline,
  other: Branch,
  kind: 'branch' | 'diff',
): string | undefined {
  const { oldest, branch, world } = timeline;
  const { at } = forkOf(branch, other);
  const isOld = kind === 'diff' ? world.log.firstKept > 1 : comparePositions(at, oldest.position) < 0;
  return isOld ? `the run is too long: its first ${oldest.events} events are no longer kept` : undefined;
}

/** `diff`: where two branches part, and what differs at the last moment that both have been to. */
export function diffLines(timeline: Timeline, other: Branch): readonly string[] {
  const own = timeline.branch;
  const fork = forkOf(own, other);
  const timeUs = Math.min(own.horizon.timeUs, other.horizon.timeUs);
  const [one, two] = [runOf(timeline.session, own, timeUs), runOf(timeline.session, other, timeUs)];
  const part = divergenceOf(viewOfLog(one, own.name), viewOfLog(two, other.name), fork.events + 1);
  const forked = `${own.name} and ${other.name} have the first ${fork.events} events in common, up to ${timeText(fork.at.timeUs)}`;
  if (part === undefined) return [forked, `up to ${timeText(timeUs)} they do not differ`];
  const differences = stateDifferences(one, two);
  return [
    forked,
    ...divergenceLines(part, `(nothing more up to ${timeText(timeUs)})`),
    ...(differences.length === 0
      ? [`at ${timeText(timeUs)} sessions, memory and ledger are the same`]
      : [`what differs at ${timeText(timeUs)}:`, ...differenceLines(differences, [own.name, other.name])]),
  ];
}

/** The world of another run of a session, as a branch has it, up to a time. */
function runOf(
  { makeWorld, drill, language }: Session,
  { journal, horizon }: Branch,
  untilUs: number,
): World {
  const run = new JournalRun({ makeWorld, drill, language }, journal, () => []);
  if (horizon.timeUs <= untilUs) run.moveTo(horizon);
  else while (run.move(untilUs) !== 'quiet');
  return run.runner.world;
}
