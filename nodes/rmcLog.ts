import type { World } from '../emulator/index.js';
import { Status, type StatusCode, statuses } from '../rmc-core/index.js';
import { rmcEvents } from './events.js';
import type { AppRecord, SessionRecord } from './records.js';

type RmcEventName =
  | 'rmc_open'
  | 'rmc_listen'
  | 'rmc_send'
  | 'rmc_close'
  | 'rmc_shutdown'
  | 'open_done'
  | 'close_done'
  | 'io_done'
  | 'writable'
  | 'new_session'
  | 'close_session'
  | 'abort_session'
  | 'message'
  | 'learned'
  | 'session_state'
  | 'peer_failed'
  | 'callback_failed';

/** A call that returned an error status, for the check at the end of a drill. */
export interface ErrorCall {
  readonly event: string;
  readonly number: number;
  readonly fields: ReadonlyMap<string, string | number>;
}

/** Statuses of calls that are no errors: taken, in progress, or try again. */
const FINE: ReadonlySet<StatusCode> = new Set([Status.RMC_OK, Status.RMC_INPROGRESS, Status.RMC_EAGAIN]);

/** Error calls that are kept; a drill with more has made its point. */
const ERROR_CALLS_KEPT = 10_000;

/** Writes RMC's events into the world's log. Each method returns the event's number. */
export class RmcLog {
  readonly #log: World['log'];
  readonly #strings: World['strings'];
  readonly #types = {} as Record<RmcEventName, number>;
  readonly #statusIds: number[] = [];
  readonly errorCalls: ErrorCall[] = [];

  constructor(world: World) {
    this.#log = world.log;
    this.#strings = world.strings;
    for (const event of rmcEvents) this.#types[event.name as RmcEventName] = world.eventType(event.name);
    for (const status of statuses) this.#statusIds[status.code] = world.strings.intern(status.name);
  }

  /** The number that the next event will have: calls tag what they cause with it before they are logged. */
  get next(): number {
    return this.#log.count + 1;
  }

  /** A call or completion on a session that is on record. */
  ofSession(event: RmcEventName, record: SessionRecord, status: StatusCode): number {
    const number = this.#emit(event, record, this.#statusIds[status]!);
    return FINE.has(status) ? number : this.#erring(event, number);
  }

  /** A call that made no session: the application and the peer that it named are all there is. */
  ofApp(
    event: RmcEventName,
    nodeId: number,
    app: AppRecord,
    sessionId: number,
    peerId: number,
    status: StatusCode,
  ): number {
    const number = this.#log.emit(
      this.#types[event],
      nodeId,
      app.nameId,
      sessionId,
      peerId,
      this.#statusIds[status]!,
    );
    return FINE.has(status) ? number : this.#erring(event, number);
  }

  ioDone(record: SessionRecord, io: number, status: StatusCode): number {
    return this.#emit('io_done', record, this.#statusIds[status]!, io);
  }

  writable(record: SessionRecord): number {
    return this.#emit('writable', record);
  }

  message(record: SessionRecord, bytes: Uint8Array, offset: number, length: number): number {
    return this.#emit('message', record, this.#log.text(bytes, offset, length), length);
  }

  /** `record` is the LISTEN session; the ACCEPT session has no name before its block is placed. */
  newSession(listen: SessionRecord, peerId: number, address: number): number {
    return this.#log.emit(
      this.#types.new_session,
      listen.nodeId,
      listen.appId,
      listen.nameId,
      peerId,
      address,
    );
  }

  closeSession(record: SessionRecord, free: boolean): number {
    return this.#emit('close_session', record, this.#strings.intern(free ? 'TRUE' : 'FALSE'));
  }

  abortSession(record: SessionRecord, reason: string): number {
    return this.#emit('abort_session', record, this.#strings.intern(reason));
  }

  learned(record: SessionRecord, about: string, how: string, rule: string, afterUs: number): number {
    const strings = this.#strings;
    return this.#emit(
      'learned',
      record,
      strings.intern(about),
      strings.intern(how),
      strings.intern(rule),
      afterUs,
    );
  }

  sessionState(record: SessionRecord, state: string): number {
    return this.#emit('session_state', record, this.#strings.intern(state));
  }

  /** `appId` is -1 on an EEE, whose RMC serves them all. */
  peerFailed(nodeId: number, appId: number, peer: string, reason: string): number {
    const strings = this.#strings;
    return this.#log.emit(
      this.#types.peer_failed,
      nodeId,
      appId,
      -1,
      strings.intern(peer),
      strings.intern(reason),
    );
  }

  callbackFailed(nodeId: number, app: AppRecord, callback: string, message: string): number {
    return this.#log.emit(
      this.#types.callback_failed,
      nodeId,
      app.nameId,
      -1,
      -1,
      this.#strings.intern(callback),
      this.#log.textOf(message),
    );
  }

  /** Keeps a call that returned an error; a completion that failed is no such call. */
  #erring(event: RmcEventName, number: number): number {
    if (event.startsWith('rmc_') && this.errorCalls.length < ERROR_CALLS_KEPT) {
      this.errorCalls.push({ event, number, fields: this.#log.read(number).fields });
    }
    return number;
  }

  #emit(event: RmcEventName, record: SessionRecord, a = -1, b = -1, c = -1, d = -1): number {
    return this.#log.emit(
      this.#types[event],
      record.nodeId,
      record.appId,
      record.nameId,
      record.peerId,
      a,
      b,
      c,
      d,
    );
  }

  get held(): readonly unknown[] {
    return [this.errorCalls];
  }
}
