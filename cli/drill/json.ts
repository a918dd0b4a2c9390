import { basename } from 'node:path';
import { type Problem, problemText } from '../../emulator/index.js';
import type { Failure, Reporter, RunReport, Write } from './report.js';

/** The name of a drill: that of its file, without folder and ending. */
export const drillName = (file: string): string => basename(file).replace(/\.drill$/, '');

/** One entry of `results`. */
interface JsonResult {
  readonly drill: string;
  readonly file: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly time_us: number;
  readonly events: number;
  readonly digest: string;
  readonly failures: readonly Omit<Failure, 'file'>[];
}

const jsonResult = (report: RunReport): JsonResult => ({
  drill: report.drill,
  file: report.file,
  seed: report.seed,
  passed: report.passed,
  time_us: report.timeUs,
  events: report.events,
  digest: report.digest,
  failures: report.failures.map(({ file, line, column, command, message }) => ({
    ...{ line, column, command },
    message: file === report.file ? message : `in ${file}: ${message}`,
  })),
});

/** `{"version":1,"results":[…]}` with one entry a run, in the order of the runs, a line each. */
export function resultsText(results: readonly JsonResult[]): string {
  const lines = results.map((result) => `\n${JSON.stringify(result)}`);
  return `{"version":1,"results":[${lines.join(',')}${lines.length > 0 ? '\n' : ''}]}\n`;
}

/** A file with a wrong text as a result: nothing has run, its problems are the failures. */
function wrongText(file: string, problems: readonly Problem[], seed: number): JsonResult {
  return {
    drill: drillName(file),
    file,
    seed,
    passed: false,
    time_us: 0,
    events: 0,
    digest: '',
    failures: problems.map((problem) => ({
      line: problem.line,
      column: problem.column,
      command: problem.source ?? '',
      message: problemText(problem),
    })),
  };
}

export function jsonReporter(write: Write, seed: number): Reporter {
  const reports: RunReport[] = [];
  return {
    problems(problems) {
      const files = [...new Set(problems.map((problem) => problem.file))];
      write(
        resultsText(
          files.map((file) =>
            wrongText(
              file,
              problems.filter((problem) => problem.file === file),
              seed,
            ),
          ),
        ),
      );
    },
    checked() {
      write(resultsText([]));
    },
    run(report) {
      reports.push(report);
    },
    end() {
      write(resultsText(reports.map(jsonResult)));
    },
  };
}
