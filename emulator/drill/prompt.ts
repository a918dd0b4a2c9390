import type { PromptRequest, Wait } from '../monitor/outcome.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import { type Problem, problemText } from '../monitor/problem.js';
import { splitLine } from '../monitor/words.js';
import { branchLines, branchNamed, branchProblem, diffLines } from './branchText.js';
import { DrillCursor } from './cursor.js';
import { failureMessage } from './failure.js';
import { type Jump, jumpProblem } from './jumps.js';
import { parseDrill } from './parseDrill.js';
import type { ReadFile } from './readTree.js';
import type { Timeline } from './timeline.js';

/** What the prompt answers to a line. */
export interface Answer {
  readonly lines: readonly string[];
  /** What is wrong with the line, or why it failed; nothing was changed by a line that is wrong or refused. */
  readonly problem?: string;
  /** Places in the line, where its text is wrong. */
  readonly problems?: readonly Problem[];
  /** A `repeat` is open: the lines up to its `end` are taken as one. */
  readonly isOpen?: boolean;
}

export interface PromptOptions {
  readonly readFile?: ReadFile;
  /** Writes a saved drill; answers why it cannot. Without it nothing can be saved. */
  readonly writeFile?: (file: string, text: string, force: boolean) => string | undefined;
  /** `continue` only says so: the owner plays the timeline at its own pace. */
  readonly isPaced?: boolean;
}

/** How far `continue` goes where no drill says when to stop. */
const CONTINUE_US = 10_000_000;
const MOST_OPEN_LINES = 10_000;

/** Takes the lines that an operator types, one at a time. */
export class Prompt {
  readonly #timeline: Timeline;
  readonly #options: PromptOptions;
  readonly #defaults = new Map<string, string>();
  #open: string[] = [];
  #depth = 0;

  constructor(timeline: Timeline, options: PromptOptions) {
    this.#timeline = timeline;
    this.#options = options;
  }

  line(line: string): Answer {
    this.#count(line);
    this.#open.push(line);
    if (this.#depth > 0 && this.#open.length < MOST_OPEN_LINES) return { lines: [], isOpen: true };
    const text = this.#open.join('\n');
    this.#open = [];
    this.#depth = 0;
    const { language } = this.#timeline.session;
    const { readFile } = this.#options;
    const parsed = parseDrill(text, '', language, {
      prompt: { scope: this.#timeline.scope, defaults: this.#defaults },
      ...(readFile === undefined ? {} : { readFile }),
    });
    if ('problems' in parsed) {
      return { lines: [], problem: parsed.problems.map(problemText).join('\n'), problems: parsed.problems };
    }
    const cursor = new DrillCursor(parsed.drill.items, language);
    const lines: string[] = [];
    for (let next = cursor.next(this.#timeline.scope); next; next = cursor.next(this.#timeline.scope)) {
      const answer = this.#command(next.command);
      lines.push(...answer.lines);
      if (answer.problem !== undefined) return { lines, problem: answer.problem };
    }
    return { lines };
  }

  /** A `repeat` waits for its `end`. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Drops an open `repeat`, of which nothing has been run; whether one was open. */
  abandon(): boolean {
    const { isOpen } = this;
    this.#open = [];
    this.#depth = 0;
    return isOpen;
  }

  #count(line: string): void {
    const [first] = splitLine(line, () => '').words;
    if (first === undefined || first.quoted) return;
    if (first.text === 'repeat') this.#depth += 1;
    if (first.text === 'end') this.#depth -= 1;
  }

  #command(command: ParsedCommand): Answer {
    if (command.declaration.effect === 'change') {
      const { refused, lines } = this.#timeline.change(command);
      return refused === undefined ? { lines } : { lines: [], problem: `refused: ${refused}` };
    }
    // At the prompt a step is also a command of the drill, so that it can be seen.
    if (command.declaration.name === 'step') {
      const count = Number(command.args.get('n') ?? 1);
      return this.#after(this.#timeline.step(count) < count ? ['nothing more happens'] : []);
    }
    const executed = this.#timeline.execute(command);
    if (executed === undefined) return { lines: [] };
    if ('refused' in executed) return { lines: [], problem: `refused: ${executed.refused}` };
    if ('lines' in executed) return { lines: executed.lines };
    return 'wait' in executed ? this.#wait(command, executed.wait) : this.#request(executed.request);
  }

  /** Runs the world, and the drill with it, until the command has what it waits for. */
  #wait(command: ParsedCommand, wait: Wait): Answer {
    const timeline = this.#timeline;
    const before = timeline.position;
    let verdict = wait.poll();
    while (verdict === 'waiting') {
      const isPast = wait.untilUs < timeline.world.nowUs;
      const moved = isPast ? 'quiet' : timeline.move(wait.untilUs);
      if (timeline.limit !== undefined) return { lines: [], problem: timeline.limit };
      verdict = wait.poll();
      if (verdict === 'waiting' && moved === 'quiet') verdict = wait.expire();
    }
    const failure = verdict === 'done' ? undefined : verdict;
    const passed = failure === undefined;
    const isCheck = command.declaration.effect === 'check';
    if (isCheck) {
      timeline.checked({ kind: 'check', text: command.text, before, after: timeline.position, passed });
    }
    if (passed) return this.#after(isCheck ? [`passed: ${command.text}`] : []);
    return { lines: [], problem: failureMessage(timeline.runner.engine, failure) };
  }

  #request(request: PromptRequest): Answer {
    const timeline = this.#timeline;
    switch (request.kind) {
      case 'continue':
        return this.#continue();
      case 'back':
      case 'forward':
      case 'gotoTime':
      case 'gotoEvent':
        return this.#jump(request);
      case 'branches':
        return { lines: branchLines(timeline) };
      case 'branch':
      case 'diff':
        return this.#branch(request);
      case 'save':
        return this.#save(request.file, request.force, request.expect);
    }
  }

  /** Goes where it was asked to, or says why not and stays. */
  #jump(request: Jump): Answer {
    const timeline = this.#timeline;
    const problem = jumpProblem(timeline, request);
    if (problem !== undefined) return { lines: [], problem };
    if (request.kind === 'gotoTime') timeline.gotoTime(request.timeUs);
    else if (request.kind === 'gotoEvent') timeline.gotoEvent(request.event);
    else if (request.kind === 'back') timeline.back(request.count);
    else timeline.forward(request.count);
    return this.#after([]);
  }

  #branch({ kind, name }: Extract<PromptRequest, { kind: 'branch' | 'diff' }>): Answer {
    const found = branchNamed(this.#timeline, name);
    if ('problem' in found) return { lines: [], problem: found.problem };
    const problem = branchProblem(this.#timeline, found, kind);
    if (problem !== undefined) return { lines: [], problem };
    if (kind === 'diff') return { lines: diffLines(this.#timeline, found) };
    this.#timeline.enter(found);
    return this.#after([]);
  }

  #continue(): Answer {
    const timeline = this.#timeline;
    if (this.#options.isPaced === true) {
      timeline.isRunning = true;
      return { lines: [] };
    }
    const isOver = timeline.state !== 'running';
    timeline.play(isOver ? { untilUs: timeline.world.nowUs + CONTINUE_US } : {});
    return this.#after([]);
  }

  #save(file: string, force: boolean, expect: boolean): Answer {
    const { writeFile } = this.#options;
    if (writeFile === undefined) return { lines: [], problem: 'nothing can be saved here' };
    const saved = this.#timeline.save({ expect });
    if ('problem' in saved) return { lines: [], problem: saved.problem };
    const problem = writeFile(file, saved.text, force);
    return problem === undefined ? { lines: [`saved ${file}`] } : { lines: [], problem };
  }

  #after(lines: readonly string[]): Answer {
    const { limit } = this.#timeline;
    return limit === undefined ? { lines } : { lines, problem: limit };
  }
}
