// Messages of one session, both ways: window, acknowledgement, repetition (D21, D23, D24, D26).
import { writeBlockAccepted, writeBlockAcknowledged, writeBlockInFlight } from './block.js';
import { armSession } from './clock.js';
import { MAX_MESSAGE_BYTES } from './frame.js';
import { handOne, handUp, keep, ownerOf } from './handUp.js';
import { type Machine, timersOf } from './machine.js';
import { FailReason, OutputKind } from './names.js';
import { receiveOrdered } from './ordered.js';
import { pushOutput } from './outputs.js';
import { freePayload, storePayload } from './payloadPool.js';
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
import { Status } from './status.js';
import { MAX_WINDOW, ORDERED_WINDOW } from './timers.js';
import { oweAck, sendAsking, sendData } from './transmit.js';

const NEVER = Number.POSITIVE_INFINITY;

/** D26; an acknowledgement of an ordered session reaches no further back (D25). */
function windowOf(m: Machine, s: Session): number {
  const { window } = timersOf(m, s);
  return s.gaps === undefined ? window : Math.min(window, ORDERED_WINDOW);
}

function isFull(m: Machine, s: Session): boolean {
  const { sendQueue } = timersOf(m, s);
  return s.accepted - s.inFlight >= sendQueue && s.inFlight - s.acknowledged >= windowOf(m, s);
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
  enterMessage(s.sending, seq, slot, m.callLength, m.nowUs, m.state.outputs.tag);
  writeBlockAccepted(m.memory, s.block, seq);
  if (seq === s.acknowledged + 1) armSession(m, s, m.nowUs + timersOf(m, s).ioTimeoutUs);
}

/** Puts on the bus what the window has room for, and says so when a caller was told to wait (D26). */
export function sendWaiting(m: Machine, s: Session): void {
  const last = Math.min(s.accepted, s.acknowledged + windowOf(m, s));
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
 * acknowledgement was lost while the mailbox was full (D21). An ordered session asks instead (D25).
 */
export function resendData(m: Machine, s: Session): void {
  if (s.inFlight === s.acknowledged) return;
  if (s.gaps !== undefined) {
    sendAsking(m, s);
    backOff(m, s);
    return;
  }
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

/**
 * Reads the acknowledgement in `rx`: completes IOs in the order in which they were issued. Of an ordered session it says
 * which of them were given up, and those alone were not handed up (D25).
 */
export function takeAck(m: Machine, s: Session): void {
  const { ack, sack } = m.rx;
  if (ack > s.inFlight) return;
  if (ack > s.acknowledged) {
    const w = s.sending!;
    const givenUp = s.gaps === undefined ? 0 : sack;
    while (s.acknowledged < ack) {
      const seq = ++s.acknowledged;
      freePayload(m.state.pool, messageSlot(w, seq));
      const isGivenUp = ((givenUp >>> (ack - seq)) & 1) === 1;
      const status = isGivenUp ? Status.RMC_ETIMEDOUT : Status.RMC_OK;
      pushOutput(m.state.outputs, OutputKind.IO_DONE, s.handle, seq, status, isGivenUp ? FailReason.gap : 0);
    }
    writeBlockAcknowledged(m.memory, s.block, ack);
    if (s.inFlight === ack) s.resendAtUs = NEVER;
    else startResending(m, s);
  }
  if (sack !== 0 && s.gaps === undefined) takeSack(s, ack, sack);
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
  if (s.gaps !== undefined) {
    receiveOrdered(m, s, s.gaps);
    return;
  }
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
