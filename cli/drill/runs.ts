import { type ExitStatus, FAILED, NOT_DETERMINISTIC, OutputFailed, PASSED, STOPPED } from '../exitStatus.js';
import { shellFile, shellWord } from '../shellWord.js';
import { type Comparable, differenceText } from './determinism.js';
import type { DrillOptions, LogMode } from './drillOptions.js';
import { type FinishedRun, type ReadDrill, runDrill } from './engine.js';
import { drillName } from './json.js';
import type { Outputs } from './outputs.js';
import type { Failure, RunReport } from './report.js';

/** One run that is to take place. */
export interface PlannedRun {
  readonly drill: ReadDrill;
  readonly seed: number;
  readonly log: LogMode;
  readonly twice: boolean;
  readonly keepEvents: boolean;
  readonly rerun: string;
}

export function plannedRun(drill: ReadDrill, seed: number, options: DrillOptions): PlannedRun {
  const defines = [...options.defines].map(([name, value]) => ` --define ${shellWord(`${name}=${value}`)}`);
  const log = options.log === 'kept' ? '' : ` --log ${options.log}`;
  const twice = options.checkDeterminism ? ' --check-determinism' : '';
  return {
    drill,
    seed,
    log: options.log,
    twice: options.checkDeterminism,
    keepEvents: options.out !== undefined,
    rerun: `rmc-emu drill ${shellFile(drill.file)} --seed ${seed}${defines.join('')}${log}${twice}`,
  };
}

const atStart = ({ drill }: PlannedRun, message: string): Failure => ({
  file: drill.file,
  line: 1,
  column: 1,
  command: '',
  message,
});

/** A limit, or a mistake of ours: the run that met it failed, the others can go on. */
function stoppedReport(plan: PlannedRun, error: unknown): RunReport {
  const text = error instanceof Error ? error.message : String(error);
  const isLimit = error instanceof Error && error.name === 'LimitReached';
  const stack = error instanceof Error && !isLimit ? `\n${error.stack ?? ''}` : '';
  return {
    drill: drillName(plan.drill.file),
    file: plan.drill.file,
    seed: plan.seed,
    passed: false,
    timeUs: 0,
    events: 0,
    digest: '',
    said: [],
    failures: [atStart(plan, isLimit ? text : `internal error, please report it: ${text}${stack}`)],
    status: STOPPED,
    rerun: plan.rerun,
  };
}

/** Runs once more, and compares. What is not kept is run in full before it is said which event was first. */
function difference(plan: PlannedRun, first: FinishedRun): string | undefined {
  const second = runDrill(plan.drill, plan.seed, plan.log);
  const text = differenceText(first, second);
  if (text === undefined || plan.log === 'kept') return text;
  const kept = (): Comparable => runDrill(plan.drill, plan.seed, 'kept');
  return differenceText(kept(), kept()) ?? text;
}

function statusOf(run: FinishedRun, different: boolean): ExitStatus {
  if (run.status === STOPPED) return STOPPED;
  if (different) return NOT_DETERMINISTIC;
  return run.failures.length === 0 ? PASSED : run.status === PASSED ? FAILED : run.status;
}

function finishedReport(plan: PlannedRun, run: FinishedRun): RunReport {
  const different = plan.twice ? difference(plan, run) : undefined;
  const failures = different === undefined ? run.failures : [...run.failures, atStart(plan, different)];
  return {
    drill: drillName(plan.drill.file),
    file: plan.drill.file,
    seed: plan.seed,
    passed: failures.length === 0,
    timeUs: run.timeUs,
    events: run.events,
    digest: run.digest,
    failures,
    said: run.said,
    status: statusOf(run, different !== undefined),
    rerun: plan.rerun,
  };
}

/** The events of a run for `--out`: of all runs when the log is kept, else of those that failed, run again. */
function writeEvents(plan: PlannedRun, run: FinishedRun, report: RunReport, outputs: Outputs): void {
  const kept = plan.log === 'kept';
  if (!kept && report.passed) return;
  const full = kept ? run : runDrill(plan.drill, plan.seed, 'kept');
  outputs.events(report, full.events, (number) => full.event(number)!);
}

/** Runs one drill with one seed and says how it went. */
export function runPlanned(plan: PlannedRun, outputs: Outputs): RunReport {
  try {
    const run = runDrill(plan.drill, plan.seed, plan.log);
    const report = finishedReport(plan, run);
    if (plan.keepEvents) writeEvents(plan, run, report, outputs);
    return report;
  } catch (error) {
    if (error instanceof OutputFailed) throw error;
    return stoppedReport(plan, error);
  }
}
