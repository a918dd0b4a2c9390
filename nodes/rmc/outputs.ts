import type { FaultRecord } from '../../emulator/index.js';
import {
  CloseCause,
  FailReason,
  OutputKind,
  SessionState,
  Status,
  sessionStateName,
} from '../../rmc-core/index.js';
import { faultBehind } from '../ledger/ledger.js';
import type { SessionRecord } from '../records.js';
import { offerArrived } from './accept.js';
import { corrupted, verifyBlock } from './blockCheck.js';
import { reasonName } from './failReasons.js';
import type { RmcHost } from './host.js';
import { addAcceptSession } from './sessions.js';

/**
 * Takes the output that `host.core.output` holds: RMC's own business here, the rest on its way to the application. The
 * session that it names is on record: the core says nothing of one after CLOSE_DONE or `closeReturned`, but CORRUPTED.
 */
export function handleOutput(host: RmcHost): void {
  const { output } = host.core;
  switch (output.kind) {
    case OutputKind.STATE:
      return stateChanged(host, output.session, output.a);
    case OutputKind.OFFER:
      return offerArrived(host, output.a, output.b, output.c);
    case OutputKind.REUSED:
      return reused(host, output.session, output.a);
    case OutputKind.PEER_FAILED:
      return peerFailed(host, output.a, output.c);
    case OutputKind.CORRUPTED:
      return corrupted(host, host.sessions.get(output.session));
    case OutputKind.GIVEN_UP:
    case OutputKind.LATE:
      return counted(host, output.session, output.kind);
    case OutputKind.CLOSING:
      return closing(host, output.session);
    default:
      return toApplication(host, output.session);
  }
}

function toApplication(host: RmcHost, handle: number): void {
  const record = host.sessions.get(handle)!;
  const { kind, a, c } = host.core.output;
  if (kind === OutputKind.ABORT_SESSION) verifyBlock(host, record);
  if (!host.alive) return;
  if (isTimeout(kind, a, c)) blameFault(host, record);
  host.carrier.toApp(host, record);
  if (kind === OutputKind.CLOSE_DONE) host.sessions.delete(handle);
}

/** What ends by a timeout comes from whatever silenced the peer, where that is known. */
function isTimeout(kind: number, a: number, c: number): boolean {
  if (kind === OutputKind.OPEN_DONE || kind === OutputKind.CLOSE_DONE) return a === Status.RMC_ETIMEDOUT;
  if (kind === OutputKind.IO_DONE) return c === FailReason.io;
  return kind === OutputKind.ABORT_SESSION && a === FailReason.io;
}

/** D25: RMC counts what is missing on an ordered session; nobody is told but the sender, by its io_done. */
function counted(host: RmcHost, handle: number, kind: number): void {
  const record = host.sessions.get(handle)!;
  if (kind === OutputKind.LATE) record.late += 1;
  else record.givenUp += 1;
}

function blameFault(host: RmcHost, record: SessionRecord): void {
  const fault = faultBehind(host.fabric, record);
  if (fault !== undefined) host.world.log.cause = fault.event;
}

function stateChanged(host: RmcHost, handle: number, state: number): void {
  const record = host.sessions.get(handle)!;
  const { fabric } = host;
  record.state = sessionStateName(state);
  fabric.log.sessionState(record, record.state);
  if (record.type === 'LISTEN' && state !== SessionState.LISTENING) host.node.ports.delete(record.port);
  if (state === SessionState.CLOSED) fabric.sessionOver(record);
}

/** An ACCEPT session is over. With a close_session the application is told; without one RMC goes on at once. */
function closing(host: RmcHost, handle: number): void {
  const record = host.sessions.get(handle)!;
  const { b: cause } = host.core.output;
  record.kept = cause === CloseCause.reuse;
  verifyBlock(host, record);
  if (!host.alive) return;
  if (record.hasCloseSession) host.carrier.toApp(host, record);
  else host.fabric.node(host.node.index).closeReturned(host, record);
}

/** D8: the successor stands in the same block, without new_session, under a name of its own. */
function reused(host: RmcHost, handle: number, oldHandle: number): void {
  const old = host.sessions.get(oldHandle)!;
  const listen = host.fabric.session(old.listen)!;
  host.sessions.delete(oldHandle);
  old.successor = addAcceptSession(host, listen, handle, old.address, old.placedByApp, old.madeBy).id;
}

/** What silenced the RMC instance at `place` of a node: known by way of a session that is shared with it. */
function faultOfPeer(host: RmcHost, peerNode: number, place: number): FaultRecord | undefined {
  for (const record of host.sessions.values()) {
    if (record.over || record.peerNode !== peerNode || record.flow === null) continue;
    if (host.core.sessionInfo(record.handle)?.peer.place === place) return faultBehind(host.fabric, record);
  }
  return host.world.faults.lastFault(peerNode, host.node.index);
}

/**
 * A peer that RMC finds silent was silenced by something: where that is known it is the event's cause, and the chain
 * of causes of all that follows leads to it.
 */
function peerFailed(host: RmcHost, peerNode: number, reason: number): void {
  const { fabric, world } = host;
  const { log } = world;
  const tag = host.core.output.tag;
  if (reason === FailReason.silence) {
    const fault = faultOfPeer(host, peerNode, host.core.output.b);
    if (fault !== undefined) log.cause = fault.event;
  }
  const peer = fabric.node(peerNode).state.name;
  const event = fabric.log.peerFailed(host.node.nameId, host.appNameId, peer, reasonName(reason));
  host.replaceCause(tag, event);
}
