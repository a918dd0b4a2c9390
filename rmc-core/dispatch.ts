// A sound frame has come in: who sent it, what session is it for, what event is it there (D12, D14, D15).
import { get32 } from './bytes.js';
import { Event, fire } from './engine.js';
import { HEADER_BYTES, HEARTBEAT_ENTRY_BYTES } from './frame.js';
import { compareOpen, senderKey, sessionNamed, sessionOfFrame } from './identity.js';
import type { Machine } from './machine.js';
import { Delivery, FrameType, ReleaseCode } from './names.js';
import { hearSender, isFromThePast } from './peers.js';
import { closeRequestedEarly, listenerOn, openRequested } from './requests.js';
import { sendMirrored } from './transmit.js';

const eventOfType: readonly number[] = [
  0,
  Event.OPEN_REQ,
  Event.OPEN_ACK,
  Event.OPEN_NAK,
  Event.DATA,
  Event.ACK,
  Event.CLOSE_REQ,
  Event.CLOSE_ACK,
  Event.HEARTBEAT,
  Event.ABORT,
];

/** Handles the frame whose header is in `rx`. */
export function dispatchFrame(m: Machine, bytes: Uint8Array, offset: number): void {
  m.rxBytes = bytes;
  m.rxPayload = offset + HEADER_BYTES;
  const rx = m.rx;
  const isOurs = rx.dstNode === m.config.node && (rx.dstPlace === 0 || rx.dstPlace === m.config.place);
  if (!isOurs || !isKnownToBoth(m, rx.type)) {
    m.state.counters.dropped++;
    return;
  }
  const isOpening = rx.type === FrameType.OPEN_REQ || rx.type === FrameType.OPEN_ACK;
  if (isOpening && isFromThePast(m)) {
    m.state.counters.staleOpen++;
    return;
  }
  hearSender(m, rx.type === FrameType.OPEN_REQ ? sessionToReuse(m) : 0);
  if (rx.type === FrameType.OPEN_REQ) openRequested(m);
  else if (rx.type === FrameType.HEARTBEAT) heartbeat(m);
  else sessionFrame(m);
}

/** R1.0.x has neither HEARTBEAT nor ABORT (D15), and a mixed pair behaves like it (D18). */
function isKnownToBoth(m: Machine, type: number): boolean {
  if (type !== FrameType.HEARTBEAT && type !== FrameType.ABORT) return true;
  return bothNew(m);
}

function bothNew(m: Machine): boolean {
  return m.release === ReleaseCode['R1.1'] && m.rx.release === ReleaseCode['R1.1'];
}

/** The session that a newer open of its endpoint will reuse (D8): it ends by that, not by the client's new incarnation. */
function sessionToReuse(m: Machine): number {
  const e = m.state.endpoints.get(senderKey(m));
  if (e === undefined || compareOpen(m, e) <= 0) return 0;
  const old = m.state.sessions.get(e.session);
  return old !== undefined && old.listen === listenerOn(m, m.rx.port)?.handle ? old.handle : 0;
}

function sessionFrame(m: Machine): void {
  const rx = m.rx;
  const s = sessionOfFrame(m);
  const isAnswer = rx.type === FrameType.ABORT || rx.type === FrameType.CLOSE_ACK;
  if (s === undefined || (!isAnswer && isToItself(m, rx.dstId, rx.srcId))) {
    notThere(m);
    return;
  }
  // An answer for the other form of delivery is none (D25).
  // A session that closes without an answer knows no peer yet: messages and acknowledgements mean nothing to it.
  const isOtherForm =
    rx.type === FrameType.OPEN_ACK && (rx.delivery === Delivery.ordered) !== (s.gaps !== undefined);
  const isEarly = s.peerId === 0 && (rx.type === FrameType.DATA || rx.type === FrameType.ACK);
  if (isEarly || isOtherForm || !fire(m, s, eventOfType[rx.type]!)) m.state.counters.dropped++;
}

/** D14, D15: CLOSE_REQ is always answered; OPEN_ACK and DATA between R1.1 instances; nothing else is. */
function notThere(m: Machine): void {
  const rx = m.rx;
  if (rx.type === FrameType.CLOSE_REQ) {
    closeRequestedEarly(m);
    sendMirrored(m, FrameType.CLOSE_ACK, rx.dstId, rx.srcId, rx.openNumber);
  } else if ((rx.type === FrameType.OPEN_ACK || rx.type === FrameType.DATA) && bothNew(m)) {
    sendMirrored(m, FrameType.ABORT, rx.dstId, rx.srcId, rx.openNumber);
  } else {
    m.state.counters.dropped++;
  }
}

/**
 * Both sides of a session may lie in one instance. If the client is gone before its late open request is answered, the
 * ACCEPT session may take its id: what it sends to its client must not come back to itself (D12).
 */
function isToItself(m: Machine, ourId: number, theirId: number): boolean {
  const { rx, config } = m;
  if (ourId === 0 || ourId !== theirId || rx.srcNode !== config.node) return false;
  return rx.srcPlace === config.place && rx.srcIncarnation === config.incarnation;
}

/** D15: each listed session that is not here is answered ABORT; one that is here has been heard of. */
function heartbeat(m: Machine): void {
  const end = m.rxPayload + m.rx.payloadLength;
  for (let at = m.rxPayload; at < end; at += HEARTBEAT_ENTRY_BYTES) {
    const theirId = get32(m.rxBytes, at);
    const ourId = get32(m.rxBytes, at + 4);
    const openNumber = get32(m.rxBytes, at + 8);
    const s = sessionNamed(m, ourId, theirId, openNumber);
    if (s === undefined || isToItself(m, ourId, theirId))
      sendMirrored(m, FrameType.ABORT, ourId, theirId, openNumber);
    else fire(m, s, Event.HEARTBEAT);
  }
}
