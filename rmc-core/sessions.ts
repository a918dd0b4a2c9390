// Making sessions of the three types, and finding out that a block is not what it was (D27).
import { BlockFlag, blockIs, writeBlock } from './block.js';
import { armSession } from './clock.js';
import { Event, enterState, fire } from './engine.js';
import { startResending } from './flow.js';
import { makeGaps } from './gaps.js';
import { addSession } from './identity.js';
import { isNewPair, type Machine, timersOf } from './machine.js';
import {
  Delivery,
  type DeliveryName,
  FrameType,
  OutputKind,
  ReleaseCode,
  SessionState,
  SessionType,
} from './names.js';
import { pushOutput } from './outputs.js';
import { isOutlived, joinPeer } from './peers.js';
import type { OpenRequest, Session } from './session.js';
import { sendOpening } from './transmit.js';

/** What a host says of a new LISTEN session. The callbacks' presence only shows in the block (D27). */
export interface ListenParameters {
  readonly address: number;
  readonly port: number;
  readonly owner: number;
  readonly newSession?: boolean;
  readonly closeSession?: boolean;
}

/** What a host says of a new OPEN session. */
export interface OpenParameters {
  readonly address: number;
  readonly node: number;
  /** 0: not known, the port decides (D11); an EEE's RMC is 0. */
  readonly place: number;
  readonly port: number;
  readonly owner: number;
  /** Whether the application gave an abort_session (S19, S20). */
  readonly abortSession: boolean;
  /** Reliable unless said otherwise (D25). */
  readonly delivery?: DeliveryName;
}

function start(m: Machine, s: Session, flags: number, state: number): void {
  s.flags =
    flags |
    (m.release === ReleaseCode['R1.1'] ? BlockFlag.RELEASE_1_1 : 0) |
    (s.gaps === undefined ? 0 : BlockFlag.ORDERED);
  writeBlock(m.memory, s.block, {
    type: s.type,
    state,
    flags: s.flags,
    id: s.localId,
    listenAddress: m.state.sessions.get(s.listen)?.address ?? 0,
    openNumber: s.openNumber,
    node: m.config.node,
    place: m.config.place,
    incarnation: m.config.incarnation,
    peerNode: s.peerNode,
    peerPlace: s.peerPlace,
    peerIncarnation: s.peerIncarnation,
    peerId: s.peerId,
    port: s.port,
    peerRelease: s.peerRelease,
    owner: s.owner,
  });
  enterState(m, s, state);
}

/** S3: a LISTEN session. */
export function makeListen(m: Machine, p: ListenParameters): Session {
  const s = addSession(m, SessionType.LISTEN, p.address);
  s.port = p.port;
  s.owner = p.owner;
  m.state.ports.set(p.port, s.handle);
  const flags =
    (p.newSession ? BlockFlag.HAS_NEW_SESSION : 0) | (p.closeSession ? BlockFlag.HAS_CLOSE_SESSION : 0);
  start(m, s, flags, SessionState.LISTENING);
  return s;
}

/** S2: an OPEN session, and its first OPEN_REQ (D2, D12). */
export function makeOpen(m: Machine, p: OpenParameters): Session {
  const s = addSession(m, SessionType.OPEN, p.address);
  s.port = p.port;
  s.owner = p.owner;
  s.openNumber = m.state.nextOpenNumber++;
  s.peerNode = p.node;
  s.peerPlace = p.place;
  if (p.delivery === 'ordered') s.gaps = makeGaps();
  start(m, s, p.abortSession ? BlockFlag.HAS_ABORT_SESSION : 0, SessionState.OPENING);
  sendOpening(m, s, FrameType.OPEN_REQ);
  s.openAtUs = m.nowUs + timersOf(m, s).openTimeoutUs;
  s.openTag = m.state.outputs.tag;
  armSession(m, s, s.openAtUs);
  startResending(m, s);
  return s;
}

/**
 * S4: the ACCEPT session for a request, in the block at `address`. `reused`: handle of the session that had the block
 * (D8), 0 none. The request may have been overtaken while the host decided: then the session ends at once (D8, D9).
 */
export function makeAccept(
  m: Machine,
  request: OpenRequest,
  address: number,
  placedByApp: boolean,
  reused: number,
): Session {
  const listen = m.state.sessions.get(request.listen)!;
  const s = addSession(m, SessionType.ACCEPT, address);
  s.listen = request.listen;
  s.owner = listen.owner;
  s.port = request.port;
  s.openNumber = request.openNumber;
  s.peerNode = request.node;
  s.peerPlace = request.place;
  s.peerIncarnation = request.incarnation;
  s.peerId = request.id;
  s.peerRelease = request.release;
  s.endpoint = request.endpoint;
  if (request.delivery === Delivery.ordered) s.gaps = makeGaps();
  if (reused !== 0) pushOutput(m.state.outputs, OutputKind.REUSED, s.handle, reused, 0, 0);
  start(m, s, placedByApp ? BlockFlag.PLACED_BY_APP : 0, SessionState.ESTABLISHED);
  const e = m.state.endpoints.get(request.endpoint);
  if (e?.request === request) {
    e.request = undefined;
    e.session = s.handle;
  }
  if (request.doom !== 0) {
    fire(m, s, request.doom);
    return s;
  }
  joinPeer(m, s, request.heartbeatUs, request.askedUs);
  sendOpening(m, s, FrameType.OPEN_ACK);
  watchUnconfirmed(m, s, request.askedUs);
  if (listen.state !== SessionState.LISTENING) fire(m, s, Event.listen_ended);
  else if (isOutlived(m, s)) {
    m.newerIncarnation = true;
    fire(m, s, Event.peer_restarted);
    m.newerIncarnation = false;
  }
  return s;
}

/** Until the client's first frame an R1.1 pair's ACCEPT session lives open_timeout after the last request (D16). */
export function watchUnconfirmed(m: Machine, s: Session, askedUs: number): void {
  if (s.confirmed || !isNewPair(m, s)) return;
  s.openAtUs = askedUs + timersOf(m, s).openTimeoutUs;
  s.openTag = m.state.outputs.tag;
  armSession(m, s, s.openAtUs);
}

/**
 * D27: reads magic, type and id from the block. False, once, when they are not what RMC wrote: the session has then
 * failed as its table says. From then on it is known by its address, and nothing is read any more.
 */
export function knowsBlock(m: Machine, s: Session): boolean {
  if (s.corrupted || blockIs(m.memory, s.block, s.type, s.localId)) return true;
  s.corrupted = true;
  pushOutput(m.state.outputs, OutputKind.CORRUPTED, s.handle, 0, 0, 0);
  fire(m, s, Event.corrupted);
  return false;
}
