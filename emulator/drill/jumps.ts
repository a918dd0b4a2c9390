import type { PromptRequest } from '../monitor/outcome.js';
import { durationText } from '../monitor/values.js';
import { timeText } from './eventText.js';
import type { Timeline } from './timeline.js';

/** A request to stand somewhere else in the run as it has been. */
export type Jump = Exclude<
  PromptRequest,
  { readonly kind: 'continue' | 'branches' | 'branch' | 'diff' | 'save' }
>;

const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

/** Why one cannot go there: nobody has been there yet. */
export function jumpProblem(timeline: Timeline, jump: Jump): string | undefined {
  const { horizon, lastEvent, horizonUs, oldest } = timeline;
  switch (jump.kind) {
    case 'back':
      return backProblem(timeline, jump.count);
    case 'forward': {
      const left = horizon - timeline.steps;
      // Past the last step it may have been later, with nothing to see there.
      if (jump.count <= Math.max(left, timeline.isRewound ? 1 : 0)) return undefined;
      return left === 0
        ? 'the world has not been further than this; step and run go on'
        : `the world has been ${steps(left)} further than this; step and run go on from there`;
    }
    case 'gotoTime':
      if (jump.timeUs < oldest.position.timeUs)
        return `${oldestText(oldest)}, at ${timeText(oldest.position.timeUs)}`;
      return jump.timeUs > horizonUs
        ? `the world has only been to ${timeText(horizonUs)}; run ${durationText(jump.timeUs - timeline.world.nowUs)} goes on to there`
        : undefined;
    case 'gotoEvent':
      if (jump.event <= oldest.events) return oldestText(oldest);
      return jump.event > lastEvent
        ? `event @${jump.event} has not come; the last is @${lastEvent}`
        : undefined;
  }
}

function backProblem({ steps: made, oldest }: Timeline, count: number): string | undefined {
  const left = made - oldest.position.moment;
  if (count <= left) return undefined;
  if (oldest.position.moment > 0) return `${oldestText(oldest)}, ${steps(left)} back`;
  return made === 0 ? 'this is the start' : `the start is ${steps(left)} back (goto 0s goes there)`;
}

/** Of a run so long that its log has let go of the first events. */
const oldestText = ({ events }: Timeline['oldest']): string =>
  `the first ${events} events are no longer kept; one can go back to @${events + 1}`;
