import { LimitReached } from '../limits.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { Scope } from '../monitor/scope.js';
import type { World } from '../world.js';
import { type Branch, Branches, FIRST_BRANCH, type Fork, forkOf } from './branches.js';
import { Checkpoints, type Stop } from './checkpoints.js';
import type { Executed } from './engine.js';
import type { DrillFailure } from './failure.js';
import { type JournalEntry, JournalRun, type Session } from './journal.js';
import { lastChange } from './lastChange.js';
import { comparePositions, type Position, START } from './position.js';
import { type Answer, Prompt } from './prompt.js';
import { provenDrill } from './provenDrill.js';
import type { Act, Moved, RunState } from './runner.js';
import { savedDrill } from './saveText.js';
import { seenChecks } from './seenChecks.js';
import type { PlayBudget, TimelineMode, TimelineOptions } from './timelineOptions.js';

/**
 * A session on a world: a drill, or none, and what an operator does. It can go back and forward: to the last
 * checkpoint before, and from there by running again. One step is one entry of the event queue that shows something, or one
 * command that changes the world. Nothing here reads a clock: the owner calls {@link play} as its pace says.
 */
export class Timeline {
  readonly session: Session;
  readonly prompt: Prompt;
  readonly #run: JournalRun;
  readonly #checkpoints: Checkpoints;
  readonly #journal: JournalEntry[] = [];
  /** Checks that the operator made; those of the drill are in the run. */
  #checks: Act[] = [];
  #horizon: Position = START;
  #eventHorizon = 0;
  /** Where it went back from last: so many steps forward again is just there. */
  #left: Position = START;
  #generation = 0;
  /** What the end checks of the drill found, once they have been made. */
  #verdict: readonly DrillFailure[] | undefined;
  #limit: string | undefined;
  readonly #branches = new Branches();
  /** What is known of the branch that the session is on, but for what follows from the run. */
  #own: Pick<Branch, 'name' | 'from'> = FIRST_BRANCH;
  /** Whether the owner should call {@link play}; set by `continue`, cleared when the drill ends. */
  isRunning = false;

  constructor(options: TimelineOptions) {
    this.session = { ...options, drill: options.drill };
    this.prompt = new Prompt(this, options);
    this.#run = new JournalRun(this.session, this.#journal, () => this.#endChecks());
    this.#checkpoints = new Checkpoints([this.#run], options.checkpoints);
    this.#checkpoints.mustFit(this.world);
    this.#run.runner.engine.history = {
      lastChange: (read) => lastChange(this.#run, this.#checkpoints, read),
    };
    this.#seen();
  }

  get world(): World {
    return this.#run.runner.world;
  }

  /** The names that a line at the prompt may use. */
  get scope(): Scope {
    return this.#run.runner.engine.scope;
  }

  /** Changes whenever the world was brought to another moment than the next. */
  get generation(): number {
    return this.#generation;
  }

  /** Of the drill; `passed` where there is none. */
  get state(): RunState {
    return this.#run.runner.state;
  }

  get failures(): readonly DrillFailure[] {
    return this.#run.runner.failures;
  }

  get checks(): { readonly passed: number; readonly total: number } {
    return { passed: this.#run.runner.checksPassed, total: this.session.drill?.checks ?? 0 };
  }

  get position(): Position {
    return this.#run.runner.position;
  }

  /** Lines that changed the world so far, and checks, each with where it was run. */
  get acts(): readonly Act[] {
    return this.#run.acts;
  }

  /** Steps so far. */
  get steps(): number {
    return this.#run.runner.moment;
  }

  /** The furthest step that this branch has been to. */
  get horizon(): number {
    return this.#horizon.moment;
  }

  /** The latest virtual time that this branch has been to. */
  get horizonUs(): number {
    return Math.max(this.#horizon.timeUs, this.world.nowUs);
  }

  /** The last event that this branch has seen. */
  get lastEvent(): number {
    return Math.max(this.#eventHorizon, this.world.log.count);
  }

  get mode(): TimelineMode {
    if (this.isRunning) return 'RUN';
    if (this.isRewound) return 'REWOUND';
    return this.session.drill !== undefined && this.state !== 'running' ? 'ENDED' : 'PAUSED';
  }

  /** The oldest moment that one can go back to: the start, unless the log has let go of the events after it. */
  get oldest(): Pick<Stop, 'position' | 'events'> {
    return this.#checkpoints.first;
  }

  get isRewound(): boolean {
    return comparePositions(this.position, this.#horizon) < 0 || this.#run.given < this.#journal.length;
  }

  /** For tests and benchmarks: how many checkpoints there are, where, and what they take. */
  get checkpoints(): Pick<Checkpoints, 'count' | 'bytes' | 'events'> {
    return this.#checkpoints;
  }

  /** The message of the limit that stopped the world, if one did. */
  get limit(): string | undefined {
    return this.#limit;
  }

  /** One step no later than `untilUs`. A limit of the world counts as quiet; see {@link limit}. */
  move(untilUs: number): Moved {
    if (this.#limit !== undefined) return 'quiet';
    try {
      const moved = this.#run.move(untilUs);
      this.#seen();
      return moved;
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      this.#limit = error.message;
      this.isRunning = false;
      return 'quiet';
    }
  }

  /** Goes on for so many steps or to a time, whatever comes first; stops where the drill ends. Steps made. */
  play(budget: PlayBudget): number {
    const untilUs = budget.untilUs ?? Number.POSITIVE_INFINITY;
    const most = budget.moments ?? Number.POSITIVE_INFINITY;
    let done = 0;
    const wasRunning = this.state === 'running';
    while (done < most) {
      const moved = this.move(untilUs);
      if (moved === 'moved') done += 1;
      const hasEnded = wasRunning && this.state !== 'running';
      if (hasEnded) this.isRunning = false;
      if (hasEnded || moved === 'quiet') break;
    }
    return done;
  }

  step(count = 1): number {
    let done = 0;
    while (done < count) {
      const moved = this.move(Number.POSITIVE_INFINITY);
      if (moved === 'moved') done += 1;
      if (moved === 'quiet') break;
    }
    return done;
  }

  /** Goes back by so many steps, at most to the start. */
  back(count = 1): void {
    this.#left = this.position;
    const moment = Math.max(this.oldest.position.moment, this.steps - count);
    const stop = this.#checkpoints.last(({ position }) => position.moment <= moment);
    this.#restore(stop, () => this.#run.moveTo({ ...START, moment }));
  }

  /** Goes forward again, at most to where it has been. Steps made. */
  forward(count = 1): number {
    const from = this.steps;
    const moment = Math.min(this.horizon, from + count);
    const stop = this.#checkpoints.last(({ position }) => position.moment <= moment);
    this.#jump(stop, false, () => this.step(moment - this.steps));
    const done = this.steps - from;
    // After a step it may have been later, with nothing to see there.
    if (done < count && this.isRewound) this.#run.moveTo(this.#horizon);
    else if (this.#left.moment === moment) this.#run.moveTo(this.#left);
    return done;
  }

  /** Goes to the end of an instant; a time that has not come yet is run to. */
  gotoTime(timeUs: number): void {
    const stop = this.#checkpoints.last(({ position }) => position.timeUs <= timeUs);
    this.#jump(stop, timeUs < this.world.nowUs, () => {
      while (this.move(timeUs) !== 'quiet');
    });
  }

  /** Goes to the end of the step in which an event came. It must not be later than {@link lastEvent}. */
  gotoEvent(event: number): void {
    const stop = this.#checkpoints.last(({ events }) => events < event);
    const { log } = this.world;
    this.#jump(stop, event <= log.count, () => {
      while (log.count < event && this.move(Number.POSITIVE_INFINITY) !== 'quiet');
    });
  }

  /** Gives a command that changes the world; why the world refused it, if it did (then nothing has changed). */
  change(command: ParsedCommand): { readonly refused?: string; readonly lines: readonly string[] } {
    // It stands in the middle of something: what is done there could not be done again.
    if (this.#limit !== undefined) return { refused: `${this.#limit}; go back first`, lines: [] };
    const { position, isRewound } = this;
    const [events, given] = [this.world.log.count, this.#run.given];
    const verdict = this.#verdict;
    this.#verdict = undefined;
    const executed = this.#give(command);
    if (executed !== undefined && 'refused' in executed) {
      // The future that was is still the future; but what was logged here lies where its events were.
      this.#verdict = verdict;
      if (isRewound) this.#checkpoints.dropAfter(position, events);
      this.#return(position);
      return { refused: executed.refused, lines: [] };
    }
    if (isRewound) this.#branch({ at: position, events, given });
    this.#journal.push({ position, events, command });
    this.#verdict = undefined;
    this.#seen();
    return { lines: executed !== undefined && 'lines' in executed ? executed.lines : [] };
  }

  /** Notes a check that the operator made, for the drill that `save` writes. */
  checked(check: Act): void {
    this.#checks.push(check);
  }

  /** Runs a command that does not change the world. */
  execute(command: ParsedCommand): Executed {
    return this.runner.command(command);
  }

  /** Runs a line of the prompt. */
  command(line: string): Answer {
    return this.prompt.line(line);
  }

  get runner(): JournalRun['runner'] {
    return this.#run.runner;
  }

  /** The run so far as a drill of the same digest, or why it cannot be one; with `expect` also checks for what came. */
  save({ expect = false } = {}): { readonly text: string } | { readonly problem: string } {
    if (this.#limit !== undefined) {
      return { problem: `${this.#limit}, in the middle of a step: go back a step to save` };
    }
    if (this.runner.isAudited) {
      return { problem: 'the end of the drill has logged its leaks: go back before its last checks to save' };
    }
    const { world, position } = this;
    if (expect && world.log.firstKept > 1) {
      return {
        problem: `the events before @${world.log.firstKept} are no longer kept: save without --expect`,
      };
    }
    const made = [...this.#run.acts, ...this.#checksUpTo(position)];
    const acts = made.sort((a, b) => comparePositions(a.before, b.before));
    const text = savedDrill(world, acts, position, expect ? seenChecks(world) : undefined);
    return expect ? provenDrill(this.session, text, world.log.digest()) : { text };
  }

  #checksUpTo(position: Position): Act[] {
    return this.#checks.filter((check) => comparePositions(check.after, position) <= 0);
  }

  #give(command: ParsedCommand): ReturnType<JournalRun['give']> {
    try {
      return this.#run.give(command);
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      return { refused: error.message };
    }
  }

  #seen(): void {
    const { log } = this.world;
    this.#checkpoints.passed(this.position, log.count);
    if (log.firstKept > 1) this.#checkpoints.keepFrom(log.firstKept);
    if (comparePositions(this.position, this.#horizon) > 0) this.#horizon = this.position;
    this.#eventHorizon = Math.max(this.#eventHorizon, log.count);
  }

  get branchName(): string {
    return this.#own.name;
  }

  /** Events that this branch has in common with another one; with itself all, with one that is not kept none. */
  sharedWith(name: string): number {
    if (name === this.branchName) return Number.POSITIVE_INFINITY;
    const other = this.branches.find((branch) => branch.name === name);
    return other === undefined ? 0 : forkOf(this.branch, other).events;
  }

  /** The branch that the session is on. */
  get branch(): Branch {
    return {
      ...this.#own,
      journal: [...this.#journal],
      checks: [...this.#checks],
      horizon: this.#horizon,
      events: this.#eventHorizon,
    };
  }

  /** The branches that were left: each was gone back on, and another command given. */
  get branches(): readonly Branch[] {
    return this.#branches.others;
  }

  /** Goes to a branch that was left, as far as it has been. */
  enter(branch: Branch): void {
    const own = this.branch;
    const fork = forkOf(own, branch);
    this.#branches.enter(branch);
    this.#branches.leave(own);
    this.#checkpoints.dropAfter(fork.at, fork.events);
    const stop = this.#checkpoints.last(({ position }) => comparePositions(position, fork.at) <= 0);
    this.#restore(stop, () => {
      this.#adopt(branch);
      this.#run.moveTo(fork.at);
    });
    this.#goOnTo(branch.horizon);
  }

  /** A command was given after going back: what came later is a branch that was left. */
  #branch({ at, events, given }: Fork): void {
    const left = this.branch;
    this.#branches.leave(left);
    this.#checkpoints.dropAfter(at, events);
    const from = { branch: left.name, at, events };
    const journal = left.journal.slice(0, given);
    const name = this.#branches.nextName();
    this.#adopt({ name, from, journal, checks: this.#checksUpTo(at), horizon: at, events });
  }

  #adopt(branch: Branch): void {
    this.#own = branch;
    this.#journal.splice(0, this.#journal.length, ...branch.journal);
    this.#checks = [...branch.checks];
    this.#horizon = branch.horizon;
    this.#left = START;
    this.#eventHorizon = branch.events;
    this.#verdict = undefined;
  }

  /** Runs on to a position where the run once was, making checkpoints on the way. */
  #goOnTo(position: Position): void {
    while (this.steps < position.moment && this.move(Number.POSITIVE_INFINITY) !== 'quiet');
    this.#run.moveTo(position);
  }

  /** Back to where the run stood before something that is not to have been. */
  #return(position: Position): void {
    const stop = this.#checkpoints.last((one) => comparePositions(one.position, position) <= 0);
    this.#restore(stop, () => this.#run.moveTo(position));
  }

  /** To a checkpoint, and with `on` over what observers have seen. */
  #restore(stop: Stop, on: () => void = () => undefined): void {
    this.isRunning = false;
    this.#limit = undefined;
    this.#generation += 1;
    this.#checkpoints.restore(stop);
    this.world.unseen(on);
    this.world.restored();
  }

  /** Back to a checkpoint, or forward if that is further than the run is now, and on from there. */
  #jump(stop: Stop, isBack: boolean, on: () => void): void {
    if (isBack) return this.#restore(stop, on);
    this.isRunning = false;
    if (stop.position.moment > this.steps) this.#restore(stop);
    on();
  }

  /** The end checks of the drill. The audit logs events: a session's world keeps the digest that it saves with. */
  #endChecks(): readonly DrillFailure[] {
    this.#verdict ??= this.#checkpoints.aside(() => this.world.unseen(() => this.runner.endChecks()));
    return this.#verdict;
  }
}
