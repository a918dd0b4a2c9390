// Making frames. Everything that leaves the machine is made here.

import { put32 } from './bytes.js';
import { HEARTBEAT_ENTRY_BYTES, HEARTBEAT_SESSIONS } from './frame.js';
import { givenUpBitmap } from './gaps.js';
import { isNewPair, type Machine } from './machine.js';
import { Delivery, FrameType, ReleaseCode } from './names.js';
import { pushFrame } from './outbox.js';
import { payloadBytes, payloadOffset } from './payloadPool.js';
import { heldBitmap } from './receiveWindow.js';
import { messageLength, messageSlot } from './sendWindow.js';
import { isThere, type Session } from './session.js';
import type { Peer } from './state.js';

/** A blank frame of ours. */
function begin(m: Machine, type: number): void {
  const tx = m.tx;
  tx.type = type;
  tx.release = m.release;
  tx.status = 0;
  tx.srcNode = m.config.node;
  tx.srcPlace = m.config.place;
  tx.srcIncarnation = m.config.incarnation;
  tx.port = 0;
  tx.delivery = 0;
  tx.heartbeatUs = 0;
  tx.seq = 0;
  tx.ack = 0;
  tx.sack = 0;
  tx.payloadLength = 0;
}

/** A frame of a session: names both sides as far as they are known (D12), and the port until there is an answer (D11). */
function beginFor(m: Machine, s: Session, type: number): void {
  begin(m, type);
  const tx = m.tx;
  tx.srcId = s.localId;
  tx.dstNode = s.peerNode;
  tx.dstPlace = s.peerPlace;
  tx.dstIncarnation = s.peerIncarnation;
  tx.dstId = s.peerId;
  tx.openNumber = s.openNumber;
  if (s.peerId === 0) tx.port = s.port;
}

function addAck(m: Machine, s: Session): void {
  m.tx.ack = s.handedUp;
  const waiting = s.receiving;
  if (s.gaps !== undefined) m.tx.sack = givenUpBitmap(s.gaps, s.handedUp);
  else if (waiting !== undefined && waiting.held > 0) m.tx.sack = heldBitmap(waiting, s.handedUp + 1);
  s.ackDue = false;
}

/** The interval that R1.1 tells its peers (D15); an older release has none. */
function ownInterval(m: Machine): number {
  return m.release === ReleaseCode['R1.1'] ? m.timers.heartbeatUs : 0;
}

function end(m: Machine, session: number, payload: Uint8Array, at: number): void {
  m.state.counters.framesSent++;
  pushFrame(m.state.outbox, m.tx, session, payload, at);
}

/** OPEN_REQ or OPEN_ACK: they carry release and interval (D18), and the form of delivery (D25). */
export function sendOpening(m: Machine, s: Session, type: number): void {
  beginFor(m, s, type);
  m.tx.heartbeatUs = ownInterval(m);
  m.tx.delivery = s.gaps === undefined ? Delivery.reliable : Delivery.ordered;
  end(m, s.handle, m.scratch, 0);
}

/** DATA with one message that waits in the send window. */
export function sendData(m: Machine, s: Session, seq: number): void {
  const slot = messageSlot(s.sending!, seq);
  beginFor(m, s, FrameType.DATA);
  m.tx.seq = seq;
  m.tx.payloadLength = messageLength(s.sending!, seq);
  addAck(m, s);
  end(m, s.handle, payloadBytes(m.state.pool, slot), payloadOffset(m.state.pool, slot));
}

/** CLOSE_REQ or ACK: they carry the acknowledgement (D14). */
export function sendAcknowledging(m: Machine, s: Session, type: number): void {
  beginFor(m, s, type);
  addAck(m, s);
  end(m, s.handle, m.scratch, 0);
}

/** ACK that asks what became of the messages in flight, which are not sent again (D25). */
export function sendAsking(m: Machine, s: Session): void {
  beginFor(m, s, FrameType.ACK);
  m.tx.seq = s.inFlight;
  addAck(m, s);
  end(m, s.handle, m.scratch, 0);
}

/** CLOSE_ACK, for a session that is (or was until now) there. */
export function sendCloseAck(m: Machine, s: Session): void {
  beginFor(m, s, FrameType.CLOSE_ACK);
  end(m, s.handle, m.scratch, 0);
}

/** ABORT for a session of ours, where both sides know that frame (D15). */
export function sendAbort(m: Machine, s: Session): void {
  if (!isNewPair(m, s) || s.peerId === 0) return;
  beginFor(m, s, FrameType.ABORT);
  end(m, s.handle, m.scratch, 0);
}

/** Notes that a session owes an ACK; it leaves at the next `pollFrame`, unless DATA or CLOSE_REQ carries it before. */
export function oweAck(m: Machine, s: Session): void {
  if (s.ackDue) return;
  s.ackDue = true;
  m.state.acksDue.push(s.handle);
}

/** Makes the ACKs that are still due. */
export function sendAcksDue(m: Machine): void {
  const due = m.state.acksDue;
  for (let i = 0; i < due.length; i++) {
    const s = m.state.sessions.get(due[i]!);
    if (s?.ackDue && isThere(s)) sendAcknowledging(m, s, FrameType.ACK);
  }
  due.length = 0;
}

/** OPEN_NAK to whoever asked. */
export function sendOpenNak(
  m: Machine,
  to: { node: number; place: number; incarnation: number; id: number; openNumber: number },
  status: number,
): void {
  begin(m, FrameType.OPEN_NAK);
  const tx = m.tx;
  tx.status = status;
  tx.srcId = 0;
  tx.dstNode = to.node;
  tx.dstPlace = to.place;
  tx.dstIncarnation = to.incarnation;
  tx.dstId = to.id;
  tx.openNumber = to.openNumber;
  end(m, 0, m.scratch, 0);
}

/**
 * CLOSE_ACK or ABORT for a session that is not there: names, incarnations and open number as the frame in `rx` had
 * them, so that the sender knows its session again (D14, D15). `ourId` and `theirId`: as the frame named the session.
 */
export function sendMirrored(
  m: Machine,
  type: number,
  ourId: number,
  theirId: number,
  openNumber: number,
): void {
  const rx = m.rx;
  begin(m, type);
  const tx = m.tx;
  tx.srcIncarnation = rx.dstIncarnation;
  tx.srcId = ourId;
  tx.dstNode = rx.srcNode;
  tx.dstPlace = rx.srcPlace;
  tx.dstIncarnation = rx.srcIncarnation;
  tx.dstId = theirId;
  tx.openNumber = openNumber;
  end(m, 0, m.scratch, 0);
}

/** HEARTBEATs to a peer that list members[first, last): one frame for each 100 of them (D15). */
export function sendHeartbeats(m: Machine, peer: Peer, first: number, last: number): void {
  for (let from = first; from < last; from += HEARTBEAT_SESSIONS) {
    const to = Math.min(last, from + HEARTBEAT_SESSIONS);
    for (let i = from; i < to; i++) {
      const s = m.state.sessions.get(peer.members[i]!)!;
      const at = (i - from) * HEARTBEAT_ENTRY_BYTES;
      put32(m.scratch, at, s.localId);
      put32(m.scratch, at + 4, s.peerId);
      put32(m.scratch, at + 8, s.openNumber);
    }
    begin(m, FrameType.HEARTBEAT);
    const tx = m.tx;
    tx.srcId = 0;
    tx.dstNode = peer.node;
    tx.dstPlace = peer.place;
    tx.dstIncarnation = peer.incarnation;
    tx.dstId = 0;
    tx.openNumber = 0;
    tx.heartbeatUs = ownInterval(m);
    tx.payloadLength = (to - from) * HEARTBEAT_ENTRY_BYTES;
    end(m, 0, m.scratch, 0);
  }
}
