// RMC's own record of one session (D27): plain numbers, and its two rings.
import type { Gaps } from './gaps.js';
import { type DeliveryName, SessionState, sessionStateName, sessionTypeName } from './names.js';
import type { ReceiveWindow } from './receiveWindow.js';
import type { SendWindow } from './sendWindow.js';

const NEVER = Number.POSITIVE_INFINITY;

/** A client's open request that has no answer yet (D8, D12): it waits for its host, or for the block it will reuse. */
export interface OpenRequest {
  /** Key of the endpoint it came from. */
  endpoint: number;
  node: number;
  place: number;
  incarnation: number;
  id: number;
  openNumber: number;
  release: number;
  heartbeatUs: number;
  port: number;
  /** Handle of the LISTEN session it goes to. */
  listen: number;
  /** Delivery, as the client chose it (D25). */
  delivery: number;
  /** When the client last repeated it (D16). */
  askedUs: number;
  /** Event number that ends the session as soon as it is made; 0 none. */
  doom: number;
}

/** One session. Handles and ids of 0 mean none; times are Infinity when they do not run. */
export interface Session {
  handle: number;
  type: number;
  state: number;
  address: number;
  /** Where the block begins in `memory`. */
  block: number;
  localId: number;
  openNumber: number;
  owner: number;
  port: number;
  /** ACCEPT: handle of its LISTEN session. */
  listen: number;
  /** LISTEN: ACCEPT sessions whose close_session has not returned, and offers and successors without a session. */
  children: number;
  flags: number;
  timerSet: number;
  /** D27: reported once. */
  corrupted: boolean;
  peerNode: number;
  peerPlace: number;
  peerIncarnation: number;
  /** 0: no answer yet. */
  peerId: number;
  /** ReleaseCode, 0: not known. */
  peerRelease: number;
  /** Index of the peer that it is watched with (R1.1 pairs), -1 none; and its place in that peer's list. */
  peer: number;
  member: number;
  /** ACCEPT: a frame of the client came after its open request (D16). */
  confirmed: boolean;
  /** ACCEPT: the client's endpoint. */
  endpoint: number;
  /** ACCEPT, ended by reuse: what will be made in its block (D8). */
  successor: OpenRequest | undefined;
  /** Current wait before a repetition (D24). */
  rtoUs: number;
  resendAtUs: number;
  openAtUs: number;
  closeAtUs: number;
  /** The host's marks when opening and closing began: what their timeouts and repetitions come of. */
  openTag: number;
  closeTag: number;
  /** Ordered: when the oldest hole is given up (D25). */
  gapAtUs: number;
  closeSent: boolean;
  /** Last message taken from the application, last one sent, last one acknowledged (D26). */
  accepted: number;
  inFlight: number;
  acknowledged: number;
  /** RMC_EAGAIN was returned: WRITABLE is due. */
  wantsWritable: boolean;
  sending: SendWindow | undefined;
  /** Last message handed up; ordered: or given up. */
  handedUp: number;
  receiving: ReceiveWindow | undefined;
  /** Ordered delivery (D25): what is known of holes; undefined: the session is reliable. */
  gaps: Gaps | undefined;
  /** An ACK is due. */
  ackDue: boolean;
  /** It is in its owner's list of sessions that wait for credit. */
  stalled: boolean;
}

/** A record with nothing in it but what every session has. */
export function makeSession(
  handle: number,
  type: number,
  address: number,
  block: number,
  localId: number,
): Session {
  return {
    handle,
    type,
    state: 0,
    address,
    block,
    localId,
    openNumber: 0,
    owner: 0,
    port: 0,
    listen: 0,
    children: 0,
    flags: 0,
    timerSet: 0,
    corrupted: false,
    peerNode: 0,
    peerPlace: 0,
    peerIncarnation: 0,
    peerId: 0,
    peerRelease: 0,
    peer: -1,
    member: -1,
    confirmed: false,
    endpoint: -1,
    successor: undefined,
    rtoUs: 0,
    resendAtUs: NEVER,
    openAtUs: NEVER,
    closeAtUs: NEVER,
    openTag: 0,
    closeTag: 0,
    gapAtUs: NEVER,
    closeSent: false,
    accepted: 0,
    inFlight: 0,
    acknowledged: 0,
    wantsWritable: false,
    sending: undefined,
    handedUp: 0,
    receiving: undefined,
    gaps: undefined,
    ackDue: false,
    stalled: false,
  };
}

/** Whether a frame can be for it (D12): FAILED and CLOSED sessions are not there. */
export function isThere(s: Session): boolean {
  return s.state !== SessionState.FAILED && s.state !== SessionState.CLOSED;
}

/** A plain picture of a session, for hosts and observers. Numbers as in `SessionType` and `SessionState`, names beside. */
export interface SessionInfo {
  readonly handle: number;
  readonly type: number;
  readonly typeName: string;
  readonly state: number;
  readonly stateName: string;
  readonly address: number;
  readonly localId: number;
  readonly openNumber: number;
  readonly peer: {
    readonly node: number;
    readonly place: number;
    readonly incarnation: number;
    readonly id: number;
  };
  readonly port: number;
  readonly owner: number;
  /** ACCEPT: handle of its LISTEN session, else 0. */
  readonly listen: number;
  readonly placedByApp: boolean;
  readonly confirmed: boolean;
  readonly corrupted: boolean;
  /** Messages on the bus and not acknowledged; messages that wait for room in the window. */
  readonly inFlight: number;
  readonly queued: number;
  /** Both together: the IOs that are not complete. */
  readonly unacked: number;
  readonly accepted: number;
  readonly acknowledged: number;
  /** Messages handed up so far, and messages that wait here for a missing one or for credit. */
  readonly delivered: number;
  readonly waiting: number;
  readonly delivery: DeliveryName;
  /** Ordered: messages given up so far, and messages dropped because they came after that (D25). */
  readonly givenUp: number;
  readonly late: number;
}

/** Takes the picture. */
export function pictureOf(s: Session, placedByApp: boolean): SessionInfo {
  return {
    handle: s.handle,
    type: s.type,
    typeName: sessionTypeName(s.type),
    state: s.state,
    stateName: sessionStateName(s.state),
    address: s.address,
    localId: s.localId,
    openNumber: s.openNumber,
    peer: { node: s.peerNode, place: s.peerPlace, incarnation: s.peerIncarnation, id: s.peerId },
    port: s.port,
    owner: s.owner,
    listen: s.listen,
    placedByApp,
    confirmed: s.confirmed,
    corrupted: s.corrupted,
    inFlight: s.inFlight - s.acknowledged,
    queued: s.accepted - s.inFlight,
    unacked: s.accepted - s.acknowledged,
    accepted: s.accepted,
    acknowledged: s.acknowledged,
    delivered: s.handedUp - (s.gaps?.givenUp ?? 0),
    waiting: s.receiving?.held ?? 0,
    delivery: s.gaps === undefined ? 'reliable' : 'ordered',
    givenUp: s.gaps?.givenUp ?? 0,
    late: s.gaps?.late ?? 0,
  };
}
