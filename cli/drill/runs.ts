import { durationText } from '../../emulator/index.js';
import { FAILED, OutputFailed, PASSED, STOPPED } from '../exitStatus.js';
import { shellFile, shellWord } from '../shellWord.js';
import type { DrillOptions, LogMode } from './drillOptions.js';
import { type FinishedRun, type Outcome, type ReadDrill, runDrill, runTwice } from './engine.js';
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
  /** The screen on the same run, but for where. */
  readonly look: string;
}

export function plannedRun(drill: ReadDrill, seed: number, options: DrillOptions): PlannedRun {
  const defines = [...options.defines]
    .filter(([name]) => drill.drill.defaults.includes(name))
    .map(([name, value]) => ` --define ${shellWord(`${name}=${value}`)}`);
  const log = options.log === 'kept' ? '' : ` --log ${options.log}`;
  const twice = options.checkDeterminism ? ' --check-determinism' : '';
  return {
    drill,
    seed,
    log: options.log,
    twice: options.checkDeterminism,
    keepEvents: options.out !== undefined,
    rerun: `rmc-emu drill ${shellFile(drill.file)} --seed ${seed}${defines.join('')}${log}${twice}`,
    look: `rmc-emu ui ${shellFile(drill.file)} --seed ${seed}${defines.join('')}`,
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
    look: '',
  };
}

const finishedReport = (plan: PlannedRun, run: Outcome): RunReport => ({
  drill: drillName(plan.drill.file),
  file: plan.drill.file,
  seed: plan.seed,
  passed: run.status === PASSED,
  timeUs: run.timeUs,
  events: run.events,
  digest: run.digest,
  failures: run.failures,
  said: run.said,
  status: run.status,
  rerun: plan.rerun,
  look: run.status === FAILED ? `${plan.look} --at ${durationText(run.timeUs)}` : '',
});

const hasKeptWorld = (plan: PlannedRun, run: Outcome): run is FinishedRun =>
  plan.log === 'kept' && 'world' in run;

/** The events of a run for `--out`: of all runs when the log is kept, else of those that failed, which run again. */
function writeEvents(plan: PlannedRun, run: Outcome, report: RunReport, outputs: Outputs): void {
  if (plan.log !== 'kept' && report.passed) return;
  const { world, events } = hasKeptWorld(plan, run) ? run : runDrill(plan.drill, plan.seed, 'kept');
  outputs.events(report, events, (number) => world.log.read(number));
}

/** Runs one drill with one seed and says how it went. */
export function runPlanned(plan: PlannedRun, outputs: Outputs): RunReport {
  try {
    const run = (plan.twice ? runTwice : runDrill)(plan.drill, plan.seed, plan.log);
    const report = finishedReport(plan, run);
    if (plan.keepEvents) writeEvents(plan, run, report, outputs);
    return report;
  } catch (error) {
    if (error instanceof OutputFailed) throw error;
    return stoppedReport(plan, error);
  }
}
