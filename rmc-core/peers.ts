// R1.1 instances that share sessions with this one (D15): heartbeats out, silence and new incarnations in.
import { Event, fire } from './engine.js';
import { isNewPair, type Machine } from './machine.js';
import { FailReason, OutputKind, ReleaseCode } from './names.js';
import { pushOutput } from './outputs.js';
import type { Session } from './session.js';
import type { Peer } from './state.js';
import { armTimer, disarmTimer } from './timerHeap.js';
import { sendHeartbeats } from './transmit.js';

const NEVER = Number.POSITIVE_INFINITY;

function peerKey(node: number, place: number): number {
  return node * 65_536 + place;
}

function timerKey(index: number): number {
  return index * 2 + 1;
}

/** When a peer is failed for silence: heartbeat × (misses + ½) after it was last heard, its own heartbeat (D15). */
function peerSilentAtUs(m: Machine, peer: Peer): number {
  if (peer.watched === 0) return NEVER;
  return peer.heardUs + Math.ceil(peer.heartbeatUs * (m.timers.heartbeatMisses + 0.5));
}

/** When a session fails because its peer is silent; Infinity where they do not watch each other, or not yet (D16). */
export function silentAtUs(m: Machine, s: Session): number {
  return s.peer >= 0 && s.confirmed ? peerSilentAtUs(m, m.state.peers[s.peer]!) : NEVER;
}

/** When the peer of a session was last heard; 0 where they do not watch each other. */
export function heardUs(m: Machine, s: Session): number {
  return s.peer < 0 ? 0 : m.state.peers[s.peer]!.heardUs;
}

function armPeer(m: Machine, index: number): void {
  const peer = m.state.peers[index]!;
  armTimer(m.state.heap, timerKey(index), Math.min(peer.beatAtUs, peerSilentAtUs(m, peer)));
}

function peerFor(m: Machine, s: Session): number {
  const key = peerKey(s.peerNode, s.peerPlace);
  let index = m.state.peerIndex.get(key);
  if (index === undefined) {
    index = m.state.peers.length;
    m.state.peerIndex.set(key, index);
    m.state.peers.push({
      node: s.peerNode,
      place: s.peerPlace,
      incarnation: s.peerIncarnation,
      heartbeatUs: m.timers.heartbeatUs,
      heardUs: m.nowUs,
      beatenUs: m.nowUs,
      beatAtUs: NEVER,
      members: [],
      watched: 0,
    });
  }
  const peer = m.state.peers[index]!;
  if (peer.incarnation < s.peerIncarnation) peer.incarnation = s.peerIncarnation;
  return index;
}

/**
 * A session of an R1.1 pair got its answer (or gave it): from now on the two sides watch each other. `heardUs` is when
 * something of this peer was last heard.
 */
export function joinPeer(m: Machine, s: Session, heartbeatUs: number, heardUs: number): void {
  if (!isNewPair(m, s)) return;
  s.peer = peerFor(m, s);
  const peer = m.state.peers[s.peer]!;
  if (heartbeatUs > 0) peer.heartbeatUs = heartbeatUs;
  if (peer.heardUs < heardUs) peer.heardUs = heardUs;
  s.member = peer.members.length;
  peer.members.push(s.handle);
  if (s.confirmed) peer.watched++;
  if (peer.members.length === 1) {
    peer.beatenUs = m.nowUs;
    peer.beatAtUs = m.nowUs + m.timers.heartbeatUs;
  }
  armPeer(m, s.peer);
}

/** The session is over, or failed: it is shared no longer. */
export function leavePeer(m: Machine, s: Session): void {
  if (s.peer < 0) return;
  const peer = m.state.peers[s.peer]!;
  const last = peer.members.pop()!;
  if (last !== s.handle) {
    peer.members[s.member] = last;
    m.state.sessions.get(last)!.member = s.member;
  }
  if (s.confirmed) peer.watched--;
  if (peer.members.length === 0) {
    peer.beatAtUs = NEVER;
    disarmTimer(m.state.heap, timerKey(s.peer));
  }
  s.peer = -1;
  s.member = -1;
}

/** The client's first frame after its open request: from now on its silence counts (D16). */
export function confirmClient(m: Machine, s: Session): void {
  s.confirmed = true;
  if (s.peer < 0) return;
  m.state.peers[s.peer]!.watched++;
  armPeer(m, s.peer);
}

/** The client's heartbeat at once on OPEN_ACK, for this session (D15). */
export function beatAtOnce(m: Machine, s: Session): void {
  if (s.peer >= 0) sendHeartbeats(m, m.state.peers[s.peer]!, s.member, s.member + 1);
}

function failMembers(m: Machine, peer: Peer, reason: number, event: number, exempt: number): void {
  const handles = peer.members.slice().sort((a, b) => a - b);
  pushOutput(m.state.outputs, OutputKind.PEER_FAILED, 0, peer.node, peer.place, reason);
  for (const handle of handles) {
    const s = m.state.sessions.get(handle);
    // Only what is watched can fall silent: a session that its client has not confirmed waits for open_timeout (D16).
    const counts = reason === FailReason.incarnation || s?.confirmed === true;
    if (s !== undefined && handle !== exempt && counts) fire(m, s, event);
  }
}

/**
 * Notes who sent the frame in `rx` (D15): that the peer was heard, its interval, and a newer incarnation, which fails
 * its sessions. `exempt` is the session that the frame is about to reuse (D8), 0 none.
 */
export function hearSender(m: Machine, exempt: number): void {
  const rx = m.rx;
  if (m.release !== ReleaseCode['R1.1'] || rx.srcIncarnation === 0) return;
  const index = m.state.peerIndex.get(peerKey(rx.srcNode, rx.srcPlace));
  if (index === undefined) return;
  const peer = m.state.peers[index]!;
  if (rx.srcIncarnation < peer.incarnation) return;
  if (rx.srcIncarnation > peer.incarnation) {
    peer.incarnation = rx.srcIncarnation;
    m.newerIncarnation = true;
    if (peer.members.length > 0) {
      failMembers(m, peer, FailReason.incarnation, Event.peer_restarted, exempt);
    }
    m.newerIncarnation = false;
  }
  peer.heardUs = m.nowUs;
  if (rx.heartbeatUs > 0 && rx.heartbeatUs !== peer.heartbeatUs) {
    peer.heartbeatUs = rx.heartbeatUs;
    armPeer(m, index);
  }
}

/** A peer's timer fired: silence, or the next heartbeat; a beat that fell due several times is sent once (D21). */
export function peerTimer(m: Machine, index: number): void {
  const peer = m.state.peers[index]!;
  const silentUs = peerSilentAtUs(m, peer);
  if (silentUs <= m.nowUs && silentUs <= peer.beatAtUs) {
    failMembers(m, peer, FailReason.silence, Event.peer_silent, 0);
  } else if (peer.beatAtUs <= m.nowUs) {
    sendHeartbeats(m, peer, 0, peer.members.length);
    peer.beatenUs = m.nowUs;
    peer.beatAtUs = m.nowUs + m.timers.heartbeatUs;
  }
  if (peer.members.length > 0) armPeer(m, index);
}

/**
 * New timers: the next beat moves with them, and what counts as silence too. A beat is never put off: it is the one that
 * tells the peer of a longer interval, and until then the peer judges by the old one (D15).
 */
export function rearmPeers(m: Machine): void {
  for (let index = 0; index < m.state.peers.length; index++) {
    const peer = m.state.peers[index]!;
    if (peer.members.length === 0) continue;
    peer.beatAtUs = Math.min(peer.beatAtUs, peer.beatenUs + m.timers.heartbeatUs);
    armPeer(m, index);
  }
}

/**
 * Whether the frame in `rx` opens or answers for an instance that has been outlived: a newer incarnation of it is known
 * already, so that no session with it can live (R1.1, D15).
 */
export function isFromThePast(m: Machine): boolean {
  if (m.release !== ReleaseCode['R1.1'] || m.rx.srcIncarnation === 0) return false;
  const index = m.state.peerIndex.get(peerKey(m.rx.srcNode, m.rx.srcPlace));
  return index !== undefined && m.rx.srcIncarnation < m.state.peers[index]!.incarnation;
}

/** Whether a newer incarnation of the session's client is known already (it came while the session was being made). */
export function isOutlived(m: Machine, s: Session): boolean {
  return s.peer >= 0 && m.state.peers[s.peer]!.incarnation > s.peerIncarnation;
}
