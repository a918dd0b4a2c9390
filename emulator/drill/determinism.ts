import type { Language } from '../monitor/language.js';
import type { World } from '../world.js';
import type { Drill } from './drillAst.js';
import { DrillRun } from './drillRun.js';
import { eventText } from './eventText.js';
import type { DrillResult } from './result.js';

/** The first event that differs between two runs; a text is undefined where that run had ended. */
export interface FirstDifference {
  readonly event: number;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

export interface DeterminismResult {
  /** Of the first run; its exit code is 3 when the runs differ. */
  readonly result: DrillResult;
  readonly difference: FirstDifference | undefined;
}

/** Moments that each run makes before the two are compared again. */
const STRIDE = 1_000;

/** Runs a drill twice, side by side, each on a world of its own, and finds the first event that differs. */
export function checkDeterminism(
  makeWorld: () => World,
  drill: Drill,
  language: Language,
): DeterminismResult {
  const one = new DrillRun(makeWorld(), drill, language);
  const other = new DrillRun(makeWorld(), drill, language);
  let compared = 0;
  while (one.state === 'running' || other.state === 'running') {
    one.advance(STRIDE);
    other.advance(STRIDE);
    if (one.world.log.digest() !== other.world.log.digest()) break;
    compared = one.world.log.count;
  }
  const result = one.result();
  if (one.world.log.digest() === other.world.log.digest()) return { result, difference: undefined };
  const difference = firstDifference(one.world, other.world, compared + 1);
  const failure = {
    ...{ file: drill.file, line: 1, column: 1, command: '' },
    message: `not deterministic: two runs first differ at event ${difference.event}\n  ${difference.first ?? '(ended)'}\n  ${difference.second ?? '(ended)'}`,
  };
  return {
    result: { ...result, passed: false, failures: [...result.failures, failure], exitCode: 3 },
    difference,
  };
}

function firstDifference(one: World, other: World, from: number): FirstDifference {
  let event = Math.max(from, one.log.firstKept, other.log.firstKept);
  const last = Math.min(one.log.count, other.log.count);
  while (event <= last && isSame(one, other, event)) event += 1;
  return { event, first: textAt(one, event), second: textAt(other, event) };
}

function isSame(one: World, other: World, event: number): boolean {
  const [first, second] = [one.log.read(event), other.log.read(event)];
  return eventText(first) === eventText(second) && first.cause === second.cause;
}

const textAt = (world: World, event: number): string | undefined =>
  event <= world.log.count ? eventText(world.log.read(event)) : undefined;
