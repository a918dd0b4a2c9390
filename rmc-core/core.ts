// The protocol machine of one RMC instance, as its host sees it: calls, frames and time go in; frames, outputs and the
// next timeout are polled out. No clock, no I/O, no callback: the host passes the time of every call.

import { actions } from './actions.js';
import { BlockFlag } from './block.js';
import { deadlinesOf, type SessionDeadlines, sessionTimer } from './clock.js';
import { dispatchFrame } from './dispatch.js';
import { compileTables, Event, fire, fireCall } from './engine.js';
import { checkFrame, decodeFrame, type FrameVerdict } from './frame.js';
import { goOnWithCredit, ownerOf } from './handUp.js';
import { dropSession } from './identity.js';
import { type CoreConfig, type Machine, makeMachine, type Program } from './machine.js';
import { SessionState, SessionType } from './names.js';
import { type CoreFrame, makeFrame, takeFrame } from './outbox.js';
import { type CoreOutput, makeOutput, takeOutput } from './outputs.js';
import { freePayload, payloadBytes, payloadOffset } from './payloadPool.js';
import { peerTimer, rearmPeers } from './peers.js';
import { childGone, refuseRequest } from './requests.js';
import { pictureOf, type Session, type SessionInfo } from './session.js';
import {
  knowsBlock,
  type ListenParameters,
  makeAccept,
  makeListen,
  makeOpen,
  type OpenParameters,
} from './sessions.js';
import type { CoreCounters, CoreState } from './state.js';
import { Status, type StatusCode } from './status.js';
import { firstDueUs, takeFirst } from './timerHeap.js';
import { type CoreTimers, usableTimers } from './timers.js';
import { sendAcksDue } from './transmit.js';

/** Names a session to the host: an integer from 1 that an instance never uses twice. */
export type Handle = number;

const programs: readonly (Program | undefined)[] = Object.freeze(compileTables(actions));

/** Two sets of timers that say the same. */
function isSameTimers(a: CoreTimers, b: CoreTimers): boolean {
  return (
    a.rtoUs === b.rtoUs &&
    a.rtoMaxUs === b.rtoMaxUs &&
    a.ioTimeoutUs === b.ioTimeoutUs &&
    a.openTimeoutUs === b.openTimeoutUs &&
    a.closeTimeoutUs === b.closeTimeoutUs &&
    a.heartbeatUs === b.heartbeatUs &&
    a.heartbeatMisses === b.heartbeatMisses &&
    a.window === b.window &&
    a.sendQueue === b.sendQueue &&
    a.gapTolerance === b.gapTolerance &&
    a.gapTimeoutUs === b.gapTimeoutUs
  );
}

/**
 * One RMC instance. After each call the host drains `pollFrame` first, then `pollOutput` (D14: what RMC has to send
 * leaves before a callback runs), and asks `nextTimeoutUs`. A call never throws for what a peer, the bus or an
 * application did: it returns a `Status`.
 */
export class RmcCore {
  /** Plain data, for copies, hashes and comparisons; not for changing. */
  readonly state: CoreState;
  /** What `pollFrame` loaded. */
  readonly frame: CoreFrame = makeFrame();
  /** What `pollOutput` loaded. */
  readonly output: CoreOutput = makeOutput();
  private readonly machine: Machine;

  constructor(config: CoreConfig) {
    this.machine = makeMachine(config, programs);
    this.state = this.machine.state;
  }

  /** Things that were dropped, and a few that were done. */
  get counters(): CoreCounters {
    return this.state.counters;
  }

  /**
   * A mark of the host's, set before a call, a frame or a timeout: every frame and output carries the mark that stood
   * when it was made, so that the host knows what came of what. An integer of 32 bits; it means nothing to the core.
   */
  get tag(): number {
    return this.state.outputs.tag;
  }

  set tag(tag: number) {
    this.state.outputs.tag = tag;
    this.state.outbox.tag = tag;
  }

  /** New timers: sessions keep those that they were made with; heartbeats and silence take the new ones at once. */
  setTimers(wanted: CoreTimers): void {
    const timers = usableTimers(wanted);
    const sets = this.state.timerSets;
    this.machine.timers = timers;
    if (!isSameTimers(sets[sets.length - 1]!, timers)) sets.push(timers);
    rearmPeers(this.machine);
  }

  /** `rmc_listen`, when the host has found nothing wrong with block and port (D4, D11). Always succeeds. */
  listen(p: ListenParameters, now: number): Handle {
    this.machine.nowUs = now;
    return makeListen(this.machine, p).handle;
  }

  /** `rmc_open`, when the host has found nothing wrong with the block. OPEN_DONE brings the result (D2). */
  open(p: OpenParameters, now: number): Handle {
    this.machine.nowUs = now;
    return makeOpen(this.machine, p).handle;
  }

  /** `rmc_send`: RMC_INPROGRESS, and IO_DONE later; or RMC_EAGAIN, RMC_EMSGSIZE, or what D13 says of the state. */
  send(h: Handle, bytes: Uint8Array, offset: number, length: number, now: number): StatusCode {
    const m = this.machine;
    m.callBytes = bytes;
    m.callOffset = offset;
    m.callLength = length;
    return this.call(h, Event.rmc_send, now);
  }

  /** `rmc_close`: of an OPEN session; CLOSE_DONE brings the result (D1, D13, D14). */
  close(h: Handle, now: number): StatusCode {
    return this.call(h, Event.rmc_close, now);
  }

  /** `rmc_shutdown`: of a LISTEN session, with every ACCEPT session under it; then CLOSE_DONE (D1, D22). */
  shutdown(h: Handle, now: number): StatusCode {
    return this.call(h, Event.rmc_shutdown, now);
  }

  private call(h: Handle, event: number, now: number): StatusCode {
    const m = this.machine;
    m.nowUs = now;
    const s = this.state.sessions.get(h);
    if (s === undefined) return Status.RMC_EINVAL;
    knowsBlock(m, s);
    return fireCall(m, s, event) as StatusCode;
  }

  /** Answers an OFFER: the ACCEPT session is made in the block at `address` (S7, S13). 0: there is no such offer. */
  accept(offer: number, address: number, placedByApp: boolean, now: number): Handle {
    const request = this.state.offers.get(offer);
    if (request === undefined) return 0;
    this.machine.nowUs = now;
    this.state.offers.delete(offer);
    return makeAccept(this.machine, request, address, placedByApp, 0).handle;
  }

  /** Answers an OFFER with a refusal: the client's OPEN_DONE has this status (D5, D6). */
  refuse(offer: number, status: StatusCode, now: number): void {
    const request = this.state.offers.get(offer);
    if (request === undefined) return;
    this.machine.nowUs = now;
    this.state.offers.delete(offer);
    refuseRequest(this.machine, request, status);
  }

  /** Answers a CLOSING: close_session has returned, or there is none. The id is free; a reuse makes its new session (D8). */
  closeReturned(h: Handle, now: number): void {
    const m = this.machine;
    const s = this.state.sessions.get(h);
    if (s === undefined || s.type !== SessionType.ACCEPT || s.state !== SessionState.CLOSED) return;
    m.nowUs = now;
    dropSession(m, s);
    if (s.successor !== undefined) {
      makeAccept(m, s.successor, s.address, (s.flags & BlockFlag.PLACED_BY_APP) !== 0, s.handle);
    }
    childGone(m, s.listen);
  }

  /** Sets how many messages an application may be handed; Infinity for one that is always ready (D21). */
  setCredit(owner: number, messages: number): void {
    const record = ownerOf(this.machine, owner);
    record.credit = messages;
    goOnWithCredit(this.machine, record);
  }

  /** The application took messages: so many more may come. What waited is handed up and acknowledged at once (D21). */
  addCredit(owner: number, messages: number, now: number): void {
    this.machine.nowUs = now;
    const record = ownerOf(this.machine, owner);
    record.credit += messages;
    goOnWithCredit(this.machine, record);
  }

  /** D20, EEE: the application died. Its OPEN sessions close properly, its LISTEN sessions end, clients are told. */
  ownerGone(owner: number, now: number): void {
    const m = this.machine;
    m.nowUs = now;
    this.state.owners.set(owner, { credit: 0, stalled: [] });
    for (const s of Array.from(this.state.sessions.values())) {
      if (s.owner === owner && s.type !== SessionType.ACCEPT) fire(m, s, Event.owner_gone);
    }
  }

  /**
   * D27: the host calls it before each callback for a session. False, once, when the block is found not to be what RMC
   * wrote: then there are new outputs (CORRUPTED first). True also when that is known already, and for no session.
   */
  verify(h: Handle, now: number): boolean {
    const s = this.state.sessions.get(h);
    if (s === undefined) return true;
    this.machine.nowUs = now;
    return knowsBlock(this.machine, s);
  }

  /** Whether the bytes are one sound frame. Changes nothing. */
  checkFrame(bytes: Uint8Array, offset: number, length: number): FrameVerdict {
    return checkFrame(bytes, offset, length);
  }

  /**
   * A frame has come in; one that is not sound is counted and dropped (D24). `checked`: the host has just had 'ok'
   * from `checkFrame`, so that the CRC is not worked out twice.
   */
  handleFrame(bytes: Uint8Array, offset: number, length: number, now: number, checked = false): FrameVerdict {
    const m = this.machine;
    const verdict = checked ? 'ok' : checkFrame(bytes, offset, length);
    if (verdict !== 'ok') {
      this.state.counters.malformed++;
      return verdict;
    }
    m.nowUs = now;
    decodeFrame(bytes, offset, m.rx);
    dispatchFrame(m, bytes, offset);
    return verdict;
  }

  /** When `handleTimeout` is to be called at the latest; Infinity: not at all. It may come to nothing. */
  nextTimeoutUs(): number {
    return firstDueUs(this.state.heap);
  }

  /** Runs all timers that are due, in the order in which they fell due (D21). */
  handleTimeout(now: number): void {
    const m = this.machine;
    m.nowUs = now;
    while (firstDueUs(this.state.heap) <= now) {
      const key = takeFirst(this.state.heap);
      const index = key >> 1;
      if ((key & 1) === 1) peerTimer(m, index);
      // An id that is free has no timer.
      else sessionTimer(m, this.state.sessions.get(this.state.ids[index]!)!);
    }
  }

  /** Loads the next frame into `frame`; false when there is none left. */
  pollFrame(): boolean {
    if (takeFrame(this.state.outbox, this.frame)) return true;
    if (this.state.acksDue.length === 0) return false;
    sendAcksDue(this.machine);
    return takeFrame(this.state.outbox, this.frame);
  }

  /** Loads the next output into `output`; false when there is none left. */
  pollOutput(): boolean {
    const { state, output } = this;
    if (state.lentSlot >= 0) freePayload(state.pool, state.lentSlot);
    const slot = takeOutput(state.outputs, output);
    state.lentSlot = slot < 0 ? -1 : slot;
    if (slot >= 0) {
      output.bytes = payloadBytes(state.pool, slot);
      output.offset = payloadOffset(state.pool, slot);
    }
    return slot !== -2;
  }

  /** A picture of a session; undefined when it is over (for the host: after CLOSE_DONE, after closeReturned). */
  sessionInfo(h: Handle): SessionInfo | undefined {
    const s = this.state.sessions.get(h);
    return s === undefined ? undefined : pictureOf(s, (s.flags & BlockFlag.PLACED_BY_APP) !== 0);
  }

  /** What ends a session, or an IO of it, when nothing more comes from its peer; undefined when it is over. */
  deadlines(h: Handle): SessionDeadlines | undefined {
    const s = this.state.sessions.get(h);
    return s === undefined ? undefined : deadlinesOf(this.machine, s);
  }

  /** The session whose block lies at an address, 0 none. */
  sessionAtAddress(address: number): Handle {
    return this.state.addresses.get(address) ?? 0;
  }

  /** All sessions that are not CLOSED, FAILED ones included, in the order in which they were made. */
  liveSessions(): Handle[] {
    const live: Handle[] = [];
    for (const s of this.state.sessions.values()) if (s.state !== SessionState.CLOSED) live.push(s.handle);
    return live;
  }

  /** The IOs of a session that are not complete, in the order of their issue. */
  pendingIos(h: Handle): number[] {
    const s: Session | undefined = this.state.sessions.get(h);
    const pending: number[] = [];
    for (let io = (s?.acknowledged ?? 0) + 1; io <= (s?.accepted ?? 0); io++) pending.push(io);
    return pending;
  }

  /** All of it that changes, for checkpoints. */
  get held(): readonly unknown[] {
    return [this.machine.state, this.machine.config.timers, this.machine];
  }
}
