import type { DeliveryName, Release, StatusCode } from '../../rmc-core/index.js';

/**
 * A number that names a session in its world, from 1, never used again. It stands for the pointer that the C
 * interface hands around; the session's name (`client.1`) is for people.
 */
export type SessionId = number;

/** An address in the memory of the application's process (SSC) or of its node (EEE). 0 is NULL. */
export type Address = number;

/** What `abort_session` and a failing IO say about the reason. */
export type FailReason = 'silence' | 'abort' | 'incarnation' | 'io' | 'rmc' | 'corrupted';

/**
 * A callback returns its value, or one of these: `slowly(...)` keeps the process busy and calls the same callback
 * again with `token` when that time is over; `NEVER` is a callback that does not return, so the process hangs (D10).
 */
export type Returned<T> = T | Slow | typeof NEVER;

export interface Slow {
  readonly slowUs: number;
  /** Plain data: it is part of the world's state. */
  readonly token: string;
}

export const NEVER = 'never returns';

/** Ends the token of a callback that had not returned when its process was resumed. */
export const RESUMED = 'r';

export function slowly(slowUs: number, token = 'over'): Slow {
  return { slowUs, token };
}

export interface Offer {
  readonly listen: SessionId;
  /** The client's node. */
  readonly peer: string;
}

/**
 * An application: a value whose callbacks the emulator calls. Every one may be left out. `token` is set when the
 * callback said `slowly` before and its time is over.
 *
 * @typeParam Api what the kind of node offers to its applications; an EEE's has no `newSession` in `rmcListen` (S14).
 */
export interface Application<Api = AppApi> {
  /** Plain data that belongs to the state of the world (state digest); may be left out. */
  readonly state?: unknown;
  /** The process started: at `app`, and at each `launch`. */
  onStart?(api: Api): Returned<void>;
  /** S7: place the block of a new ACCEPT session; 0 (NULL) refuses the client (D5). Only SSC. */
  newSession?(api: Api, offer: Offer, token?: string): Returned<Address>;
  /** S8: an ACCEPT session is over. Release its block only if `api.rmcFreeSession(session)` is true (S9). */
  closeSession?(api: Api, session: SessionId, token?: string): Returned<void>;
  /** S20: the server side failed. */
  abortSession?(api: Api, session: SessionId, reason: FailReason, token?: string): Returned<void>;
  onMessage?(api: Api, session: SessionId, message: Uint8Array, token?: string): Returned<void>;
  /** How `rmcOpen` ended (D2). */
  onOpenDone?(api: Api, session: SessionId, status: StatusCode, token?: string): Returned<void>;
  /** How `rmcClose` or `rmcShutdown` ended; the block may be freed now (D3). */
  onCloseDone?(api: Api, session: SessionId, status: StatusCode, token?: string): Returned<void>;
  /** How the `io`-th message of the session ended (D23). */
  onIoDone?(api: Api, session: SessionId, io: number, status: StatusCode, token?: string): Returned<void>;
  /** D26: after RMC_EAGAIN there is room again. */
  onWritable?(api: Api, session: SessionId, token?: string): Returned<void>;
  /** A timer of `api.timer` is due. */
  onTimer?(api: Api, name: string, token?: string): Returned<void>;
}

export interface CallResult {
  readonly status: StatusCode;
  /** 0 where the call made no session. */
  readonly session: SessionId;
}

export interface ListenRequest {
  /** The block, allocated by the application (S5). */
  readonly address: Address;
  /** 0: RMC picks a free one (D11). */
  readonly port: number;
  /** Whether `close_session` is given, or NULL (S11, S12, S15). */
  readonly closeSession?: boolean;
  /** The session's name; else made from the application's. */
  readonly name?: string;
}

export interface SscListenRequest extends ListenRequest {
  /** S7: whether `new_session` is given, or NULL. An EEE has no such argument (S14). */
  readonly newSession?: boolean;
}

export interface OpenRequest {
  readonly address: Address;
  readonly node: string;
  readonly port: number;
  /** R1.1 (S19): whether `abort_session` is given, or NULL (S21). */
  readonly abortSession?: boolean;
  /**
   * How messages are delivered, both ways: `reliable` (D24), which is the default, or `ordered` (D25): nothing is sent
   * again, and `onIoDone` RMC_ETIMEDOUT on a session that goes on says that this one message was given up.
   */
  readonly delivery?: DeliveryName;
  readonly name?: string;
}

/** What an application can do, on both kinds of node. Calls return statuses and never throw (D2). */
export interface AppApi<Listen extends ListenRequest = SscListenRequest> {
  readonly app: string;
  readonly node: string;
  readonly release: Release;
  readonly nowUs: number;
  /** A block of the application's heap, 8-aligned; 0 when there is no room. */
  alloc(sizeBytes: number): Address;
  /** Gives a block back, right or wrong (D28): wrong frees are recorded by the memory checker. */
  free(address: Address): void;
  /** `blocks` session blocks at fixed addresses; 0 when there is no room. */
  makePool(blocks: number): number;
  allocFromPool(pool: number): Address;
  rmcListen(request: Listen): CallResult;
  rmcOpen(request: OpenRequest): CallResult;
  /** D23: 0 to 1,024 bytes. RMC_INPROGRESS, RMC_EAGAIN (D26) or an error (D13). */
  rmcSend(session: SessionId, message: Uint8Array): StatusCode;
  rmcClose(session: SessionId): StatusCode;
  rmcShutdown(session: SessionId): StatusCode;
  /** The macro RMC_FREE_SESSION: reads the block and nothing else (S9, D27). */
  rmcFreeSession(session: SessionId): boolean;
  addressOf(session: SessionId): Address;
  nameOf(session: SessionId): string;
  /** Calls `onTimer(name)` after `afterUs`. */
  timer(afterUs: number, name: string): void;
  /** From 0 to `below` - 1, out of the application's own stream of the world's seed. */
  random(below: number): number;
  /** The process ends in the regular way: what it has not freed is a leak (D28). */
  exit(): void;
}
