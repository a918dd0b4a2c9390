// The small vocabularies of the protocol machine: every one a table of names and small integers.

/** The releases of RMC that are emulated (S17 to S21). */
export type Release = 'R1.0.x' | 'R1.1';

/** How a release stands in a frame and in a session block. */
export const ReleaseCode = { 'R1.0.x': 1, 'R1.1': 2 } as const;

/** How messages of a session are delivered (D24, D25): the client chooses, both directions follow. */
export const Delivery = { reliable: 0, ordered: 1 } as const;
export type DeliveryName = keyof typeof Delivery;

/** S1: one structure, three types, by the way a session was made. */
export const SessionType = { OPEN: 1, LISTEN: 2, ACCEPT: 3 } as const;
export type SessionTypeName = keyof typeof SessionType;

/** States of all three types; the tables say which type has which. */
export const SessionState = {
  OPENING: 1,
  OPEN: 2,
  CLOSING: 3,
  FAILED: 4,
  CLOSED: 5,
  LISTENING: 6,
  ESTABLISHED: 7,
} as const;
export type SessionStateName = keyof typeof SessionState;

/** Frame types; the last two are R1.1's alone (D15). */
export const FrameType = {
  OPEN_REQ: 1,
  OPEN_ACK: 2,
  OPEN_NAK: 3,
  DATA: 4,
  ACK: 5,
  CLOSE_REQ: 6,
  CLOSE_ACK: 7,
  HEARTBEAT: 8,
  ABORT: 9,
} as const;
export type FrameTypeName = keyof typeof FrameType;

/** What `pollOutput` may give. The letters are the fields of the output, see `CoreOutput`. */
export const OutputKind = {
  /** session, a = SessionState: every change, the first one included. */
  STATE: 1,
  /** session, a = Status. */
  OPEN_DONE: 2,
  /** session, a = Status. */
  CLOSE_DONE: 3,
  /** session, a = io, b = Status, c = FailReason. */
  IO_DONE: 4,
  /** session: after RMC_EAGAIN, when there is room again (D26). */
  WRITABLE: 5,
  /** session, bytes/offset/length, a = the message's ordinal in its session, from 1 (D24). */
  MESSAGE: 6,
  /** a = offer, b = LISTEN session, c = the client's node; the host accepts or refuses it. */
  OFFER: 7,
  /** session, a = free (1) or keep (0), b = CloseCause, c = 1 when the client has a newer incarnation. */
  CLOSING: 8,
  /** session = the new session, a = the old one, in whose block it was made (D8). */
  REUSED: 9,
  /** session, a = FailReason: the application's abort_session runs (D17, S20). */
  ABORT_SESSION: 10,
  /** a = node, b = place, c = FailReason (silence, abort or incarnation); session if one session alone (D15). */
  PEER_FAILED: 11,
  /** session: its block does not hold what RMC wrote (D27). */
  CORRUPTED: 12,
  /** session, a = the message's number: a hole was given up, and is passed over (D25). */
  GIVEN_UP: 13,
  /** session, a = the message's number: it came after it was given up, and was dropped (D25). */
  LATE: 14,
} as const;

/** Why an IO or a session failed; 0 where it did not. */
export const FailReason = {
  none: 0,
  silence: 1,
  abort: 2,
  incarnation: 3,
  io: 4,
  closed: 5,
  reuse: 6,
  corrupted: 7,
  owner: 8,
  /** Of one message: the session goes on (D25). */
  gap: 9,
} as const;
export type FailReasonName = keyof typeof FailReason;

/** Why an ACCEPT session ended (D8, D9, D16, D20, D22, D27). */
export const CloseCause = {
  closed: 1,
  'failed-silence': 2,
  'failed-abort': 3,
  'failed-incarnation': 4,
  io: 5,
  reuse: 6,
  moved: 7,
  shutdown: 8,
  corrupted: 9,
  owner: 10,
} as const;
export type CloseCauseName = keyof typeof CloseCause;

const typeNames: readonly SessionTypeName[] = ['OPEN', 'LISTEN', 'ACCEPT'];

/** Every state's name, in the order of its number. */
export const sessionStateNames: readonly SessionStateName[] = [
  'OPENING',
  'OPEN',
  'CLOSING',
  'FAILED',
  'CLOSED',
  'LISTENING',
  'ESTABLISHED',
];

/** Every frame type's name, in the order of its number. */
export const frameTypeNames: readonly FrameTypeName[] = [
  'OPEN_REQ',
  'OPEN_ACK',
  'OPEN_NAK',
  'DATA',
  'ACK',
  'CLOSE_REQ',
  'CLOSE_ACK',
  'HEARTBEAT',
  'ABORT',
];

const failReasonNames: readonly FailReasonName[] = [
  'none',
  'silence',
  'abort',
  'incarnation',
  'io',
  'closed',
  'reuse',
  'corrupted',
  'owner',
  'gap',
];

const closeCauseNames: readonly CloseCauseName[] = [
  'closed',
  'failed-silence',
  'failed-abort',
  'failed-incarnation',
  'io',
  'reuse',
  'moved',
  'shutdown',
  'corrupted',
  'owner',
];

/** The name of a SessionType number. */
export function sessionTypeName(type: number): SessionTypeName | '?' {
  return typeNames[type - 1] ?? '?';
}

/** The name of a SessionState number. */
export function sessionStateName(state: number): SessionStateName | '?' {
  return sessionStateNames[state - 1] ?? '?';
}

/** The name of a FrameType number. */
export function frameTypeName(type: number): FrameTypeName | '?' {
  return frameTypeNames[type - 1] ?? '?';
}

/** The name of a FailReason number. */
export function failReasonName(reason: number): FailReasonName {
  return failReasonNames[reason] ?? 'none';
}

/** The name of a CloseCause number. */
export function closeCauseName(cause: number): CloseCauseName | '?' {
  return closeCauseNames[cause - 1] ?? '?';
}
