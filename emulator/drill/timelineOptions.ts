import type { Language } from '../monitor/language.js';
import type { World } from '../world.js';
import type { CheckpointOptions } from './checkpoints.js';
import type { Drill } from './drillAst.js';
import type { PromptOptions } from './prompt.js';

/** RUN: the owner plays it. REWOUND: it has been further than it is. ENDED: the drill is over. */
export type TimelineMode = 'PAUSED' | 'RUN' | 'REWOUND' | 'ENDED';

export interface TimelineOptions extends PromptOptions {
  readonly language: Language;
  readonly makeWorld: () => World;
  readonly drill?: Drill | undefined;
  readonly checkpoints?: CheckpointOptions;
  /** Told what the looks of the drill say; again when the run is made again. */
  readonly said?: (lines: readonly string[]) => void;
}

export interface PlayBudget {
  readonly moments?: number;
  readonly untilUs?: number;
}
