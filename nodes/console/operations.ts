import { BLOCK_BYTES, type DeliveryName, Status, type StatusCode } from '../../rmc-core/index.js';
import type { AppApi } from '../app/application.js';
import type { Fabric } from '../fabric.js';
import type { Behaviour, Target } from './behaviour.js';
import { send } from './sending.js';
import {
  type ConsoleState,
  newPlan,
  poolBlocks,
  type SendJob,
  type SessionPlan,
  sparePool,
} from './state.js';

export interface OpenOrder {
  readonly target: Target;
  readonly abortSession: Behaviour | null;
  readonly onIoFailure: Behaviour | null;
  readonly onMessage: 'echo' | 'sink';
  readonly delivery: DeliveryName;
  readonly name: string | undefined;
}

export interface ListenOrder {
  readonly port: number;
  readonly newSession: Behaviour | null;
  readonly closeSession: Behaviour | null;
  readonly onMessage: 'echo' | 'sink';
  readonly name: string | undefined;
}

/** `rmc_open`: the block comes from the application's heap first, and goes back if the call returns an error. */
export function open(
  fabric: Fabric,
  api: AppApi,
  state: ConsoleState,
  order: OpenOrder,
  plan: Partial<SessionPlan> = {},
): StatusCode {
  const app = fabric.appNamed(api.app);
  const name = order.name ?? fabric.nextSessionName(app);
  const address = api.alloc(BLOCK_BYTES);
  if (address === 0) {
    const peer = `${order.target.node}:${order.target.port}`;
    noMemory(fabric, 'rmc_open', api, name, peer);
    return Status.RMC_ENOMEM;
  }
  const { abortSession, onIoFailure, onMessage, delivery, target } = order;
  const request = {
    address,
    node: target.node,
    port: target.port,
    name,
    abortSession: abortSession !== null,
    delivery,
  };
  const { status, session } = api.rmcOpen(request);
  if (session === 0) api.free(address);
  else state.plans.set(session, newPlan({ abortSession, onIoFailure, onMessage, delivery, ...plan }));
  return status;
}

/** `rmc_listen`, as `open`; the blocks of a pool are reserved with it. */
export function listen(fabric: Fabric, api: AppApi, state: ConsoleState, order: ListenOrder): StatusCode {
  const app = fabric.appNamed(api.app);
  const name = order.name ?? fabric.nextSessionName(app);
  const address = api.alloc(BLOCK_BYTES);
  const pool = address === 0 ? 0 : takePool(api, state, order.newSession);
  if (address === 0 || pool < 0) {
    if (address !== 0) api.free(address);
    noMemory(fabric, 'rmc_listen', api, name, '');
    return Status.RMC_ENOMEM;
  }
  const { newSession, closeSession, onMessage, port } = order;
  const given = newSession === null ? {} : { newSession: true };
  const { status, session } = api.rmcListen({
    address,
    port,
    name,
    ...given,
    closeSession: closeSession !== null,
  });
  if (session !== 0) {
    state.plans.set(session, newPlan({ newSession, closeSession, onMessage, pool }));
    return status;
  }
  api.free(address);
  sparePool(state, poolBlocks(newSession), pool);
  return status;
}

/** 0: no pool is asked for; -1: there is no room for it. One that an earlier LISTEN session left is used again. */
function takePool(api: AppApi, state: ConsoleState, behaviour: Behaviour | null): number {
  const blocks = poolBlocks(behaviour);
  if (blocks === 0) return 0;
  const pool = state.sparePools.get(blocks)?.pop() ?? api.makePool(blocks);
  return pool === 0 ? -1 : pool;
}

function noMemory(
  fabric: Fabric,
  call: 'rmc_open' | 'rmc_listen',
  api: AppApi,
  name: string,
  peer: string,
): void {
  const { strings } = fabric.world;
  const app = fabric.appNamed(api.app);
  const peerId = peer === '' ? -1 : strings.intern(peer);
  fabric.log.ofApp(call, strings.intern(api.node), app, strings.intern(name), peerId, Status.RMC_ENOMEM);
}

export function close(api: AppApi, session: number, plan: SessionPlan, thenFree: boolean): StatusCode {
  return end(plan, thenFree, () => api.rmcClose(session));
}

export function shutdown(api: AppApi, session: number, plan: SessionPlan, thenFree: boolean): StatusCode {
  return end(plan, thenFree, () => api.rmcShutdown(session));
}

/** The plan is noted before the call: on an SSC close_done may come inside it (D13: a FAILED session). */
function end(plan: SessionPlan, thenFree: boolean, call: () => StatusCode): StatusCode {
  const { closing, freeAtCloseDone } = plan;
  plan.closing = true;
  plan.freeAtCloseDone = thenFree;
  const status = call();
  if (status !== Status.RMC_INPROGRESS) {
    plan.closing = closing;
    plan.freeAtCloseDone = freeAtCloseDone;
  }
  return status;
}

/** S6: closes the session, and frees its block at close_done. */
export function closeAndFree(api: AppApi, session: number, plan: SessionPlan): void {
  close(api, session, plan, true);
}

/** `reopen`: opens the next target with a new block, the same callbacks and delivery; every target once in all. */
export function openNext(
  fabric: Fabric,
  api: AppApi,
  state: ConsoleState,
  session: number,
  plan: SessionPlan,
): void {
  const targets = (reopenOf(plan.abortSession) ?? reopenOf(plan.onIoFailure))!.targets!;
  for (let next = plan.nextTarget; next < targets.length; next += 1) {
    const order: OpenOrder = {
      target: targets[next]!,
      abortSession: plan.abortSession,
      onIoFailure: plan.onIoFailure,
      onMessage: plan.onMessage,
      delivery: plan.delivery,
      name: nextName(fabric, api.nameOf(session)),
    };
    const status = open(fabric, api, state, order, { nextTarget: next + 1, reopened: true });
    if (status === Status.RMC_INPROGRESS) return;
  }
}

function reopenOf(behaviour: Behaviour | null): Behaviour | undefined {
  let inner = behaviour;
  while (inner?.afterwards !== undefined) inner = inner.afterwards;
  return inner?.name === 'reopen' ? inner : undefined;
}

/** `client.2` after `client.1`, `c.2` after `c`: the next number that is free. */
function nextName(fabric: Fabric, name: string): string {
  const parts = /^(.*)\.(\d+)$/.exec(name);
  const base = parts?.[1] ?? name;
  for (let number = Number(parts?.[2] ?? 1) + 1; ; number += 1) {
    const next = `${base}.${number}`;
    if (fabric.nameIsFree(next)) return next;
  }
}

/** `rmc_send`, also with `--count` in the background. */
export function startSending(api: AppApi, state: ConsoleState, order: Omit<SendJob, 'id' | 'waiting'>): void {
  state.lastJob += 1;
  const job: SendJob = { ...order, id: state.lastJob, waiting: false };
  state.jobs.set(job.id, job);
  send(api, state, job);
}

/** `stop`: closes its sessions in the regular way, frees each at close_done, and exits when none is left. */
export function stop(fabric: Fabric, api: AppApi, console: { state: ConsoleState; stopping: boolean }): void {
  console.stopping = true;
  goOnStopping(fabric, api, console);
}

/**
 * Closes what is left. An application that a callback keeps, slow or hanging, closes nothing meanwhile (D10, D21): it
 * goes on at the next close_done. It exits when RMC has let go of all its sessions.
 */
export function goOnStopping(
  fabric: Fabric,
  api: AppApi,
  console: { readonly state: ConsoleState; readonly stopping: boolean },
): void {
  if (!console.stopping) return;
  const app = fabric.appNamed(api.app);
  for (const record of [...fabric.sessions.values()]) {
    if (record.process !== app.process || record.over) continue;
    if (!fabric.world.processes.isRunning(app.process)) return;
    const plan = console.state.plans.get(record.id) ?? newPlan({});
    console.state.plans.set(record.id, plan);
    if (record.closing) plan.freeAtCloseDone = true;
    else if (record.type === 'OPEN') close(api, record.id, plan, true);
    else if (record.type === 'LISTEN') shutdown(api, record.id, plan, true);
  }
  const held = fabric.node(app.node).blocksHeld.get(app.process) ?? 0;
  if (held === 0 && fabric.world.processes.isRunning(app.process)) api.exit();
}
