import fc from 'fast-check';
import type { Opinion } from '../opinion.js';
import { ruleBook } from '../opinion.js';
import { usesOf } from './kinds.js';
import type { Played } from './play.js';
import { report } from './report.js';
import { shrink } from './shrink.js';
import { play, type WorldPlan, worldPlans } from './worlds.js';

/** The worlds of a seed, always the same. */
export const plansOf = (seed: number, worlds: number): readonly WorldPlan[] =>
  fc.sample(worldPlans, { seed, numRuns: worlds });

/** What a disagreement prints: both views, the first event at which they part, and the drill, as small as it gets. */
export function disagreementText(plan: WorldPlan, played: Played, opinion: Opinion = ruleBook): string {
  const { disagreement, lines, events } = played;
  if (disagreement === undefined) return '';
  const small = shrink(lines, plan.seed, disagreement, opinion);
  return report(small ?? { seed: plan.seed, lines, events, disagreement });
}

export interface Compared {
  readonly worlds: number;
  readonly events: number;
  /** How often each kind of event came. */
  readonly kinds: ReadonlyMap<string, number>;
  /** What the operators made use of. */
  readonly uses: ReadonlySet<string>;
  /** What was not judged, and why. */
  readonly excused: readonly string[];
}

/** Plays worlds, one after another; throws where model and emulator part. */
export function compare(seed: number, worlds: number): Compared {
  const kinds = new Map<string, number>();
  const uses = new Set<string>();
  const excused: string[] = [];
  let events = 0;
  for (const plan of plansOf(seed, worlds)) {
    const played = play(plan);
    if (played.disagreement !== undefined) throw new Error(disagreementText(plan, played));
    events += played.events.length;
    excused.push(...played.excused.keys());
    for (const event of played.events) {
      kinds.set(event.event, (kinds.get(event.event) ?? 0) + 1);
      for (const use of event.event === 'command' ? usesOf(event) : []) uses.add(use);
    }
  }
  return { worlds, events, kinds, uses, excused };
}
