import { FailReason, OutputKind, Status } from '../../rmc-core/index.js';
import type { News } from '../app/news.js';
import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import { RMC_GONE } from '../rmc/failReasons.js';
import type { RmcHost } from '../rmc/host.js';
import { freePortsOf } from '../rmc/ports.js';
import type { EeeNode } from './node.js';

/**
 * The stub in each application's process, when the RMC process is gone (D20): nobody else can tell the applications
 * what became of their sessions, or answer their calls.
 */
export function rmcGone(node: EeeNode, host: RmcHost): void {
  const { fabric } = node;
  const sessions = [...host.sessions.values()].filter((record) => !record.over || record.closing);
  const failed = failedIos(host);
  const pending = new Map(
    sessions.map(({ id, handle }) => [id, [...(failed.get(handle) ?? []), ...host.core.pendingIos(handle)]]),
  );
  host.end();
  // A close_done of a LISTEN session comes after the close_session of all that were under it.
  const inOrder = [...sessions].sort((a, b) => Number(a.type === 'LISTEN') - Number(b.type === 'LISTEN'));
  for (const record of inOrder) {
    const ios = pending.get(record.id)!;
    if (!fabric.world.processes.isAlive(record.process)) endOrphan(node, record);
    else if (record.closing) endClosing(node, record, ios);
    else if (record.type === 'LISTEN') failListen(fabric, record);
    else if (record.type === 'OPEN') failOpen(node, record, ios);
    else endAccept(node, record, ios);
  }
  for (const app of node.state.apps) freePortsOf(node.state, app);
}

/** By handle: IOs that a call had failed in a hung RMC, which could not say so any more. */
function failedIos(host: RmcHost): ReadonlyMap<number, readonly number[]> {
  const ios = new Map<number, number[]>();
  const { core } = host;
  while (core.pollOutput()) {
    const { kind, session, a } = core.output;
    if (kind === OutputKind.IO_DONE) ios.set(session, [...(ios.get(session) ?? []), a]);
  }
  return ios;
}

/** Its application was dead before: there is nobody to tell, and RMC's own block is nobody's any more. */
function endOrphan(node: EeeNode, record: SessionRecord): void {
  node.fabric.sessionOver(record);
  if (record.type === 'ACCEPT') node.freeOrphan(record);
}

/** The application closed it, and waits for close_done: D14 for an OPEN session that was not FAILED. */
function endClosing(node: EeeNode, record: SessionRecord, ios: readonly number[]): void {
  const { state, type } = record;
  if (state !== 'CLOSED') setState(node.fabric, record, 'CLOSED');
  abortIos(node, record, ios);
  if (state === 'OPENING') node.post(record, news(OutputKind.OPEN_DONE, Status.RMC_ECONNABORTED));
  const isAborted = type === 'OPEN' && state !== 'FAILED';
  const status = isAborted ? Status.RMC_ECONNABORTED : Status.RMC_OK;
  node.post(record, news(OutputKind.CLOSE_DONE, status));
}

/** D20. One whose block was corrupted is FAILED already (D27). */
function failListen(fabric: Fabric, record: SessionRecord): void {
  if (record.state !== 'FAILED') setState(fabric, record, 'FAILED');
}

/** D17, with reason `rmc`; an OPENING session ends as in D13. */
function failOpen(node: EeeNode, record: SessionRecord, ios: readonly number[]): void {
  const { state } = record;
  if (state === 'FAILED') return;
  setState(node.fabric, record, 'FAILED');
  abortIos(node, record, ios);
  if (state === 'OPENING') node.post(record, news(OutputKind.OPEN_DONE, Status.RMC_ECONNABORTED));
  else if (record.hasAbortSession) node.post(record, news(OutputKind.ABORT_SESSION, RMC_GONE));
}

/** Its close_session runs once, with FALSE; the block stays until the handler has returned. */
function endAccept(node: EeeNode, record: SessionRecord, ios: readonly number[]): void {
  setState(node.fabric, record, 'CLOSED');
  abortIos(node, record, ios);
  if (record.hasCloseSession) node.post(record, news(OutputKind.CLOSING, 0, RMC_GONE));
  else node.freeOrphan(record);
}

/** D20: rmc_close and rmc_shutdown of what the dead RMC held end well, at once. */
export function answerClose(node: EeeNode, record: SessionRecord): void {
  setState(node.fabric, record, 'CLOSED');
  node.post(record, news(OutputKind.CLOSE_DONE, Status.RMC_OK));
}

function abortIos(node: EeeNode, record: SessionRecord, ios: readonly number[]): void {
  for (const io of ios) node.post(record, news(OutputKind.IO_DONE, io, Status.RMC_ECONNABORTED, RMC_GONE));
}

function setState(fabric: Fabric, record: SessionRecord, state: string): void {
  record.state = state;
  fabric.log.sessionState(record, state);
  if (state === 'CLOSED') fabric.sessionOver(record);
}

function news(kind: number, a: number, b = 0, c: number = FailReason.none): News {
  return { kind, a, b, c, bytes: new Uint8Array(0), offset: 0, length: 0 };
}
