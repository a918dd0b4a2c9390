// Handing messages up: in order, as far as the application's credit goes (D21), from the one reorder buffer (D24, D25).
import { writeBlockGaps, writeBlockHandedUp } from './block.js';
import type { Machine } from './machine.js';
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
import type { Session } from './session.js';
import type { Owner } from './state.js';
import { oweAck } from './transmit.js';

/** Keeps the message in `rx` until its turn, unless it waits here already. */
export function keep(m: Machine, s: Session, seq: number): void {
  s.receiving ??= makeReceiveWindow(false);
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

/** Hands up the next message; there is credit for it. */
export function handOne(m: Machine, s: Session, owner: Owner, slot: number, length: number): void {
  owner.credit--;
  s.handedUp++;
  writeBlockHandedUp(m.memory, s.block, s.handedUp);
  pushMessage(m.state.outputs, OutputKind.MESSAGE, s.handle, s.handedUp, slot, length);
}

/** Hands up what is next in order, as far as the credit goes; then the session waits for more (D21). */
export function handUp(m: Machine, s: Session): void {
  const w = s.receiving!;
  const owner = ownerOf(m, s.owner);
  for (;;) {
    const seq = s.handedUp + 1;
    const slot = w.held > 0 ? heldSlot(w, seq) : -1;
    if (slot < 0) {
      if (!passOver(m, s, seq)) return;
      continue;
    }
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

/** The next message is missing. False: RMC waits for it. True: it was given up (D25), and the one after it is next. */
function passOver(m: Machine, s: Session, seq: number): boolean {
  const g = s.gaps;
  if (g === undefined || seq > g.givenUpTo) return false;
  s.handedUp = seq;
  g.givenUp++;
  writeBlockHandedUp(m.memory, s.block, seq);
  writeBlockGaps(m.memory, s.block, g.givenUp, g.late);
  pushOutput(m.state.outputs, OutputKind.GIVEN_UP, s.handle, seq, 0, 0);
  oweAck(m, s);
  return true;
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

/** Lets go of all that a session still held: it will not be handed up. */
export function dropHeld(m: Machine, s: Session): void {
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
