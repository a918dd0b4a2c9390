// Messages of one session, both ways: window, acknowledgement, repetition, hand-up (D21, D23, D24, D26).
import {
  writeBlockAccepted,
  writeBlockAcknowledged,
  writeBlockHandedUp,
  writeBlockInFlight,
} from './block.js';
import { armSession } from './clock.js';
import { MAX_MESSAGE_BYTES } from './frame.js';
import { type Machine, timersOf } from './machine.js';
import { OutputKind } from './names.js';
import { pushMessage, pushOutput } from './outputs.js';
import { freePayload, storePayload } from './payloadPool.js';
import {
  fitReceiveWindow,
  heldLength,
  heldSlot,
  hold,
  holds,
  letGo,
  makeReceiveWindow,
} from './receiveWindow.js';
import {
  enterMessage,
  fitSendWindow,
  isHeldByPeer,
  makeSendWindow,
  messageSlot,
  noteHeldByPeer,
  noteSent,
  sentUs,
} from './sendWindow.js';
import type { Session } from './session.js';
import type { Owner } from './state.js';
import { Status } from './status.js';
import { MAX_WINDOW } from './timers.js';
import { oweAck, sendData } from './transmit.js';

const NEVER = Number.POSITIVE_INFINITY;

function isFull(m: Machine, s: Session): boolean {
  const timers = timersOf(m, s);
  return s.inFlight - s.acknowledged >= timers.window && s.accepted - s.inFlight >= timers.sendQueue;
}

/** `rmc_send` on a connected session: RMC_INPROGRESS, RMC_EMSGSIZE or RMC_EAGAIN (D23, D26). */
export function queueMessage(m: Machine, s: Session): void {
  if (m.callLength > MAX_MESSAGE_BYTES) {
    m.callStatus = Status.RMC_EMSGSIZE;
    return;
  }
  if (isFull(m, s)) {
    s.wantsWritable = true;
    m.callStatus = Status.RMC_EAGAIN;
    return;
  }
  const seq = ++s.accepted;
  s.sending ??= makeSendWindow();
  fitSendWindow(s.sending, s.acknowledged + 1, seq);
  const slot = storePayload(m.state.pool, m.callBytes, m.callOffset, m.callLength);
  enterMessage(s.sending, seq, slot, m.callLength, m.nowUs);
  writeBlockAccepted(m.memory, s.block, seq);
  if (seq === s.acknowledged + 1) armSession(m, s, m.nowUs + timersOf(m, s).ioTimeoutUs);
}

/** Puts on the bus what the window has room for, and says so when a caller was told to wait (D26). */
export function sendWaiting(m: Machine, s: Session): void {
  const timers = timersOf(m, s);
  const last = Math.min(s.accepted, s.acknowledged + timers.window);
  if (s.inFlight < last) {
    if (s.inFlight === s.acknowledged) startResending(m, s);
    while (s.inFlight < last) {
      const seq = ++s.inFlight;
      noteSent(s.sending!, seq, m.nowUs);
      sendData(m, s, seq);
    }
    writeBlockInFlight(m.memory, s.block, s.inFlight);
  }
  if (s.wantsWritable && !isFull(m, s)) {
    s.wantsWritable = false;
    pushOutput(m.state.outputs, OutputKind.WRITABLE, s.handle, 0, 0, 0);
  }
}

/** The first wait before a repetition (D24). */
export function startResending(m: Machine, s: Session): void {
  s.rtoUs = timersOf(m, s).rtoUs;
  s.resendAtUs = m.nowUs + s.rtoUs;
  armSession(m, s, s.resendAtUs);
}

/** The next wait: twice as long, up to the limit. */
export function backOff(m: Machine, s: Session): void {
  s.rtoUs = Math.min(s.rtoUs * 2, timersOf(m, s).rtoMaxUs);
  s.resendAtUs = m.nowUs + s.rtoUs;
}

/**
 * Repeats what is due. The oldest message goes again whatever the peer said that it holds: its answer shows whether an
 * acknowledgement was lost while the mailbox was full (D21).
 */
export function resendData(m: Machine, s: Session): void {
  if (s.inFlight === s.acknowledged) return;
  const w = s.sending!;
  const rtoUs = timersOf(m, s).rtoUs;
  for (let seq = s.acknowledged + 1; seq <= s.inFlight; seq++) {
    const isOldest = seq === s.acknowledged + 1;
    if (!isOldest && (isHeldByPeer(w, seq) || m.nowUs - sentUs(w, seq) < rtoUs)) continue;
    noteSent(w, seq, m.nowUs);
    m.state.counters.retransmitted++;
    sendData(m, s, seq);
  }
  backOff(m, s);
}

/** Reads the acknowledgement in `rx`: completes IOs in the order in which they were issued. */
export function takeAck(m: Machine, s: Session): void {
  const { ack, sack } = m.rx;
  if (ack > s.inFlight) return;
  if (ack > s.acknowledged) {
    const w = s.sending!;
    while (s.acknowledged < ack) {
      const seq = ++s.acknowledged;
      freePayload(m.state.pool, messageSlot(w, seq));
      pushOutput(m.state.outputs, OutputKind.IO_DONE, s.handle, seq, Status.RMC_OK, 0);
    }
    writeBlockAcknowledged(m.memory, s.block, ack);
    if (s.inFlight === ack) s.resendAtUs = NEVER;
    else startResending(m, s);
  }
  if (sack !== 0) takeSack(s, ack, sack);
}

function takeSack(s: Session, ack: number, sack: number): void {
  for (let i = 0; i < 32; i++) {
    const seq = ack + 1 + i;
    if (seq > s.inFlight) return;
    if (((sack >>> i) & 1) === 1 && seq > s.acknowledged) noteHeldByPeer(s.sending!, seq);
  }
}

/** The message in `rx`: handed up in its turn, kept until then, or known already. Each is acknowledged (D24). */
export function receive(m: Machine, s: Session): void {
  const seq = m.rx.seq;
  const ahead = seq - s.handedUp;
  if (ahead > MAX_WINDOW) {
    m.state.counters.tooFarAhead++;
    return;
  }
  oweAck(m, s);
  if (ahead <= 0) {
    m.state.counters.duplicates++;
    return;
  }
  const w = s.receiving;
  if (ahead === 1 && (w === undefined || w.held === 0)) {
    const owner = ownerOf(m, s.owner);
    if (owner.credit > 0) {
      handOne(
        m,
        s,
        owner,
        storePayload(m.state.pool, m.rxBytes, m.rxPayload, m.rx.payloadLength),
        m.rx.payloadLength,
      );
      return;
    }
  }
  keep(m, s, seq);
  handUp(m, s);
}

function keep(m: Machine, s: Session, seq: number): void {
  s.receiving ??= makeReceiveWindow();
  fitReceiveWindow(s.receiving, s.handedUp + 1, seq);
  if (holds(s.receiving, seq)) {
    m.state.counters.duplicates++;
    return;
  }
  const length = m.rx.payloadLength;
  hold(s.receiving, seq, storePayload(m.state.pool, m.rxBytes, m.rxPayload, length), length);
}

/** Credit of an application; none until the host gives some. */
export function ownerOf(m: Machine, id: number): Owner {
  let owner = m.state.owners.get(id);
  if (owner === undefined) {
    owner = { credit: 0, stalled: [] };
    m.state.owners.set(id, owner);
  }
  return owner;
}

function handOne(m: Machine, s: Session, owner: Owner, slot: number, length: number): void {
  owner.credit--;
  s.handedUp++;
  writeBlockHandedUp(m.memory, s.block, s.handedUp);
  pushMessage(m.state.outputs, OutputKind.MESSAGE, s.handle, s.handedUp, slot, length);
}

/** Hands up what is next in order, as far as the credit goes; then the session waits for more (D21). */
function handUp(m: Machine, s: Session): void {
  const w = s.receiving!;
  const owner = ownerOf(m, s.owner);
  while (w.held > 0) {
    const seq = s.handedUp + 1;
    const slot = heldSlot(w, seq);
    if (slot < 0) return;
    if (owner.credit <= 0) {
      if (!s.stalled) owner.stalled.push(s.handle);
      s.stalled = true;
      return;
    }
    const length = heldLength(w, seq);
    letGo(w, seq);
    handOne(m, s, owner, slot, length);
    oweAck(m, s);
  }
}

/** The application has room again: the sessions that waited go on, and their peers hear of it at once (D21). */
export function goOnWithCredit(m: Machine, owner: Owner): void {
  const waiting = owner.stalled;
  let done = 0;
  while (done < waiting.length && owner.credit > 0) {
    const s = m.state.sessions.get(waiting[done++]!);
    if (s === undefined || s.receiving === undefined) continue;
    s.stalled = false;
    handUp(m, s);
  }
  waiting.splice(0, done);
}

/** Lets go of all that a session still held: its messages will neither be sent nor handed up. */
export function dropMessages(m: Machine, s: Session): void {
  const w = s.receiving;
  if (w === undefined) return;
  for (let seq = s.handedUp + 1; w.held > 0; seq++) {
    const slot = heldSlot(w, seq);
    if (slot < 0) continue;
    letGo(w, seq);
    freePayload(m.state.pool, slot);
  }
  s.receiving = undefined;
}

/** Completes the IOs that are left, in the order of their issue (D14, D17). `firstStatus` is for the oldest. */
export function failMessages(m: Machine, s: Session, firstStatus: number, reason: number): void {
  let status = firstStatus;
  for (let seq = s.acknowledged + 1; seq <= s.accepted; seq++) {
    freePayload(m.state.pool, messageSlot(s.sending!, seq));
    pushOutput(m.state.outputs, OutputKind.IO_DONE, s.handle, seq, status, reason);
    status = Status.RMC_ECONNABORTED;
  }
  s.accepted = s.acknowledged;
  s.inFlight = s.acknowledged;
  writeBlockAccepted(m.memory, s.block, s.accepted);
  writeBlockInFlight(m.memory, s.block, s.inFlight);
  s.wantsWritable = false;
  s.sending = undefined;
}
