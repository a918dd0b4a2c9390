import type { DeliveryName } from '../rmc-core/index.js';
import type { Address, SessionId } from './app/application.js';
import type { Flow } from './checks/deliveries.js';

export type SessionType = 'OPEN' | 'LISTEN' | 'ACCEPT';

/** What an application was already told about a failure on a session: one `learned` event for each way (D30). */
export const ToldBy = { io: 1, send: 2, open: 4, abort_session: 8, close_session: 16 } as const;
export type Telling = keyof typeof ToldBy;

/** The emulator's view of one session: plain data. RMC's own record is in its core, and in the block. */
export interface SessionRecord {
  readonly id: SessionId;
  readonly name: string;
  readonly nameId: number;
  /** String ids of its node and application, for the log. */
  readonly nodeId: number;
  readonly appId: number;
  readonly type: SessionType;
  readonly app: number;
  /** The process instance that it belongs to: never a later one of the same name (D20). */
  readonly process: number;
  readonly node: number;
  /** The RMC instance and its handle. */
  readonly host: number;
  readonly handle: number;
  readonly address: Address;
  readonly placedByApp: boolean;
  readonly port: number;
  /** OPEN and ACCEPT: index of the peer's node, 0 for LISTEN. */
  readonly peerNode: number;
  /** The event field `peer`: string id, -1 for LISTEN. */
  readonly peerId: number;
  /** The process that the session's RMC runs in: on an SSC the application's own. */
  readonly rmcProcess: number;
  /** ACCEPT: the LISTEN session that it is under; else 0. */
  readonly listen: SessionId;
  readonly hasNewSession: boolean;
  readonly hasCloseSession: boolean;
  readonly hasAbortSession: boolean;
  /** The event that made the block: an address may be another block later. */
  readonly madeBy: number;
  /** OPEN and ACCEPT: the books of what was sent and handed up. */
  flow: Flow | null;
  state: string;
  /** No call can reach it any more: closed, replaced (D8), or its process or RMC is gone. */
  over: boolean;
  /** Its process, RMC or node died without a close. */
  lost: boolean;
  /** The application was told that the block is its own again: close_done, or close_session with TRUE. */
  released: boolean;
  /** ACCEPT: over, but RMC keeps the block for its successor (S10, D8). */
  kept: boolean;
  /** rmc_close or rmc_shutdown was accepted, so an error of open_done is no news of a failure. */
  closing: boolean;
  /** ACCEPT sessions made under a LISTEN session so far: gives their names. */
  accepted: number;
  /** Messages handed to the application on this session. */
  delivered: number;
  /** D25: how messages are delivered. */
  readonly delivery: DeliveryName;
  /** Ordered: messages that RMC gave up, and messages that it dropped because they came after that. */
  givenUp: number;
  late: number;
  /** IOs begun and ended on this session. */
  ioBegun: number;
  ioEnded: number;
  /** Messages that wait in the application's mailbox. */
  mailed: number;
  /** Bits of `ToldBy`. */
  told: number;
  /** Its block was freed before the memory that it lay in went with a process or a node. */
  freed: boolean;
  /** Reported as corrupted (D27). */
  corrupted: boolean;
  /** Reported as a leak, or as never closed (D28). */
  leaked: boolean;
  neverClosed: boolean;
  /** The session that took over the block (D8), or 0. */
  successor: SessionId;
}

/** One application as the world knows it; its process comes and goes. */
export interface AppRecord {
  readonly index: number;
  readonly name: string;
  readonly nameId: number;
  readonly node: number;
  readonly heapBytes: number;
  /** The slot of its process on the node, from 1 in order of `app` (D12). */
  readonly place: number;
  /** The process that runs or hangs, or ran last; 0 before the first. */
  process: number;
  /** Memory owner of that process. */
  owner: number;
  /** Names made from the application's so far: `client.1`, `client.2`. */
  sessionsNamed: number;
  /** The callback that has not returned, or null. */
  pending: PendingCallback | null;
  /** A callback is running: only then are calls bounded. */
  inCallback: boolean;
  /** Calls made at `callsAtUs`: bounded, so that a callback that calls for ever hangs its process only (D10). */
  calls: number;
  callsAtUs: number;
}

export type CallbackName =
  | 'onStart'
  | 'newSession'
  | 'closeSession'
  | 'abortSession'
  | 'onMessage'
  | 'onOpenDone'
  | 'onCloseDone'
  | 'onIoDone'
  | 'onWritable'
  | 'onTimer';

/** All that is needed to call a callback, and to call it again when it was slow. */
export interface PendingCallback {
  readonly name: CallbackName;
  readonly session: SessionId;
  /** Of new_session: the core's offer. */
  readonly offer: number;
  /** Status, reason or number of the IO, by callback. */
  readonly a: number;
  readonly b: number;
  readonly message: Uint8Array | null;
  /** Timer name, abort reason or peer node, by callback. */
  readonly text: string;
  /** The event that the callback came from. */
  readonly cause: number;
  /** Set when it said `slowly`. */
  token: string | undefined;
}
