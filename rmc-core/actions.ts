// What the cells of the state tables do, by name. Each is small; the work stands with its subject.
import { BlockFlag, writeBlockFlags, writeBlockPeer } from './block.js';
import { armSession } from './clock.js';
import { Event, fire } from './engine.js';
import {
  backOff,
  failMessages,
  queueMessage,
  receive,
  resendData,
  sendWaiting,
  startResending,
  takeAck,
} from './flow.js';
import { dropHeld } from './handUp.js';
import { dropSession } from './identity.js';
import { type Action, type Machine, timersOf } from './machine.js';
import { CloseCause, FailReason, FrameType, OutputKind, SessionType } from './names.js';
import { flush, giveUpGaps, hearAsk } from './ordered.js';
import { pushOutput } from './outputs.js';
import { beatAtOnce, confirmClient, joinPeer, leavePeer } from './peers.js';
import { considerOpen } from './requests.js';
import type { Session } from './session.js';
import { knowsBlock, watchUnconfirmed } from './sessions.js';
import { Status, statuses } from './status.js';
import type { ActionName } from './tables/table.js';
import { sendAbort, sendAcknowledging, sendCloseAck, sendOpening } from './transmit.js';

const NEVER = Number.POSITIVE_INFINITY;

/** By event: why IOs fail, and why an ACCEPT session ended. */
const endings: ReadonlyMap<number, { readonly reason: number; readonly cause: number }> = new Map([
  [Event.CLOSE_REQ, { reason: FailReason.closed, cause: CloseCause.closed }],
  [Event.closed_early, { reason: FailReason.closed, cause: CloseCause.closed }],
  [Event.CLOSE_ACK, { reason: FailReason.closed, cause: CloseCause.closed }],
  [Event.close_timeout, { reason: FailReason.closed, cause: CloseCause.closed }],
  [Event.listen_ended, { reason: FailReason.closed, cause: CloseCause.shutdown }],
  [Event.moved, { reason: FailReason.reuse, cause: CloseCause.moved }],
  [Event.reuse, { reason: FailReason.reuse, cause: CloseCause.reuse }],
  [Event.owner_gone, { reason: FailReason.owner, cause: CloseCause.owner }],
  [Event.peer_silent, { reason: FailReason.silence, cause: CloseCause['failed-silence'] }],
  [Event.open_timeout, { reason: FailReason.silence, cause: CloseCause['failed-silence'] }],
  [Event.ABORT, { reason: FailReason.abort, cause: CloseCause['failed-abort'] }],
  [Event.peer_restarted, { reason: FailReason.incarnation, cause: CloseCause['failed-incarnation'] }],
  [Event.io_timeout, { reason: FailReason.io, cause: CloseCause.io }],
  [Event.corrupted, { reason: FailReason.corrupted, cause: CloseCause.corrupted }],
]);

function reasonOf(event: number): number {
  return endings.get(event)!.reason;
}

function learnPeer(m: Machine, s: Session): void {
  const rx = m.rx;
  s.peerPlace = rx.srcPlace;
  s.peerIncarnation = rx.srcIncarnation;
  s.peerId = rx.srcId;
  s.peerRelease = rx.release;
  s.confirmed = true;
  writeBlockPeer(m.memory, s.block, s.peerPlace, s.peerIncarnation, s.peerId, s.peerRelease);
  stopOpening(m, s);
  joinPeer(m, s, rx.heartbeatUs, m.nowUs);
}

function stopOpening(_m: Machine, s: Session): void {
  s.openAtUs = NEVER;
  s.resendAtUs = NEVER;
}

/** D14: what is queued goes first; then CLOSE_REQ, whose first one starts close_timeout. */
function closeWhenDrained(m: Machine, s: Session): void {
  if (s.closeSent || s.accepted > s.acknowledged) return;
  s.closeSent = true;
  sendAcknowledging(m, s, FrameType.CLOSE_REQ);
  s.closeAtUs = m.nowUs + timersOf(m, s).closeTimeoutUs;
  s.closeTag = m.state.outputs.tag;
  armSession(m, s, s.closeAtUs);
  startResending(m, s);
}

function resendClose(m: Machine, s: Session): void {
  if (!s.closeSent) return;
  sendAcknowledging(m, s, FrameType.CLOSE_REQ);
  backOff(m, s);
}

/** The session is over on the bus: no timer, no peer, no message waits on it. Its id stays taken. */
function leaveWire(m: Machine, s: Session): void {
  s.openAtUs = NEVER;
  s.resendAtUs = NEVER;
  s.closeAtUs = NEVER;
  s.gapAtUs = NEVER;
  s.ackDue = false;
  leavePeer(m, s);
  dropHeld(m, s);
  const e = s.type === SessionType.ACCEPT ? m.state.endpoints.get(s.endpoint) : undefined;
  if (e?.session === s.handle) e.session = 0;
}

function failIos(m: Machine, s: Session, event: number): void {
  const first = event === Event.io_timeout ? Status.RMC_ETIMEDOUT : Status.RMC_ECONNABORTED;
  if (s.accepted > s.acknowledged) failMessages(m, s, first, reasonOf(event));
}

function openDone(m: Machine, s: Session, status: number): void {
  pushOutput(m.state.outputs, OutputKind.OPEN_DONE, s.handle, status, 0, 0);
}

/** The status that the server gave; one that cannot be a refusal counts as RMC_ECONNREFUSED. */
function openDoneRefused(m: Machine, s: Session): void {
  const status = m.rx.status;
  const isRefusal = status > Status.RMC_INPROGRESS && status < statuses.length;
  openDone(m, s, isRefusal ? status : Status.RMC_ECONNREFUSED);
}

function abortSession(m: Machine, s: Session, event: number): void {
  if ((s.flags & BlockFlag.HAS_ABORT_SESSION) === 0) return;
  pushOutput(m.state.outputs, OutputKind.ABORT_SESSION, s.handle, reasonOf(event), 0, 0);
}

function peerFailed(m: Machine, s: Session): void {
  pushOutput(m.state.outputs, OutputKind.PEER_FAILED, s.handle, s.peerNode, s.peerPlace, FailReason.abort);
}

/** D27: a last look at the block, then RMC lets go of it for good. */
function closeDone(m: Machine, s: Session, status: number): void {
  knowsBlock(m, s);
  pushOutput(m.state.outputs, OutputKind.CLOSE_DONE, s.handle, status, 0, 0);
  dropSession(m, s);
}

function closeDoneWhenEmpty(m: Machine, s: Session): void {
  if (s.children === 0) closeDone(m, s, Status.RMC_OK);
}

/** D8, D9: the flag is in the block before close_session can run (S9): TRUE only in a block that the application placed. */
function closing(m: Machine, s: Session, event: number): void {
  const isFree = (s.flags & BlockFlag.PLACED_BY_APP) !== 0 && event !== Event.reuse;
  if (isFree) s.flags |= BlockFlag.FREE;
  writeBlockFlags(m.memory, s.block, s.flags);
  const cause = endings.get(event)!.cause;
  pushOutput(
    m.state.outputs,
    OutputKind.CLOSING,
    s.handle,
    isFree ? 1 : 0,
    cause,
    m.newerIncarnation ? 1 : 0,
  );
}

function freePort(m: Machine, s: Session): void {
  if (m.state.ports.get(s.port) === s.handle) m.state.ports.delete(s.port);
}

/** D22: every ACCEPT session under a LISTEN session that ended, in the order in which they were made. */
function endChildren(m: Machine, s: Session, event: number): void {
  const childEvent = event === Event.owner_gone ? Event.owner_gone : Event.listen_ended;
  if (s.children === 0) return;
  for (const child of m.state.sessions.values()) {
    if (child.listen === s.handle) fire(m, child, childEvent);
  }
}

/** Every action that the tables name. */
export const actions: ReadonlyMap<ActionName, Action> = new Map<ActionName, Action>([
  ['queueMessage', queueMessage],
  ['takeAck', takeAck],
  ['sendWaiting', sendWaiting],
  ['receive', receive],
  ['hearAsk', hearAsk],
  ['giveUpGaps', giveUpGaps],
  ['flush', flush],
  [
    'sendOpenReq',
    (m, s) => {
      sendOpening(m, s, FrameType.OPEN_REQ);
      backOff(m, s);
    },
  ],
  ['sendOpenAck', (m, s) => sendOpening(m, s, FrameType.OPEN_ACK)],
  ['extendOpen', (m, s) => watchUnconfirmed(m, s, m.nowUs)],
  ['learnPeer', learnPeer],
  ['beatAtOnce', beatAtOnce],
  [
    'confirm',
    (m, s) => {
      if (s.confirmed) return;
      s.openAtUs = NEVER;
      confirmClient(m, s);
    },
  ],
  ['closeWhenDrained', closeWhenDrained],
  ['resendClose', resendClose],
  ['resendData', resendData],
  ['sendCloseAck', sendCloseAck],
  ['sendAbort', sendAbort],
  ['stopOpening', stopOpening],
  ['leaveWire', leaveWire],
  ['openDoneOk', (m, s) => openDone(m, s, Status.RMC_OK)],
  ['openDoneRefused', openDoneRefused],
  ['openDoneTimedOut', (m, s) => openDone(m, s, Status.RMC_ETIMEDOUT)],
  ['openDoneAborted', (m, s) => openDone(m, s, Status.RMC_ECONNABORTED)],
  ['peerFailed', peerFailed],
  ['failIos', failIos],
  ['abortSession', abortSession],
  ['closeDoneOk', (m, s) => closeDone(m, s, Status.RMC_OK)],
  ['closeDoneTimedOut', (m, s) => closeDone(m, s, Status.RMC_ETIMEDOUT)],
  ['closeDoneAborted', (m, s) => closeDone(m, s, Status.RMC_ECONNABORTED)],
  ['closing', closing],
  ['considerOpen', considerOpen],
  ['freePort', freePort],
  ['endChildren', endChildren],
  ['closeDoneWhenEmpty', closeDoneWhenEmpty],
]);
