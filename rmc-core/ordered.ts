// Ordered delivery (D25): no message is sent again. The receiver keeps what comes too early in the one reorder buffer,
// gives up holes by count and by age, and tells the sender of each message whether it was handed up or given up.
import { writeBlockGaps } from './block.js';
import { armSession } from './clock.js';
import { type Gaps, isGivenUp, markGivenUp, unmark } from './gaps.js';
import { handUp, keep } from './handUp.js';
import { type Machine, timersOf } from './machine.js';
import { OutputKind } from './names.js';
import { pushOutput } from './outputs.js';
import { fitReceiveWindow, holds, makeReceiveWindow, type ReceiveWindow } from './receiveWindow.js';
import type { Session } from './session.js';
import { MAX_WINDOW } from './timers.js';
import { oweAck } from './transmit.js';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The peer has sent all up to `seq`: what of it is not here is a hole, and as old as this news. False: so far ahead
 * that no peer of ours would be.
 */
function learnSent(m: Machine, s: Session, g: Gaps, seq: number): boolean {
  if (seq - s.handedUp > MAX_WINDOW) {
    m.state.counters.tooFarAhead++;
    return false;
  }
  if (seq <= g.known) return true;
  s.receiving ??= makeReceiveWindow(true);
  const w = s.receiving;
  fitReceiveWindow(w, s.handedUp + 1, seq);
  while (g.known < seq) {
    const next = ++g.known;
    unmark(g, next);
    w.sinceUs[next & w.mask] = m.nowUs;
  }
  return true;
}

/** The message in `rx`: kept for its turn, known already, or too late. Each is acknowledged. */
export function receiveOrdered(m: Machine, s: Session, g: Gaps): void {
  const seq = m.rx.seq;
  if (!learnSent(m, s, g, seq)) return;
  oweAck(m, s);
  if (isGivenUp(g, s.handedUp, seq)) {
    g.late++;
    writeBlockGaps(m.memory, s.block, g.givenUp, g.late);
    pushOutput(m.state.outputs, OutputKind.LATE, s.handle, seq, 0, 0);
  } else if (seq <= s.handedUp) {
    m.state.counters.duplicates++;
  } else {
    keep(m, s, seq);
    settle(m, s, g, s.receiving!);
  }
}

/** An ACK that asks: from its number RMC learns of messages of which nothing else has come. */
export function hearAsk(m: Machine, s: Session): void {
  const g = s.gaps;
  if (g === undefined || m.rx.seq === 0 || !learnSent(m, s, g, m.rx.seq)) return;
  oweAck(m, s);
  settle(m, s, g, s.receiving!);
}

/** `gap_timeout` of the oldest hole. */
export function giveUpGaps(m: Machine, s: Session): void {
  if (s.gaps !== undefined && s.receiving !== undefined) settle(m, s, s.gaps, s.receiving);
}

/** The session is about to end: holes are given up, and what waits is handed up as far as the credit goes. */
export function flush(m: Machine, s: Session): void {
  const g = s.gaps;
  if (g === undefined || s.receiving === undefined) return;
  for (let hole = nextHole(s, g, s.receiving); hole > 0; hole = nextHole(s, g, s.receiving)) giveUp(g, hole);
  handUp(m, s);
}

/** The first message that is missing and not given up; 0 none. */
function nextHole(s: Session, g: Gaps, w: ReceiveWindow): number {
  for (let seq = Math.max(s.handedUp, g.givenUpTo) + 1; seq <= g.known; seq++) if (!holds(w, seq)) return seq;
  return 0;
}

function waitingBehind(w: ReceiveWindow, hole: number, known: number): number {
  let count = 0;
  for (let seq = hole + 1; seq <= known; seq++) if (holds(w, seq)) count++;
  return count;
}

/** Gives up the holes whose time has come, oldest first, and hands up what that lets go. */
function settle(m: Machine, s: Session, g: Gaps, w: ReceiveWindow): void {
  const { gapTolerance, gapTimeoutUs } = timersOf(m, s);
  s.gapAtUs = NEVER;
  for (let hole = nextHole(s, g, w); hole > 0; hole = nextHole(s, g, w)) {
    const dueUs = w.sinceUs[hole & w.mask]! + gapTimeoutUs;
    if (dueUs > m.nowUs && waitingBehind(w, hole, g.known) <= gapTolerance) {
      s.gapAtUs = dueUs;
      armSession(m, s, dueUs);
      break;
    }
    giveUp(g, hole);
  }
  handUp(m, s);
}

function giveUp(g: Gaps, hole: number): void {
  g.givenUpTo = hole;
  markGivenUp(g, hole);
}
