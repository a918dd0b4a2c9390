import { LimitReached } from '../../emulator/index.js';
import type { Fabric } from '../fabric.js';
import { hangProcess } from '../lifecycle.js';
import type { AppRecord, CallbackName, PendingCallback } from '../records.js';
import {
  type Application,
  type FailReason,
  NEVER,
  RESUMED,
  type Returned,
  type Slow,
} from './application.js';
import { CallsWithoutEnd, mustBeWithinBound } from './callBound.js';

/** What a callback is called with; what is left out does not concern it. */
export interface CallbackCall {
  readonly name: CallbackName;
  readonly session?: number;
  readonly offer?: number;
  readonly a?: number;
  readonly b?: number;
  readonly message?: Uint8Array;
  readonly text?: string;
}

/** Calls a callback of the application, which may return at once, later or never, or throw (D10). */
export function runCallback(fabric: Fabric, app: AppRecord, call: CallbackCall): void {
  run(fabric, app, {
    name: call.name,
    session: call.session ?? 0,
    offer: call.offer ?? 0,
    a: call.a ?? 0,
    b: call.b ?? 0,
    message: call.message ?? null,
    text: call.text ?? '',
    cause: fabric.world.log.cause,
    token: undefined,
  });
}

/** Goes on with the callback that was slow or never returned, if there was one. */
export function callbackGoesOn(fabric: Fabric, app: AppRecord): void {
  const { pending } = app;
  if (pending === null) return;
  app.pending = null;
  fabric.world.log.cause = pending.cause;
  run(fabric, app, pending);
}

function run(fabric: Fabric, app: AppRecord, call: PendingCallback): void {
  let returned: Returned<number> | undefined;
  const outer = app.inCallback;
  app.inCallback = true;
  try {
    returned = callApplication(fabric, app, call) as Returned<number> | undefined;
    mustBeWithinBound(app, fabric.world.nowUs);
  } catch (error) {
    if (error instanceof LimitReached) throw error;
    // What the code of a process that has ended still throws is nobody's: most often that it has ended.
    if (fabric.isAlive(app)) callbackThrew(fabric, app, call, error);
    if (!fabric.isAlive(app)) diedInside(fabric, app, call);
    return;
  } finally {
    app.inCallback = outer;
  }
  // The application may have ended its own process, with exit or by a memory error under trap.
  if (!fabric.isAlive(app)) return diedInside(fabric, app, call);
  if (returned === NEVER) {
    app.pending = { ...call, token: `${call.token ?? ''}${RESUMED}` };
    hangProcess(fabric, app.process);
  } else if (isSlow(returned)) {
    app.pending = { ...call, token: returned.token };
    fabric.world.processes.busy(app.process, fabric.world.nowUs + returned.slowUs);
  } else {
    callbackReturned(fabric, app, call, returned ?? 0);
  }
}

/** The process ended in its close_session: an RMC that lives on waits for its return no more (D20). */
function diedInside(fabric: Fabric, app: AppRecord, call: PendingCallback): void {
  if (call.name === 'closeSession') callbackReturned(fabric, app, call, 0);
}

function isSlow(returned: Returned<number> | undefined): returned is Slow {
  return typeof returned === 'object' && returned !== null;
}

/** What the callback returned; only new_session's value means something. */
function callApplication(fabric: Fabric, app: AppRecord, call: PendingCallback): unknown {
  const application: Application = fabric.applications[app.index]!;
  const api = fabric.apiOf(app);
  const { session, token } = call;
  switch (call.name) {
    case 'onStart':
      return application.onStart?.(api);
    case 'newSession':
      return application.newSession?.(api, { listen: session, peer: call.text }, token);
    case 'closeSession':
      return application.closeSession?.(api, session, token);
    case 'abortSession':
      return application.abortSession?.(api, session, call.text as FailReason, token);
    case 'onMessage':
      return application.onMessage?.(api, session, call.message!, token);
    case 'onOpenDone':
      return application.onOpenDone?.(api, session, call.a as never, token);
    case 'onCloseDone':
      return application.onCloseDone?.(api, session, call.a as never, token);
    case 'onIoDone':
      return application.onIoDone?.(api, session, call.a, call.b as never, token);
    case 'onWritable':
      return application.onWritable?.(api, session, token);
    case 'onTimer':
      return application.onTimer?.(api, call.text, token);
  }
}

function callbackReturned(fabric: Fabric, app: AppRecord, call: PendingCallback, value: number): void {
  if (call.name !== 'newSession' && call.name !== 'closeSession') return;
  const record = fabric.session(call.session);
  /* v8 ignore next -- @preserve off the record are only sessions that no callback is waited for */
  if (record === undefined) return;
  const host = fabric.hosts.get(record.host);
  if (call.name === 'closeSession') fabric.node(app.node).closeReturned(host, record);
  // Only an SSC asks, and there RMC lives as long as the process that answers.
  else host!.newSessionReturned(record, call.offer, call.text, value);
}

/** D10: recorded; its process crashes as on the target, or hangs if it would have called RMC for ever. */
function callbackThrew(fabric: Fabric, app: AppRecord, call: PendingCallback, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const node = fabric.node(app.node);
  fabric.world.log.cause = fabric.log.callbackFailed(node.state.nameId, app, call.name, message);
  if (!(error instanceof CallsWithoutEnd)) return node.endApp(app, 'crash');
  app.pending = { ...call, token: `${call.token ?? ''}${RESUMED}` };
  hangProcess(fabric, app.process);
}
