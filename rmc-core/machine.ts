// What the parts of the machine work on: the state, the host's memory, and scratch objects that are reused.
import { type FrameHeader, makeFrameHeader } from './frame.js';
import type { Release } from './names.js';
import { ReleaseCode } from './names.js';
import type { Session } from './session.js';
import { type CoreState, makeState } from './state.js';
import { type CoreTimers, usableTimers } from './timers.js';

/** What a host gives an instance at its start. */
export interface CoreConfig {
  /** The instance's own bus address (D12): node 1 to 65,535; place 0 for an EEE's RMC, from 1 on an SSC. */
  readonly node: number;
  readonly place: number;
  /** Grows with each start of this instance, from 1. */
  readonly incarnation: number;
  readonly release: Release;
  readonly timers: CoreTimers;
  /** Where session blocks lie: address a is memory[a - memoryBase]. */
  readonly memory: Uint8Array;
  readonly memoryBase: number;
}

/** What an action of a state table is. `event` is the number of the event that it runs for. */
export type Action = (m: Machine, s: Session, event: number) => void;

/** A compiled cell: next state (0 the same), status that a call returns (-1 none), actions. */
export interface Program {
  readonly next: number;
  readonly status: number;
  /** What is done before the state changes. */
  readonly first: readonly Action[];
  readonly run: readonly Action[];
}

/** One running instance. */
export interface Machine {
  readonly state: CoreState;
  readonly config: CoreConfig;
  readonly memory: Uint8Array;
  /** Own release as it stands in frames. */
  readonly release: number;
  readonly programs: readonly (Program | undefined)[];
  /** The time of the call that is being handled. */
  nowUs: number;
  /** Timers as they stand now; sessions have those that they were made with. */
  timers: CoreTimers;
  /** The frame that is being handled, and its payload. */
  readonly rx: FrameHeader;
  rxBytes: Uint8Array;
  rxPayload: number;
  /** The frame that is being made. */
  readonly tx: FrameHeader;
  /** Payload of a HEARTBEAT that is being made. */
  readonly scratch: Uint8Array;
  /** The message of the `rmc_send` that is being handled, and what the call will return. */
  callBytes: Uint8Array;
  callOffset: number;
  callLength: number;
  callStatus: number;
  /** Whether the event comes from a newer incarnation of the client (`CLOSING`, c). */
  newerIncarnation: boolean;
}

/** An instance that just started. */
export function makeMachine(config: CoreConfig, programs: readonly (Program | undefined)[]): Machine {
  const timers = usableTimers(config.timers);
  return {
    state: makeState(timers),
    config,
    memory: config.memory,
    release: ReleaseCode[config.release],
    programs,
    nowUs: 0,
    timers,
    rx: makeFrameHeader(),
    rxBytes: config.memory,
    rxPayload: 0,
    tx: makeFrameHeader(),
    scratch: new Uint8Array(1200),
    callBytes: config.memory,
    callOffset: 0,
    callLength: 0,
    callStatus: 0,
    newerIncarnation: false,
  };
}

/** Whether both sides of a session are R1.1; a mixed pair behaves as its older side (D18). */
export function isNewPair(m: Machine, s: Session): boolean {
  return m.release === ReleaseCode['R1.1'] && s.peerRelease === ReleaseCode['R1.1'];
}

/** The timers that a session was made with. */
export function timersOf(m: Machine, s: Session): CoreTimers {
  return m.state.timerSets[s.timerSet]!;
}
