import { createColors } from 'picocolors';
import { clockText, type Problem, problemText } from '../../emulator/index.js';
import { spanText } from '../../nodes/index.js';
import { NOT_DETERMINISTIC } from '../exitStatus.js';
import { counted, printable } from '../printable.js';
import type { Failure, Reporter, RunReport, Summary, Write } from './report.js';

type Colors = ReturnType<typeof createColors>;

export interface PrettyOptions {
  readonly color: boolean;
  /** Only what failed. */
  readonly quiet: boolean;
  /** Seeds are shown when there is more than one, or another than the usual. */
  readonly showSeed: boolean;
  /** Each run was made twice, and compared. */
  readonly isTwice: boolean;
}

const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `${by}${line}`))
    .join('\n');

const named = (report: RunReport, showSeed: boolean): string =>
  printable(showSeed ? `${report.file}  seed ${report.seed}` : report.file);

function runLine(report: RunReport, options: PrettyOptions, colors: Colors): string {
  const mark = report.passed ? colors.blue('  ok  ') : colors.bold(colors.yellow(' FAIL '));
  const facts = `${clockText(report.timeUs)} s  ${counted(report.events, 'event')}  ${report.digest}`;
  return `${mark} ${named(report, options.showSeed)}  ${colors.dim(facts)}\n`;
}

function failureText(failure: Failure, colors: Colors): string {
  const place = printable(`${failure.file}:${failure.line}:${failure.column}`);
  const command = failure.command === '' ? '' : `: ${printable(failure.command)}`;
  return `   ${colors.bold(`${place}${command}`)}\n${indented(printable(failure.message), '     ')}\n`;
}

function failedRun(report: RunReport, options: PrettyOptions, colors: Colors): string {
  const head = `${colors.bold(colors.yellow('FAILED'))} ${named(report, options.showSeed)}\n`;
  const failures = report.failures.map((failure) => failureText(failure, colors)).join('');
  return `\n${head}${failures}   run just this one: ${report.rerun}\n${report.look === '' ? '' : `   look at it: ${report.look}\n`}`;
}

function summaryLine(summary: Summary, isTwice: boolean): string {
  const passed = summary.runs.filter((report) => report.passed).length;
  const failed = summary.runs.length - passed;
  const manyRuns = summary.runs.length + summary.notRun !== summary.drills;
  const runs = manyRuns ? `, ${counted(summary.runs.length, 'run')}` : '';
  const notRun = summary.notRun === 0 ? '' : `, ${summary.notRun} not run`;
  const elapsed = spanText(Math.round(summary.elapsedMs) * 1_000);
  const differ = summary.runs.filter(({ status }) => status === NOT_DETERMINISTIC).length;
  const twice = isTwice
    ? `; each was run twice, ${differ === 0 ? 'and came out the same' : `${differ} came out differently`}`
    : '';
  return `${counted(summary.drills, 'drill')}${runs}: ${passed} passed, ${failed} failed${notRun}${twice}  (${elapsed})\n`;
}

/** All problems of all files, a line each, then how many. */
export function problemsText(problems: readonly Problem[]): string {
  const lines = problems.map((problem) => `${printable(problemText(problem))}\n`);
  const files = new Set(problems.map(({ file }) => file)).size;
  return `${lines.join('')}${counted(problems.length, 'problem')} in ${counted(files, 'file')}; nothing has run\n`;
}

/** For people: a line a run, then each failure with its place, its reasons and the command that runs it alone. */
export function prettyReporter(write: Write, options: PrettyOptions): Reporter {
  const colors = createColors(options.color);
  return {
    problems() {}, // they go to standard error, whatever reports
    checked(drills) {
      if (!options.quiet) write(`${counted(drills, 'drill')}: nothing wrong in the text; nothing has run\n`);
    },
    run(report) {
      if (options.quiet) return;
      write(runLine(report, options, colors));
      for (const line of report.said) write(`       ${printable(line)}\n`);
    },
    end(summary) {
      for (const report of summary.runs) if (!report.passed) write(failedRun(report, options, colors));
      const failed = summary.runs.some((report) => !report.passed);
      if (options.quiet && !failed) return;
      write(
        `\n${failed ? colors.bold(summaryLine(summary, options.isTwice)) : summaryLine(summary, options.isTwice)}`,
      );
    },
  };
}
