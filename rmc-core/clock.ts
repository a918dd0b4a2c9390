// Time of the sessions. Each has one timer in the heap; it is armed for the earliest of its deadlines, and when it
// fires early because a deadline has moved on, it is armed again: a message costs no work in the heap.
import { Event, fire } from './engine.js';
import { sessionTimerKey } from './identity.js';
import { type Machine, timersOf } from './machine.js';
import { heardUs, silentAtUs } from './peers.js';
import { issuedUs, messageTag } from './sendWindow.js';
import type { Session } from './session.js';
import { armTimer } from './timerHeap.js';

/** When the oldest IO that is not complete fails (D23): later ones cannot fail before it. */
function ioDueUs(m: Machine, s: Session): number {
  if (s.accepted === s.acknowledged) return Number.POSITIVE_INFINITY;
  return issuedUs(s.sending!, s.acknowledged + 1) + timersOf(m, s).ioTimeoutUs;
}

/** The earliest deadline of a session; Infinity when none runs. */
function sessionDueUs(m: Machine, s: Session): number {
  return Math.min(s.resendAtUs, s.openAtUs, s.closeAtUs, s.gapAtUs, ioDueUs(m, s));
}

/** What ends a session, or an IO of it, by itself when nothing more comes from its peer; Infinity: that does not run. */
export interface SessionDeadlines {
  /** R1.1: its peer is silent for too long (D15), and when it was last heard. */
  readonly silentAtUs: number;
  readonly heardUs: number;
  /** Its oldest IO times out (D23). */
  readonly ioAtUs: number;
  /** Opening ends without an answer (D2), or a client never says anything after its open request (D16). */
  readonly openAtUs: number;
}

/** The deadlines of a session as they stand now. */
export function deadlinesOf(m: Machine, s: Session): SessionDeadlines {
  return {
    silentAtUs: silentAtUs(m, s),
    heardUs: heardUs(m, s),
    ioAtUs: ioDueUs(m, s),
    openAtUs: s.openAtUs,
  };
}

/** Sees to it that the session's timer fires in time for a new deadline. */
export function armSession(m: Machine, s: Session, dueUs: number): void {
  armTimer(m.state.heap, sessionTimerKey(s), dueUs);
}

/** A failure comes before a repetition that falls due with it. */
function dueEvent(m: Machine, s: Session, dueUs: number): number {
  if (ioDueUs(m, s) === dueUs) return Event.io_timeout;
  if (s.openAtUs === dueUs) return Event.open_timeout;
  if (s.closeAtUs === dueUs) return Event.close_timeout;
  return s.gapAtUs === dueUs ? Event.gap_timeout : Event.resend;
}

/** The host's mark of what a deadline comes of: the call, or the frame, that it has run since. */
function tagBehind(m: Machine, s: Session, event: number): number {
  // A gap comes of what is not there: nobody's mark says more than the one of now.
  if (event === Event.gap_timeout) return m.state.outputs.tag;
  if (event === Event.open_timeout) return s.openTag;
  if (event === Event.close_timeout) return s.closeTag;
  const isOfMessage = event === Event.io_timeout || s.accepted > s.acknowledged;
  if (isOfMessage) return messageTag(s.sending!, s.acknowledged + 1);
  return s.closeSent ? s.closeTag : s.openTag;
}

/** Does what is due now under the mark of what it comes of. */
function fireDue(m: Machine, s: Session, event: number): void {
  const { outputs, outbox } = m.state;
  const before = outputs.tag;
  outputs.tag = tagBehind(m, s, event);
  outbox.tag = outputs.tag;
  /* v8 ignore next -- @preserve a mistake in a table would show here, and there is none */
  if (!fire(m, s, event)) throw new Error('rmc-core: a deadline runs in a state that has none');
  outputs.tag = before;
  outbox.tag = before;
}

/** The session's timer fired: does the first thing that is due, if it is, and arms the timer again. */
export function sessionTimer(m: Machine, s: Session): void {
  const dueUs = sessionDueUs(m, s);
  if (dueUs <= m.nowUs) {
    fireDue(m, s, dueEvent(m, s, dueUs));
    if (m.state.sessions.get(s.handle) !== s) return;
  }
  armSession(m, s, sessionDueUs(m, s));
}
