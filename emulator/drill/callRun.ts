import { LimitReached } from '../limits.js';
import type { World } from '../world.js';
import { type CheckpointOptions, Checkpoints, type Stop } from './checkpoints.js';
import { comparePositions, type Position, START } from './position.js';

/** Where a world stood when something was done to it from outside: a position without the moments. */
export type Standing = Omit<Position, 'moment'>;

/** Something that was done to a world from outside, where, and what the log came to by it. */
export interface Call<C> {
  readonly at: Standing;
  readonly call: C;
  readonly digest: string;
}

interface Given<C> extends Call<C> {
  /** Does it again; only where one can go back. */
  readonly again: (() => void) | undefined;
}

/** The furthest that the run has been, while it stands before that. */
interface Horizon {
  readonly position: Position;
  readonly events: number;
  /** Absent where the run was stopped in the middle of something. */
  readonly digest: string | undefined;
}

const MOST_CALLS = 100_000;

/**
 * A world that a program works on, and the journal of what it does. A world that can go back has checkpoints, and what
 * was done is done again on the way; without them the journal is all that it costs. Only what comes through here counts.
 */
export class CallRun<C> {
  readonly #world: World;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #given: Given<C>[] = [];
  /** How many of them have been done up to where the run stands. */
  #next = 0;
  /** All of this instant has been run. */
  #finished: { readonly steps: number; readonly timeUs: number } | undefined;
  #horizon: Horizon | undefined;
  /** Where it went back from last: so many moments forward again is just there. */
  #left: Position = START;
  /** Why the run cannot be made again from here. */
  #trouble: string | undefined;

  constructor(world: World, canGoBack: boolean, options?: CheckpointOptions) {
    this.#world = world;
    this.#checkpoints = canGoBack ? new Checkpoints([world], options) : undefined;
    this.#checkpoints?.passed(START, world.log.count);
  }

  get canGoBack(): boolean {
    return this.#checkpoints !== undefined;
  }

  get position(): Position {
    const { steps, nowUs } = this.#world;
    const isFinished = this.#finished?.steps === steps && this.#finished.timeUs === nowUs;
    return { moment: steps + this.#next, steps, timeUs: nowUs, isFinished };
  }

  /** What was done up to here. Throws where that is not all. */
  get calls(): readonly Call<C>[] {
    if (this.#trouble !== undefined) throw new Error(this.#trouble);
    return this.#given.slice(0, this.#next).map(({ at, call, digest }) => ({ at, call, digest }));
  }

  /** To be called before anything is done: what lies ahead, if the run has gone back, is given up. */
  begin(): void {
    if (this.#horizon === undefined) return;
    this.#given.length = this.#next;
    this.#left = START;
    this.#checkpoints?.dropAfter(this.position, this.#world.log.count);
    this.#horizon = undefined;
  }

  run(untilUs: number): void {
    this.begin();
    this.guard(() => {
      if (this.#checkpoints === undefined) this.#world.runTo(untilUs);
      else while (this.#world.stepWithin(untilUs)) this.passed();
    });
    this.#finish();
  }

  /** Does something to the world that takes no virtual time. What throws before it did anything was not done. */
  change(call: C, give: () => void): void {
    this.begin();
    const { position } = this;
    const { count } = this.#world.log;
    try {
      this.guard(give);
    } catch (error) {
      if (this.#world.log.count > count) this.#trouble ??= String(error);
      throw error;
    }
    this.given(call, position.isFinished, give);
  }

  /** Something was just done. `isFinished`: all of this instant had been run before it. */
  given(call: C, isFinished: boolean, again: () => void): void {
    const { position } = this;
    this.#finished = undefined;
    if (this.#next === MOST_CALLS)
      this.#trouble ??= `more than ${MOST_CALLS} calls: they are not all on record`;
    if (this.#trouble !== undefined) return;
    const { steps, timeUs } = position;
    this.#given.push({
      at: { steps, timeUs, isFinished: isFinished || position.isFinished },
      call,
      digest: this.#world.log.digest(),
      again: this.canGoBack ? again : undefined,
    });
    this.#next += 1;
    this.passed();
  }

  /** The world has come to rest. */
  passed(isFinished = false): void {
    if (isFinished) this.#finish();
    else this.#checkpoints?.passed(this.position, this.#world.log.count);
  }

  /** Runs something that may run into a limit of the world: from then on it is not at rest, until it goes back. */
  guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (error instanceof LimitReached) this.#trouble ??= error.message;
      throw error;
    }
  }

  /** Runs on to where another run of the same calls once stood; false if there is no such place. */
  reach(at: Standing): boolean {
    const world = this.#world;
    while (world.steps < at.steps) {
      if (!world.stepWithin(at.timeUs)) return false;
      this.passed();
    }
    if (!at.isFinished && world.nowUs === at.timeUs) return true;
    if (world.stepWithin(at.timeUs)) return false;
    this.#finish();
    return true;
  }

  /** Goes back so many moments (visible steps of the world, and calls), at most to the start; how many they were. */
  back(count: number): number {
    mustBeWhole(count, 'a number of steps');
    if (count === 0) return 0;
    const checkpoints = this.#leave();
    const { position } = this;
    const from = position.moment;
    this.#left = position;
    const moment = Math.max(0, from - count);
    this.#restore(
      checkpoints.last((stop) => stop.position.moment <= moment),
      () => {
        while (this.position.moment < moment && this.#again(Number.POSITIVE_INFINITY));
      },
    );
    return from - this.position.moment;
  }

  /** Goes forward again, at most to where it has been; how many moments they were. */
  forward(count: number): number {
    mustBeWhole(count, 'a number of steps');
    const checkpoints = this.#checkpointsOrNone();
    const from = this.position.moment;
    if (this.#horizon === undefined) return 0;
    const moment = Math.min(this.#horizon.position.moment, from + count);
    this.#leap(checkpoints.last((stop) => stop.position.moment <= moment));
    while (this.position.moment < moment && this.#again(Number.POSITIVE_INFINITY));
    // After a moment it may have been later, with nothing to see there.
    if (moment < from + count) while (this.#again(Number.POSITIVE_INFINITY));
    else if (this.#left.moment === moment && this.#left.isFinished) this.reach(this.#left);
    this.#arrive();
    return this.position.moment - from;
  }

  /** Goes to the end of an instant; beyond where it has been it runs on. */
  gotoTime(timeUs: number): void {
    mustBeWhole(timeUs, 'a time in microseconds');
    const checkpoints = this.#checkpointsOrNone();
    const stop = checkpoints.last(({ position }) => position.timeUs <= timeUs);
    if (timeUs < this.#world.nowUs) {
      this.#leave();
      this.#restore(stop, () => {
        while (this.#again(timeUs));
      });
    } else if (this.#horizon !== undefined) {
      this.#leap(stop);
    }
    if (this.#horizon !== undefined) {
      while (this.#again(timeUs));
      this.#arrive();
    }
    if (this.#horizon === undefined) this.run(timeUs);
  }

  /** Goes to the end of the step in which an event came, or of the call that logged it. */
  gotoEvent(event: number): void {
    const checkpoints = this.#checkpointsOrNone();
    const { log } = this.#world;
    const last = Math.max(log.count, this.#horizon?.events ?? 0);
    if (!(event >= 1 && event <= last)) {
      throw new Error(`event @${event} has not come; the last is @${last}`);
    }
    const stop = checkpoints.last(({ events }) => events < event);
    const on = (): void => {
      while (log.count < event && this.#again(Number.POSITIVE_INFINITY));
    };
    if (event <= log.count) {
      this.#leave();
      this.#restore(stop, on);
    } else this.#leap(stop);
    on();
    this.#arrive();
  }

  #checkpointsOrNone(): Checkpoints {
    if (this.#checkpoints === undefined) {
      throw new Error('this emulator cannot go back: make it with createEmulator({ timeTravel: true })');
    }
    return this.#checkpoints;
  }

  /** Before going back: notes how far it has been. */
  #leave(): Checkpoints {
    const checkpoints = this.#checkpointsOrNone();
    if (this.#given.length === MOST_CALLS) throw new Error(this.#trouble);
    const { log } = this.#world;
    const digest = this.#trouble === undefined ? log.digest() : undefined;
    this.#horizon ??= { position: this.position, events: log.count, digest };
    return checkpoints;
  }

  /** To a checkpoint, and with `on` over what observers have seen. */
  #restore(stop: Stop, on: () => void = () => undefined): void {
    this.#checkpoints?.restore(stop);
    this.#next = stop.position.moment - stop.position.steps;
    this.#finished = undefined;
    this.#trouble = undefined;
    this.#world.unseen(on);
    this.#world.restored();
  }

  /** Forward to a checkpoint, if that is further than the run is now. */
  #leap(stop: Stop): void {
    if (stop.position.moment > this.position.moment) this.#restore(stop);
  }

  /** One moment of the way that the run has been before, no later than `untilUs`; false when there is none. */
  #again(untilUs: number): boolean {
    const world = this.#world;
    const next = this.#given[this.#next];
    const end = this.#horizon!.position;
    if (next !== undefined && next.at.steps === world.steps) {
      if (next.at.timeUs > untilUs) return this.#rest(untilUs);
      if (!this.reach(next.at)) throw this.#otherRun();
      next.again!();
      this.#next += 1;
      this.#finished = undefined;
      if (world.log.digest() !== next.digest) throw this.#otherRun();
      this.passed();
      return true;
    }
    if (world.steps >= end.steps) return end.isFinished && this.#rest(Math.min(untilUs, end.timeUs));
    if (untilUs === Number.POSITIVE_INFINITY ? world.step() : world.stepWithin(untilUs)) {
      this.#finished = undefined;
      this.passed();
      return true;
    }
    this.#finish();
    return false;
  }

  /** Nothing is to be seen up to there; false, as there was no moment. */
  #rest(untilUs: number): false {
    if (this.#world.stepWithin(untilUs)) throw this.#otherRun();
    this.#finish();
    return false;
  }

  /** If the run is as far as it has been, there is nothing ahead any more. */
  #arrive(): void {
    const horizon = this.#horizon;
    if (horizon === undefined || comparePositions(this.position, horizon.position) < 0) return;
    this.#horizon = undefined;
    const { digest } = horizon;
    if (digest !== undefined && digest !== this.#world.log.digest()) throw this.#otherRun();
  }

  #finish(): void {
    const { steps, nowUs } = this.#world;
    this.#finished = { steps, timeUs: nowUs };
  }

  #otherRun(): Error {
    const { log } = this.#world;
    return new Error(
      `going over it again, the run became another one by event @${log.count}: an application has state that ` +
        'cannot be gone back over (in a closure, a #private field or an object of a class); keep it in fields',
    );
  }
}

function mustBeWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${value} is not ${what}`);
}
