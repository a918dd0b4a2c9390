import { type Divergence, divergenceLines } from '../divergence/divergence.js';
import { lockstep, type Runnable } from '../divergence/lockstep.js';
import type { Language } from '../monitor/language.js';
import type { World } from '../world.js';
import type { Drill } from './drillAst.js';
import { DrillRun } from './drillRun.js';
import type { DrillResult } from './result.js';

export interface DeterminismResult {
  /** Of the first run; its exit code is 3 when the runs differ. */
  readonly result: DrillResult;
  readonly difference: Divergence | undefined;
}

/** Runs a drill twice, side by side, each on a world of its own, and finds the first event that differs. */
export function checkDeterminism(
  makeWorld: () => World,
  drill: Drill,
  language: Language,
): DeterminismResult {
  const one = new DrillRun(makeWorld(), drill, language);
  const other = new DrillRun(makeWorld(), drill, language);
  const difference = lockstep(runnable('first run', one), runnable('second run', other));
  const result = one.result();
  if (difference === undefined) return { result, difference };
  const failure = {
    ...{ file: drill.file, line: 1, column: 1, command: '' },
    message: ['not deterministic:', ...divergenceLines(difference)].join('\n'),
  };
  return {
    result: { ...result, passed: false, failures: [...result.failures, failure], exitCode: 3 },
    difference,
  };
}

const runnable = (name: string, run: DrillRun): Runnable => ({
  name,
  world: run.world,
  get isOver() {
    return run.state !== 'running';
  },
  advance: (moments) => {
    run.advance(moments);
  },
});
