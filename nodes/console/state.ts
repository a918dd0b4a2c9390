import type { DeliveryName } from '../../rmc-core/index.js';
import type { Behaviour } from './behaviour.js';

/** What the application does on one session: plain data. `null` is NULL. */
export interface SessionPlan {
  readonly newSession: Behaviour | null;
  readonly closeSession: Behaviour | null;
  readonly abortSession: Behaviour | null;
  readonly onIoFailure: Behaviour | null;
  readonly onMessage: 'echo' | 'sink';
  readonly delivery: DeliveryName;
  /** Pool of `new_session pool:<n>`; 0 for none. */
  pool: number;
  /** Free the block at close_done. */
  freeAtCloseDone: boolean;
  /** The application has closed it. */
  closing: boolean;
  /** Which target of `reopen` comes next. */
  nextTarget: number;
  /** It was opened by `reopen`: an error of open_done moves on to the next target. */
  reopened: boolean;
  /** Messages that an echo could not send at once. */
  backlog: Uint8Array[];
}

/** `rmc_send --count` at work in the background. */
export interface SendJob {
  readonly id: number;
  readonly session: number;
  readonly text: string | null;
  readonly sizeBytes: number | null;
  readonly everyUs: number | null;
  left: number;
  /** Stopped by RMC_EAGAIN until `writable`. */
  waiting: boolean;
}

/** Everything that a monitor's application knows; a new process begins with none of it. */
export interface ConsoleState {
  plans: Map<number, SessionPlan>;
  jobs: Map<number, SendJob>;
  /** Pools of LISTEN sessions that are over, by their number of blocks: the next one of that size takes it. */
  sparePools: Map<number, number[]>;
  lastJob: number;
  /** Messages sent so far: their numbers stand in generated texts. */
  sent: number;
  /** With so many plans it is time to look for those that nobody needs. */
  forgetAt: number;
}

const FIRST_FORGET_AT = 64;

export function newConsoleState(): ConsoleState {
  return {
    plans: new Map(),
    jobs: new Map(),
    sparePools: new Map(),
    lastJob: 0,
    sent: 0,
    forgetAt: FIRST_FORGET_AT,
  };
}

/** A session is over: its plan goes, and what still waited to be sent on it. */
export function forgetSession(state: ConsoleState, session: number): void {
  state.plans.delete(session);
  for (const job of [...state.jobs.values()]) {
    if (job.session === session) state.jobs.delete(job.id);
  }
}

/** Forgets what `isOver` says of, from time to time: without a close_session nobody tells of the end of a session. */
export function forgetEnded(state: ConsoleState, isOver: (session: number) => boolean): void {
  if (state.plans.size < state.forgetAt) return;
  for (const session of [...state.plans.keys()]) if (isOver(session)) forgetSession(state, session);
  state.forgetAt = Math.max(FIRST_FORGET_AT, state.plans.size * 2);
}

export function newPlan(parts: Partial<SessionPlan>): SessionPlan {
  return {
    newSession: null,
    closeSession: null,
    abortSession: null,
    onIoFailure: null,
    onMessage: 'sink',
    delivery: 'reliable',
    pool: 0,
    freeAtCloseDone: false,
    closing: false,
    nextTarget: 0,
    reopened: false,
    backlog: [],
    ...parts,
  };
}

/** How many blocks a `new_session` takes its sessions from; 0 where it has no pool. */
export function poolBlocks(behaviour: Behaviour | null): number {
  let inner = behaviour;
  while (inner?.afterwards !== undefined) inner = inner.afterwards;
  return inner?.blocks ?? 0;
}

/** A pool that nobody places sessions in any more (0: none); its process keeps what it has reserved. */
export function sparePool(state: ConsoleState, blocks: number, pool: number): void {
  if (pool === 0) return;
  const spare = state.sparePools.get(blocks);
  if (spare === undefined) state.sparePools.set(blocks, [pool]);
  else spare.push(pool);
}
