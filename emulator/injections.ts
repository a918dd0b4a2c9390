import type { Clock } from './clock.js';
import type { FramePool } from './frames.js';
import { checkLimit } from './limits.js';
import type { RandomStream, RandomStreams } from './random.js';
import { Refused } from './refusal.js';

export const frameInjections = ['loss', 'duplicate', 'delay', 'reorder', 'corrupt'] as const;
export type InjectionKind = (typeof frameInjections)[number] | 'alloc-failure';

/** What an `inject` command says. Left out: no filter, no bound. */
export interface InjectionOptions {
  /** Its name; 'inject.<n>' when left out. */
  readonly name?: string;
  /** The event of the command that it came with; 0: none. */
  readonly madeBy?: number;
  readonly kind: InjectionKind;
  /** String id of a frame type. */
  readonly frame?: number;
  /** Nodes. */
  readonly from?: number;
  readonly to?: number;
  /** String id of the name of a process: of alloc-failure only. */
  readonly process?: number;
  /** How often it may take effect. */
  readonly count?: number;
  /** So many matches go by first. */
  readonly skip?: number;
  readonly probability?: number;
  readonly untilUs?: number;
  /** For how long `delay` and `reorder` hold a frame. Left out: one latency, and 1 to 3 latencies. */
  readonly delayUs?: number;
}

/** An injection as it stands. Filters: -1 for names and 0 for nodes match all. */
export interface InjectionState {
  readonly name: string;
  readonly madeBy: number;
  readonly kind: InjectionKind;
  readonly frame: number;
  readonly from: number;
  readonly to: number;
  readonly process: number;
  readonly count: number;
  readonly skip: number;
  readonly probability: number;
  readonly untilUs: number;
  /** -1: by the link's latency. */
  readonly delayUs: number;
  /** Frames or allocations that matched, and those on which it took effect. */
  seen: number;
  taken: number;
  cleared: boolean;
}

/** The injected faults of a run: also those that are over, for the check that each took effect. */
export class Injections {
  readonly #clock: Clock;
  readonly #random: RandomStreams;
  readonly #limit: number;
  readonly #streams: RandomStream[] = [];
  /** In order of making. */
  readonly state: InjectionState[] = [];
  /** Indexes of those that may still take effect on frames, and on allocations. */
  readonly #onFrames: number[] = [];
  readonly #onAllocations: number[] = [];

  constructor(clock: Clock, random: RandomStreams, limit: number) {
    this.#clock = clock;
    this.#random = random;
    this.#limit = limit;
  }

  add(options: InjectionOptions): InjectionState {
    const name = options.name ?? `inject.${this.state.length + 1}`;
    if (this.state.some((known) => known.name === name && this.isActive(known))) {
      throw new Refused(`there is an injection ${name} already`);
    }
    checkLimit(this.state.length + 1, this.#limit, 'injections');
    this.#forgetEnded();
    const injection: InjectionState = {
      name,
      madeBy: options.madeBy ?? 0,
      kind: options.kind,
      frame: options.frame ?? -1,
      from: options.from ?? 0,
      to: options.to ?? 0,
      process: options.process ?? -1,
      count: options.count ?? Number.POSITIVE_INFINITY,
      skip: options.skip ?? 0,
      probability: options.probability ?? 1,
      untilUs: options.untilUs ?? Number.POSITIVE_INFINITY,
      delayUs: options.delayUs ?? -1,
      seen: 0,
      taken: 0,
      cleared: false,
    };
    const index = this.state.push(injection) - 1;
    this.#streams.push(this.#random.stream(`inject ${name}`));
    (injection.kind === 'alloc-failure' ? this.#onAllocations : this.#onFrames).push(index);
    return injection;
  }

  /** Whether it may still take effect. */
  isActive(injection: InjectionState): boolean {
    return !injection.cleared && injection.taken < injection.count && this.#clock.nowUs <= injection.untilUs;
  }

  /** Ends an injection. */
  clear(name: string): void {
    const injection = this.state.filter((known) => known.name === name).at(-1);
    if (injection === undefined) throw new Refused(`there is no injection ${name}`);
    injection.cleared = true;
    this.#forgetEnded();
  }

  clearAll(): void {
    for (const injection of this.state) injection.cleared = true;
    this.#forgetEnded();
  }

  /** Names of those that never took effect, in order of making: also of those that were cleared. */
  unused(): string[] {
    return this.state.filter((injection) => injection.taken === 0).map((injection) => injection.name);
  }

  /** Whether any may take effect on allocations. */
  get onAllocations(): boolean {
    return this.#onAllocations.length > 0;
  }

  /** How many may take effect on frames. */
  get frameCount(): number {
    return this.#onFrames.length;
  }

  /** The `position`th of those. */
  frameInjection(position: number): InjectionState {
    return this.state[this.#onFrames[position]!]!;
  }

  frameStream(position: number): RandomStream {
    return this.#streams[this.#onFrames[position]!]!;
  }

  /** Shows the `position`th injection a frame; whether it takes effect on it. */
  takesFrame(position: number, frames: FramePool, slot: number): boolean {
    const injection = this.frameInjection(position);
    if (injection.frame >= 0 && injection.frame !== frames.type[slot]) return false;
    if (injection.from !== 0 && injection.from !== frames.from[slot]) return false;
    if (injection.to !== 0 && injection.to !== frames.to[slot]) return false;
    return this.#takes(injection, this.frameStream(position));
  }

  /** Whether an allocation for the process of that name (a string id) is to fail. Each injection sees it. */
  allocationFails(process: number): boolean {
    let fails = false;
    for (const index of this.#onAllocations) {
      const injection = this.state[index]!;
      if (injection.process >= 0 && injection.process !== process) continue;
      if (this.#takes(injection, this.#streams[index]!)) fails = true;
    }
    return fails;
  }

  #takes(injection: InjectionState, stream: RandomStream): boolean {
    if (!this.isActive(injection)) return false;
    injection.seen += 1;
    if (injection.seen <= injection.skip || !stream.chance(injection.probability)) return false;
    injection.taken += 1;
    return true;
  }

  #forgetEnded(): void {
    for (const list of [this.#onFrames, this.#onAllocations]) {
      const going = list.filter((index) => this.isActive(this.state[index]!));
      list.length = 0;
      list.push(...going);
    }
  }

  get held(): readonly unknown[] {
    return [this.state, this.#streams, this.#onFrames, this.#onAllocations];
  }
}
