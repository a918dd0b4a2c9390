import { type Problem, problemText, type Timeline, timeText } from '../emulator/index.js';
import type { ReadDrill } from './drill/engine.js';
import { type ExitStatus, FAILED, PASSED, STOPPED, WRONG } from './exitStatus.js';
import { printable } from './printable.js';
import { newTimeline } from './session.js';

/** What is printed for a line, and how it went. */
export interface LineAnswer {
  readonly lines: readonly string[];
  readonly status: ExitStatus;
}

/** Lines of an operator, one after the other, each with what is to be printed for it. */
export class MonitorSession {
  readonly timeline: Timeline;
  /** Whether errors say which line it was: on a terminal that is in sight. */
  readonly #numbered: boolean;
  #number = 0;
  /** Where the lines that are taken as one (`repeat` … `end`) begin; 0 when none are open. */
  #openFrom = 0;
  #told: Timeline['state'];
  /** What the drill's looks showed since the last answer. */
  readonly #said: string[] = [];

  constructor(read: ReadDrill | undefined, seed: number, numbered: boolean) {
    const said = (lines: readonly string[]): void => void this.#said.push(...lines);
    this.timeline = newTimeline(read, { seed, isPaced: false, said });
    this.#numbered = numbered;
    this.#told = this.timeline.state;
  }

  /** A `repeat` waits for its `end`. */
  get isOpen(): boolean {
    return this.#openFrom > 0;
  }

  line(text: string): LineAnswer {
    this.#number += 1;
    const { generation } = this.timeline;
    const from = this.isOpen ? this.#openFrom : this.#number;
    const { lines, problem, problems, isOpen } = this.timeline.command(text);
    this.#openFrom = isOpen === true ? from : 0;
    const said = this.#said.splice(0);
    // A run that was made again says again what has been said.
    const isElsewhere = generation !== this.timeline.generation;
    const fresh = isElsewhere ? (problem === undefined ? this.#where() : []) : said;
    const shown = [...fresh, ...lines].map(printable);
    if (problems !== undefined) {
      return { lines: [...shown, ...problems.map((each) => this.#wrong(each, from))], status: WRONG };
    }
    const refused = problem === undefined ? [] : [this.#error(problem, from)];
    const failures = this.#drillEnded();
    const failed = refused.length > 0 || this.#told === 'failed';
    const stopped = this.timeline.limit !== undefined;
    return {
      lines: [...shown, ...refused, ...failures],
      status: stopped ? STOPPED : failed ? FAILED : PASSED,
    };
  }

  /** After a jump: nothing else says where the run stands. */
  #where(): readonly string[] {
    const { world } = this.timeline;
    return [`now at ${timeText(world.nowUs)}, event @${world.log.count}`];
  }

  /** Drops a `repeat` that is open; what is to be said of it. */
  abandon(): readonly string[] {
    this.#openFrom = 0;
    return this.timeline.prompt.abandon() ? ['the repeat is dropped: nothing of it was run'] : [];
  }

  /** The end of the input. */
  end(): LineAnswer {
    if (!this.isOpen) return { lines: [], status: PASSED };
    return { lines: [this.#error('this repeat has no end: it was not run', this.#openFrom)], status: WRONG };
  }

  #wrong(problem: Problem, from: number): string {
    if (problem.file !== '') return `error: ${printable(problemText(problem))}`;
    // Its place is said as people say it; problemText has the rest.
    const text = problemText(problem).replace(/^\d+:\d+: /, '');
    return this.#error(text, from + problem.line - 1, problem.column);
  }

  #error(message: string, line: number, column?: number): string {
    const place = [
      ...(this.#numbered ? [`line ${line}`] : []),
      ...(column === undefined ? [] : [`column ${column}`]),
    ].join(', ');
    return `error: ${place}${place === '' ? '' : ': '}${printable(message)}`;
  }

  /** Said once, when the drill has come to its end; going back takes it back. */
  #drillEnded(): readonly string[] {
    const { state, failures, checks, session } = this.timeline;
    if (state === this.#told || session.drill === undefined) return [];
    this.#told = state;
    if (state === 'running') return [];
    if (state === 'passed') return [`the drill has passed: ${checks.passed} of ${checks.total} checks`];
    return failures.flatMap(({ place, command, message }) => [
      printable(`error: ${place.file}:${place.line}:${place.column}: ${command}`),
      ...printable(message)
        .split('\n')
        .map((line) => `  ${line}`),
    ]);
  }
}
