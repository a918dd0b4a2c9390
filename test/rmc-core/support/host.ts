import {
  BLOCK_BYTES,
  type CoreTimers,
  closeCauseName,
  type DeliveryName,
  failReasonName,
  type Handle,
  OutputKind,
  RmcCore,
  rmcFreeSession,
  Status,
  type StatusCode,
  sessionStateName,
  statusName,
} from '../../../rmc-core/index.js';
import { type Bench, type HostOptions, MOST_AT_ONCE } from './bench.js';

const MEMORY_BASE = 0x1000;
const OWNER = 7;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a test host heard: a line like `io_done 1 #3 RMC_OK`, and when. */
export interface Heard {
  readonly atUs: number;
  readonly text: string;
  /** The mark that stood when it was made, see `RmcCore.tag`. */
  readonly tag: number;
}

export interface OpenOptions {
  readonly abortSession?: boolean;
  readonly address?: number;
  readonly delivery?: DeliveryName;
}

/** One core and a small host around it: answers offers and closings at once unless a test says `hold`. */
export class TestHost {
  core: RmcCore;
  readonly bench: Bench;
  readonly node: number;
  readonly place: number;
  memory = new Uint8Array(0);
  incarnation = 0;
  alive = true;
  hung = false;
  release: HostOptions['release'];
  timers: CoreTimers;
  readonly ports = new Set<number>();
  /** Whose blocks ACCEPT sessions get: the application's (SSC with new_session) or RMC's. */
  placedByApp = true;
  offers: 'accept' | 'hold' | StatusCode = 'accept';
  closings: 'return' | 'hold' = 'return';
  onMessage: ((session: Handle, text: string) => void) | undefined;
  readonly heldOffers: number[] = [];
  readonly heldClosings: Handle[] = [];
  readonly heard: Heard[] = [];
  /** Messages handed up, by session. */
  readonly messages = new Map<Handle, string[]>();
  /** Messages given up, by session (D25). */
  readonly givenUp = new Map<Handle, number>();
  readonly acceptedSessions: Handle[] = [];
  private nextAddress = MEMORY_BASE;
  private readonly waiting: Uint8Array[] = [];

  constructor(bench: Bench, options: HostOptions, timers: CoreTimers) {
    this.bench = bench;
    this.node = options.node;
    this.place = options.place ?? 0;
    this.release = options.release ?? 'R1.1';
    this.timers = timers;
    this.core = this.boot();
  }

  private boot(): RmcCore {
    this.incarnation++;
    this.memory = new Uint8Array(256 * 1024);
    this.nextAddress = MEMORY_BASE;
    const core = new RmcCore({
      node: this.node,
      place: this.place,
      incarnation: this.incarnation,
      release: this.release ?? 'R1.1',
      timers: this.timers,
      memory: this.memory,
      memoryBase: MEMORY_BASE,
    });
    core.setCredit(OWNER, Number.POSITIVE_INFINITY);
    return core;
  }

  /** Power off and on again, silently: a new core with a newer incarnation. */
  restart(release = this.release): void {
    this.release = release;
    this.ports.clear();
    this.messages.clear();
    this.givenUp.clear();
    this.acceptedSessions.length = 0;
    this.alive = true;
    this.core = this.boot();
  }

  block(): number {
    const address = this.nextAddress;
    this.nextAddress += BLOCK_BYTES;
    return address;
  }

  /** Starts over with the addresses after the LISTEN session's: for tests that use thousands of blocks. */
  resetBlocks(): void {
    this.nextAddress = MEMORY_BASE + BLOCK_BYTES;
  }

  free(address: number): boolean {
    return rmcFreeSession(this.memory, address - MEMORY_BASE);
  }

  poke(address: number, bytes: readonly number[]): void {
    this.memory.set(bytes, address - MEMORY_BASE);
  }

  listen(port: number): Handle {
    this.ports.add(port);
    return this.core.listen({ address: this.block(), port, owner: OWNER }, this.bench.nowUs);
  }

  open(to: TestHost, port: number, options: OpenOptions = {}): Handle {
    const { abortSession = true, address = this.block(), delivery = 'reliable' } = options;
    const p = { address, node: to.node, place: 0, port, owner: OWNER, abortSession, delivery };
    return this.core.open(p, this.bench.nowUs);
  }

  send(session: Handle, text: string): string {
    const bytes = encoder.encode(text);
    return statusName(this.core.send(session, bytes, 0, bytes.length, this.bench.nowUs));
  }

  close(session: Handle): string {
    return statusName(this.core.close(session, this.bench.nowUs));
  }

  shutdown(session: Handle): string {
    return statusName(this.core.shutdown(session, this.bench.nowUs));
  }

  credit(messages: number): void {
    this.core.setCredit(OWNER, messages);
  }

  addCredit(messages: number): void {
    this.core.addCredit(OWNER, messages, this.bench.nowUs);
  }

  ownerGone(): void {
    this.core.ownerGone(OWNER, this.bench.nowUs);
  }

  accept(offer: number, address = this.block()): Handle {
    const handle = this.core.accept(offer, address, this.placedByApp, this.bench.nowUs);
    this.acceptedSessions.push(handle);
    return handle;
  }

  closeReturned(session: Handle): void {
    this.core.closeReturned(session, this.bench.nowUs);
  }

  state(session: Handle): string {
    return this.core.sessionInfo(session)?.stateName ?? 'over';
  }

  /** The texts heard since the last call. */
  take(): string[] {
    return this.heard.splice(0).map(({ text }) => text);
  }

  texts(): string[] {
    return this.heard.map(({ text }) => text);
  }

  /** The mark of what was heard first with this text; -1 it was not. */
  tagOf(text: string): number {
    return this.heard.find((heard) => heard.text === text)?.tag ?? -1;
  }

  /** When a text was heard first; -1 never. */
  heardAt(text: string): number {
    return this.heard.find((heard) => heard.text === text)?.atUs ?? -1;
  }

  frameIn(bytes: Uint8Array): void {
    if (this.hung) this.waiting.push(bytes);
    else this.core.handleFrame(bytes, 0, bytes.length, this.bench.nowUs);
  }

  timeout(): void {
    if (this.alive && !this.hung && this.core.nextTimeoutUs() <= this.bench.nowUs) {
      this.core.handleTimeout(this.bench.nowUs);
    }
  }

  /** D21: what waits is handled first, then the timers. */
  resume(): void {
    this.hung = false;
    for (const bytes of this.waiting.splice(0)) this.frameIn(bytes);
    this.timeout();
  }

  /** Frames first, then one output at a time. True if there was anything. */
  pump(): boolean {
    if (!this.alive || this.hung) return false;
    let busy = false;
    for (let done = 0; ; done++) {
      for (; this.core.pollFrame(); done++) {
        if (done > MOST_AT_ONCE) throw new Error('the core always has something to say');
        this.bench.send(this);
      }
      if (done > MOST_AT_ONCE) throw new Error('the core always has something to say');
      if (!this.core.pollOutput()) return busy;
      busy = true;
      this.hear();
    }
  }

  private hear(): void {
    const text = this.describe();
    this.heard.push({ atUs: this.bench.nowUs, text, tag: this.core.output.tag });
    const { kind, session, a } = this.core.output;
    if (kind === OutputKind.OFFER) this.offered(a);
    if (kind === OutputKind.REUSED) this.acceptedSessions.push(session);
    if (kind === OutputKind.CLOSING) {
      if (this.closings === 'hold') this.heldClosings.push(session);
      else this.closeReturned(session);
    }
  }

  private offered(offer: number): void {
    if (this.offers === 'hold') this.heldOffers.push(offer);
    else if (this.offers === 'accept') this.accept(offer);
    else this.core.refuse(offer, this.offers, this.bench.nowUs);
  }

  private describe(): string {
    const { kind, session, a, b, c, bytes, offset, length } = this.core.output;
    switch (kind) {
      case OutputKind.STATE:
        return `state ${session} ${sessionStateName(a)}`;
      case OutputKind.OPEN_DONE:
        return `open_done ${session} ${statusName(a)}`;
      case OutputKind.CLOSE_DONE:
        return `close_done ${session} ${statusName(a)}`;
      case OutputKind.IO_DONE:
        return `io_done ${session} #${a} ${statusName(b)}${c === 0 ? '' : ` ${failReasonName(c)}`}`;
      case OutputKind.WRITABLE:
        return `writable ${session}`;
      case OutputKind.OFFER:
        return `offer ${a} on ${b} from ${c}`;
      case OutputKind.CLOSING:
        return `closing ${session} ${a === 1 ? 'TRUE' : 'FALSE'} ${closeCauseName(b)}${c === 1 ? ' newer' : ''}`;
      case OutputKind.REUSED:
        return `reused ${session} after ${a}`;
      case OutputKind.ABORT_SESSION:
        return `abort_session ${session} ${failReasonName(a)}`;
      case OutputKind.PEER_FAILED:
        return `peer_failed ${a}.${b} ${failReasonName(c)}`;
      case OutputKind.CORRUPTED:
        return `corrupted ${session}`;
      case OutputKind.GIVEN_UP:
        this.givenUp.set(session, (this.givenUp.get(session) ?? 0) + 1);
        return `given_up ${session} #${a}`;
      case OutputKind.LATE:
        return `late ${session} #${a}`;
      default: {
        const text = decoder.decode(bytes.subarray(offset, offset + length));
        const list = this.messages.get(session) ?? [];
        const before = list.length + (this.givenUp.get(session) ?? 0);
        if (a !== before + 1) throw new Error(`message ordinal ${a} after ${before}`);
        list.push(text);
        this.messages.set(session, list);
        this.onMessage?.(session, text);
        return `message ${session} ${text}`;
      }
    }
  }
}

/** Status numbers, for tests that refuse. */
export const ENOMEM: StatusCode = Status.RMC_ENOMEM;
