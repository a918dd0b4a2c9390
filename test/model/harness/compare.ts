import fc from 'fast-check';
import type { Opinion } from '../opinion.js';
import { ruleBook } from '../opinion.js';
import type { Played } from './play.js';
import { report, shrink } from './shrink.js';
import { play, type WorldPlan, worldPlans } from './worlds.js';

/** The worlds of a seed, always the same. */
export const plansOf = (seed: number, worlds: number): readonly WorldPlan[] =>
  fc.sample(worldPlans, { seed, numRuns: worlds });

/** What a disagreement prints: both views, the first event at which they part, and the drill, as small as it gets. */
export function disagreementText(plan: WorldPlan, played: Played, opinion: Opinion = ruleBook): string {
  const { disagreement, lines, events } = played;
  if (disagreement === undefined) return '';
  const small = shrink(lines, plan.seed, disagreement.rule, opinion);
  return report(small ?? { seed: plan.seed, lines, events, disagreement });
}

export interface Compared {
  readonly worlds: number;
  readonly events: number;
  /** How often each kind of event came. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** Plays worlds, one after another; throws where model and emulator part. */
export function compare(seed: number, worlds: number): Compared {
  const kinds = new Map<string, number>();
  let events = 0;
  for (const plan of plansOf(seed, worlds)) {
    const played = play(plan);
    if (played.disagreement !== undefined) throw new Error(disagreementText(plan, played));
    events += played.events.length;
    for (const { event } of played.events) kinds.set(event, (kinds.get(event) ?? 0) + 1);
  }
  return { worlds, events, kinds };
}
