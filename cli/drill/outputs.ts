import { join } from 'node:path';
import type { LoggedEvent, Problem } from '../../emulator/index.js';
import { OutputFailed, UsageError } from '../exitStatus.js';
import { type Host, wantsColor } from '../host.js';
import type { DrillOptions, ReporterChoice } from './drillOptions.js';
import { jsonReporter } from './json.js';
import { prettyReporter } from './pretty.js';
import type { Reporter, RunReport, Summary, Write } from './report.js';
import { fileSink, outFolder, type Sink } from './sinks.js';

/** One JSON line an event: number, time, cause, name, then its fields. */
export function eventLine(event: LoggedEvent): string {
  const { number, timeUs, cause } = event;
  const known = { number, time_us: timeUs, cause, event: event.event };
  return `${JSON.stringify({ ...known, ...Object.fromEntries(event.fields) })}\n`;
}

/** Once something has run, a file that cannot be opened is no longer a fault of the command line. */
function duringRun(open: () => Sink): Sink {
  try {
    return open();
  } catch (error) {
    throw error instanceof UsageError ? new OutputFailed(error.message) : error;
  }
}

/** All that a run of drills writes: its reporters, and the folder of `--out`. Opened before anything runs. */
export class Outputs {
  readonly #reporters: readonly Reporter[];
  readonly #sinks: Sink[] = [];
  readonly #out: string | undefined;
  readonly #names = new Set<string>();

  constructor(options: DrillOptions, color: boolean | undefined, host: Host) {
    const reporter = ({ name, file }: ReporterChoice): Reporter => {
      const write = file === undefined ? host.out : this.#open(file, `--reporter ${name}=${file}`);
      if (name === 'json') return jsonReporter(write, options.seed);
      return prettyReporter(write, {
        color: file === undefined ? wantsColor(color, host) : color === true,
        quiet: options.quiet,
        showSeed: options.seeds > 1 || options.seed !== 1,
        isTwice: options.checkDeterminism,
      });
    };
    this.#out = options.out;
    if (options.out !== undefined) outFolder(options.out);
    const toFolder = options.out === undefined ? [] : [this.#results(options.out, options.seed)];
    this.#reporters = [...options.reporters.map(reporter), ...toFolder];
  }

  problems(problems: readonly Problem[]): void {
    for (const reporter of this.#reporters) reporter.problems(problems);
  }

  /** The texts are right, and nothing was to run. */
  checked(drills: number): void {
    for (const reporter of this.#reporters) reporter.checked(drills);
  }

  run(report: RunReport): void {
    for (const reporter of this.#reporters) reporter.run(report);
  }

  /** Writes the events of a run into the folder of `--out`, as JSON lines. */
  events(report: RunReport, count: number, read: (number: number) => LoggedEvent): void {
    if (this.#out === undefined) return;
    const file = join(this.#out, `${this.#name(report)}.jsonl`);
    const sink = duringRun(() => fileSink(file, '--out'));
    for (let from = 1; from <= count; from += 1000) {
      const lines: string[] = [];
      for (let number = from; number < from + 1000 && number <= count; number += 1) {
        lines.push(eventLine(read(number)));
      }
      sink.write(lines.join(''));
    }
    sink.close();
  }

  end(summary: Summary): void {
    for (const reporter of this.#reporters) reporter.end(summary);
  }

  close(): void {
    for (const sink of this.#sinks) sink.close();
  }

  #open(file: string, what: string): Write {
    const sink = fileSink(file, what);
    this.#sinks.push(sink);
    return sink.write;
  }

  #results(folder: string, seed: number): Reporter {
    return jsonReporter(this.#open(join(folder, 'results.json'), '--out'), seed);
  }

  /** A name for the run's file, different for each: two drills of one name may lie in two folders. */
  #name(report: RunReport): string {
    const plain = report.file.replace(/\.drill$/, '').replace(/[^A-Za-z0-9._-]+/g, '_');
    const name = `${plain}.seed${report.seed}`;
    let free = name;
    for (let count = 2; this.#names.has(free); count += 1) free = `${name}-${count}`;
    this.#names.add(free);
    return free;
  }
}
