import type { Language } from '../monitor/language.js';
import type { CheckFailure, Wait } from '../monitor/outcome.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { Place } from '../monitor/problem.js';
import type { Scope } from '../monitor/scope.js';
import type { World } from '../world.js';
import { DrillCursor, type NextLine } from './cursor.js';
import type { Drill } from './drillAst.js';
import { CommandEngine, type Executed } from './engine.js';
import { type DrillFailure, failureMessage } from './failure.js';
import type { Position } from './position.js';

export type RunState = 'running' | 'passed' | 'failed';

/**
 * What a move came to. `moved`: one moment further. `quiet`: there is none, and all up to the time given has been
 * run. `ended`: the drill ended without one; what comes after is the world's own.
 */
export type Moved = 'moved' | 'quiet' | 'ended';

/** A line that was run, with where the run stood before and after. */
export interface Act {
  readonly kind: 'change' | 'check';
  readonly text: string;
  readonly before: Position;
  readonly after: Position;
  readonly passed: boolean;
}

export interface RunnerOptions {
  /** Names that the world has already; none when left out. */
  readonly scope?: Scope;
  /** Told of each change, and of each check when it ends. */
  readonly acted?: (act: Act, command: ParsedCommand) => void;
  readonly said?: (lines: readonly string[], command: ParsedCommand) => void;
  /** Runs when the drill's last line has passed; gives what its end checks found. */
  readonly ending?: (runner: DrillRunner) => readonly DrillFailure[];
}

interface Waiting {
  readonly wait: Wait;
  readonly line: NextLine;
  readonly before: Position;
}

/**
 * Runs a drill moment by moment. Between moments it is always at rest: the next thing is a step of the world, or a
 * command that changes it; all lines that only wait, look or check have been run as far as they can. So where it
 * stands depends on nothing but the position, however it came there.
 */
export class DrillRunner {
  readonly world: World;
  readonly engine: CommandEngine;
  readonly #cursor: DrillCursor;
  readonly #options: RunnerOptions;
  /** Of the last line that ran, or the drill's beginning. */
  #place: Place;
  #state: RunState = 'running';
  #moment = 0;
  #isFinished = false;
  #waiting: Waiting | undefined;
  #change: NextLine | undefined;
  #isAudited = false;
  #checksPassed = 0;
  readonly failures: DrillFailure[] = [];

  constructor(world: World, drill: Drill | undefined, language: Language, options: RunnerOptions = {}) {
    this.world = world;
    this.engine = new CommandEngine(world, language, options.scope);
    this.#cursor = new DrillCursor(drill?.items ?? [], language);
    this.#options = options;
    this.#place = { file: drill?.file ?? '', line: 1, column: 1, length: 1, via: [] };
    if (drill === undefined) this.#state = 'passed';
    this.#settle();
  }

  /** The line that runs, or ran last. */
  get place(): Place {
    return this.#place;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Moments so far: steps of the world, and commands that changed it. */
  get moment(): number {
    return this.#moment;
  }

  get position(): Position {
    const { steps, nowUs } = this.world;
    return { moment: this.#moment, steps, timeUs: nowUs, isFinished: this.#isFinished };
  }

  /** Whether the end-of-drill audit has logged what it found, for the last checks of the drill. */
  get isAudited(): boolean {
    return this.#isAudited;
  }

  get checksPassed(): number {
    return this.#checksPassed;
  }

  /** Until when the drill waits, at most; Infinity when it does not wait for a time. */
  get waitsUntilUs(): number {
    return this.#waiting?.wait.untilUs ?? Number.POSITIVE_INFINITY;
  }

  /** One moment, no later than `untilUs`. */
  move(untilUs: number): Moved {
    for (;;) {
      if (this.#change !== undefined) {
        this.#runChange(this.#change);
        return 'moved';
      }
      const until = Math.min(this.waitsUntilUs, untilUs);
      if (until === Number.POSITIVE_INFINITY ? this.world.step() : this.world.stepWithin(until)) {
        this.#moment += 1;
        this.#isFinished = false;
        this.#settle();
        return 'moved';
      }
      this.#isFinished = true;
      const waiting = this.#waiting;
      if (waiting === undefined || waiting.wait.untilUs > until) return 'quiet';
      this.#waitEnded(waiting, waiting.wait.expire());
      this.#settle();
      if (this.#state !== 'running') return 'ended';
    }
  }

  /** Runs a command of an operator, between two moments of the drill. A change is a moment of its own. */
  command(command: ParsedCommand): Executed {
    if (command.declaration.effect !== 'change') return this.engine.execute(command);
    const executed = this.#execute(command);
    this.#settle();
    return executed;
  }

  /** Runs as far as can be without a moment: until the next thing is a step or a change. */
  #settle(): void {
    while (this.#change === undefined && this.#state === 'running') {
      const waiting = this.#waiting;
      if (waiting === undefined) {
        this.#nextLine();
        continue;
      }
      let verdict = waiting.wait.poll();
      const isPast = waiting.wait.untilUs < this.world.nowUs;
      if (verdict === 'waiting' && !isPast) return;
      if (verdict === 'waiting') verdict = waiting.wait.expire();
      this.#waitEnded(waiting, verdict);
    }
  }

  #nextLine(): void {
    const line = this.#cursor.next(this.engine.scope);
    if (line === undefined) {
      this.#end();
      return;
    }
    this.#place = line.command.place;
    if (line.command.declaration.effect === 'change') {
      this.#change = line;
      return;
    }
    if (line.line.isTail && line.line.asksForAudit && !this.#isAudited) {
      this.#isAudited = true;
      this.engine.audit();
    }
    this.#runLine(line);
  }

  #runLine(line: NextLine): void {
    const before = this.position;
    const executed = this.engine.execute(line.command);
    if (executed !== undefined && 'wait' in executed) {
      this.#waiting = { wait: executed.wait, line, before };
    } else if (executed !== undefined && 'refused' in executed) {
      this.#fail(line.command, executed.refused);
    } else {
      if (executed !== undefined && 'lines' in executed) this.#options.said?.(executed.lines, line.command);
      if (line.command.declaration.effect === 'check') this.#checksPassed += 1;
    }
  }

  #runChange(line: NextLine): void {
    this.#change = undefined;
    const executed = this.#execute(line.command);
    if (executed !== undefined && 'refused' in executed) this.#fail(line.command, executed.refused);
    if (executed !== undefined && 'lines' in executed) this.#options.said?.(executed.lines, line.command);
    this.#settle();
  }

  /** Runs a command that changes the world: a moment, also when it is refused. */
  #execute(command: ParsedCommand): Executed {
    const before = this.position;
    const events = this.world.log.count;
    const executed = this.engine.execute(command);
    this.#moment += 1;
    if (this.world.log.count > events) {
      this.#isFinished = false;
      const passed = executed === undefined || !('refused' in executed);
      const act: Act = { kind: 'change', text: command.text, before, after: this.position, passed };
      this.#options.acted?.(act, command);
    }
    return executed;
  }

  #waitEnded(waiting: Waiting, verdict: 'done' | 'waiting' | CheckFailure): void {
    this.#waiting = undefined;
    const { command } = waiting.line;
    const passed = verdict === 'done' || verdict === 'waiting';
    if (!passed) this.#fail(command, failureMessage(this.engine, verdict));
    if (command.declaration.effect !== 'check') return;
    if (passed) this.#checksPassed += 1;
    const { before } = waiting;
    const act: Act = { kind: 'check', text: command.text, before, after: this.position, passed };
    this.#options.acted?.(act, command);
  }

  #fail(command: ParsedCommand, message: string): void {
    this.#waiting = undefined;
    this.#state = 'failed';
    this.failures.push({ place: command.place, command: command.text, message });
  }

  #end(): void {
    this.failures.push(...(this.#options.ending?.(this) ?? []));
    this.#state = this.failures.length === 0 ? 'passed' : 'failed';
  }

  /** Audits the world and runs the end checks: each failure as one of the drill, at its end. */
  endChecks(): readonly DrillFailure[] {
    if (!this.#isAudited) this.engine.audit();
    this.#isAudited = true;
    return this.engine.endChecks().map((failure) => ({
      place: this.#place,
      command: `(at the end) ${failure.check}`,
      message: failureMessage(this.engine, failure),
    }));
  }

  get held(): readonly unknown[] {
    return [this.world, this.engine, this.#cursor, this.failures, this.#waiting?.wait.held];
  }

  keep(): () => void {
    const place = this.#place;
    const state = this.#state;
    const moment = this.#moment;
    const isFinished = this.#isFinished;
    const waiting = this.#waiting;
    const change = this.#change;
    const isAudited = this.#isAudited;
    const checksPassed = this.#checksPassed;
    return () => {
      this.#place = place;
      this.#state = state;
      this.#moment = moment;
      this.#isFinished = isFinished;
      this.#waiting = waiting;
      this.#change = change;
      this.#isAudited = isAudited;
      this.#checksPassed = checksPassed;
    };
  }
}
