import { Status, type StatusCode } from '../../rmc-core/index.js';
import {
  type AppApi,
  type Application,
  NEVER,
  type Offer,
  RESUMED,
  type Returned,
  slowly,
} from '../app/application.js';
import type { Fabric } from '../fabric.js';
import { type Behaviour, type BehaviourOf, usual } from './behaviour.js';
import { closeAndFree, goOnStopping, openNext } from './operations.js';
import { place } from './placing.js';
import { echo, goOnSending, SEND_TIMER, sendBacklog, sendWaiting } from './sending.js';
import {
  type ConsoleState,
  forgetEnded,
  forgetSession,
  newConsoleState,
  newPlan,
  poolBlocks,
  type SessionPlan,
  sparePool,
} from './state.js';

/**
 * The application that the monitor's commands drive: an application like any other, whose callbacks do what the
 * behaviours of their session say.
 */
export class ConsoleApplication implements Application {
  readonly fabric: Fabric;
  state: ConsoleState = newConsoleState();
  /** `stop` was given: the process exits when its last session is closed. */
  stopping = false;

  constructor(fabric: Fabric) {
    this.fabric = fabric;
  }

  onStart(): void {
    this.state = newConsoleState();
    this.stopping = false;
  }

  newSession(api: AppApi, offer: Offer, token?: string): Returned<number> {
    const plan = this.planOf(offer.listen);
    const behaviour = due('new_session', plan.newSession, token);
    return outcome(behaviour, token, () => place(api, offer, plan, behaviour));
  }

  closeSession(api: AppApi, session: number, token?: string): Returned<void> {
    const behaviour = due('close_session', this.planOf(session).closeSession, token);
    return outcome(behaviour, token, () => {
      const release =
        behaviour.name === 'always-free' ||
        (behaviour.name === 'free-if-true' && api.rmcFreeSession(session));
      if (release) api.free(api.addressOf(session));
      forgetSession(this.state, session);
    });
  }

  abortSession(api: AppApi, session: number, _reason: string, token?: string): Returned<void> {
    const plan = this.planOf(session);
    return this.#onFailure(api, session, due('abort_session', plan.abortSession, token), token);
  }

  onIoDone(api: AppApi, session: number, _io: number, status: StatusCode, token?: string): Returned<void> {
    if (status === Status.RMC_OK) return;
    const plan = this.planOf(session);
    if (plan.closing || this.#isOnlyLost(session, status)) return;
    return this.#onFailure(api, session, due('on_io_failure', plan.onIoFailure, token), token);
  }

  /** D25: a message of an ordered session was given up. That is no failure: the session goes on. */
  #isOnlyLost(session: number, status: StatusCode): boolean {
    const record = this.fabric.session(session);
    return record?.delivery === 'ordered' && status === Status.RMC_ETIMEDOUT && record.state !== 'FAILED';
  }

  onOpenDone(api: AppApi, session: number, status: StatusCode): void {
    const plan = this.planOf(session);
    if (status === Status.RMC_OK || !plan.reopened || plan.closing) return;
    closeAndFree(api, session, plan);
    this.#reopen(api, session, plan);
  }

  onCloseDone(api: AppApi, session: number): void {
    const plan = this.planOf(session);
    forgetSession(this.state, session);
    // Of a LISTEN session: its ACCEPT sessions, which share the pool, are over before it.
    sparePool(this.state, poolBlocks(plan.newSession), plan.pool);
    if (plan.freeAtCloseDone) api.free(api.addressOf(session));
    goOnStopping(this.fabric, api, this);
  }

  onMessage(api: AppApi, session: number, message: Uint8Array): void {
    const plan = this.planOf(session);
    if (plan.onMessage === 'echo') echo(api, session, plan, message);
  }

  onWritable(api: AppApi, session: number): void {
    sendBacklog(api, session, this.planOf(session));
    sendWaiting(api, this.state, session);
  }

  onTimer(api: AppApi, name: string): void {
    const job = this.state.jobs.get(Number(name.slice(SEND_TIMER.length)));
    if (job !== undefined && !job.waiting) goOnSending(api, this.state, job);
  }

  /** S6: what the application does when it meets a failure: once a session. */
  #onFailure(api: AppApi, session: number, behaviour: Behaviour, token: string | undefined): Returned<void> {
    return outcome(behaviour, token, () => {
      const plan = this.planOf(session);
      if (plan.closing || behaviour.name === 'notify') return;
      closeAndFree(api, session, plan);
      if (behaviour.name === 'reopen') this.#reopen(api, session, plan);
    });
  }

  #reopen(api: AppApi, session: number, plan: SessionPlan): void {
    openNext(this.fabric, api, this.state, session, plan);
  }

  /** An ACCEPT session whose end nobody tells: there is no close_session. */
  #isOverUntold(session: number): boolean {
    const record = this.fabric.session(session);
    return record === undefined || (record.over && record.type === 'ACCEPT' && !record.hasCloseSession);
  }

  /** The plan of a session; an ACCEPT session has that of its LISTEN session, with state of its own. */
  planOf(session: number): SessionPlan {
    const known = this.state.plans.get(session);
    if (known !== undefined) return known;
    forgetEnded(this.state, (id) => this.#isOverUntold(id));
    /* v8 ignore next -- @preserve off the record are only sessions that no callback is called for */
    const listen = this.fabric.session(session)?.listen ?? 0;
    const parent = this.state.plans.get(listen);
    const plan = newPlan({ ...parent, backlog: [], closing: false });
    this.state.plans.set(session, plan);
    return plan;
  }

  get held(): readonly unknown[] {
    return [this.state];
  }

  keep(): () => void {
    const state = this.state;
    const stopping = this.stopping;
    return () => {
      this.state = state;
      this.stopping = stopping;
    };
  }
}

/** A letter for each time that the callback was slow, and one for a hang that was lifted. */
const WAS_SLOW = 's';

/** What the callback has to do now: after its slow time what comes then; after a hang the usual. */
function due(of: BehaviourOf, given: Behaviour | null, token: string | undefined): Behaviour {
  if (token?.endsWith(RESUMED)) return usual(of);
  let behaviour = given ?? usual(of);
  for (let slow = token?.length ?? 0; slow > 0; slow -= 1) behaviour = behaviour.afterwards!;
  return behaviour;
}

/** Runs a behaviour, or says that it takes time, throws or never returns (D10). */
function outcome<T>(behaviour: Behaviour, token: string | undefined, act: () => T): Returned<T> {
  switch (behaviour.name) {
    case 'throw':
      throw new Error('this callback throws (behaviour throw)');
    case 'hang':
      return NEVER;
    case 'slow':
      return slowly(behaviour.slowUs!, `${token ?? ''}${WAS_SLOW}`);
    default:
      return act();
  }
}
