import type { MemorySpace } from '../../emulator/index.js';
import { BLOCK_BYTES, type Release, rmcFreeSession, type StatusCode } from '../../rmc-core/index.js';
import type { Fabric } from '../fabric.js';
import { outOfMemory, trap } from '../memory/memoryErrors.js';
import type { AppRecord } from '../records.js';
import type { Address, AppApi, CallResult, OpenRequest, SessionId, SscListenRequest } from './application.js';
import { countCall } from './callBound.js';
import { rmcListen, rmcOpen, sessionOf } from './calls.js';
import { ProcessEnded } from './processEnded.js';
import { rmcClose, rmcSend, rmcShutdown } from './sessionCalls.js';

/** What one application can do: its calls, carried to the node it is on. */
export class AppPort implements AppApi {
  readonly fabric: Fabric;
  readonly record: AppRecord;

  constructor(fabric: Fabric, record: AppRecord) {
    this.fabric = fabric;
    this.record = record;
  }

  get app(): string {
    return this.record.name;
  }

  get node(): string {
    return this.fabric.node(this.record.node).state.name;
  }

  get release(): Release {
    return this.fabric.node(this.record.node).state.release;
  }

  get nowUs(): number {
    return this.fabric.world.nowUs;
  }

  alloc(sizeBytes: number): Address {
    return this.#orNone(this.#space().alloc(sizeBytes, this.record.owner, 'heap', this.record.nameId));
  }

  free(address: Address): void {
    const isWrong = this.#space().free(address, this.record.owner) !== undefined;
    if (isWrong && trap(this.fabric, this.record)) throw new ProcessEnded();
  }

  makePool(blocks: number): number {
    return this.#orNone(this.#space().reservePool(this.record.owner, blocks, BLOCK_BYTES));
  }

  allocFromPool(pool: number): Address {
    return this.#orNone(this.#space().allocFromPool(pool));
  }

  rmcListen(request: SscListenRequest): CallResult {
    this.#count();
    return rmcListen(this.fabric, this.record, request);
  }

  rmcOpen(request: OpenRequest): CallResult {
    this.#count();
    return rmcOpen(this.fabric, this.record, request);
  }

  rmcSend(session: SessionId, message: Uint8Array): StatusCode {
    this.#count();
    return rmcSend(this.fabric, this.record, sessionOf(this.fabric, this.record, session), message);
  }

  rmcClose(session: SessionId): StatusCode {
    this.#count();
    return rmcClose(this.fabric, this.record, sessionOf(this.fabric, this.record, session));
  }

  rmcShutdown(session: SessionId): StatusCode {
    this.#count();
    return rmcShutdown(this.fabric, this.record, sessionOf(this.fabric, this.record, session));
  }

  rmcFreeSession(session: SessionId): boolean {
    const space = this.#space();
    return rmcFreeSession(space.bytes, sessionOf(this.fabric, this.record, session).address - space.base);
  }

  addressOf(session: SessionId): Address {
    return sessionOf(this.fabric, this.record, session).address;
  }

  nameOf(session: SessionId): string {
    return sessionOf(this.fabric, this.record, session).name;
  }

  timer(afterUs: number, name: string): void {
    this.#mustLive();
    this.fabric.entries.startTimer(this.record, afterUs, name);
  }

  random(below: number): number {
    return this.fabric.world.random.stream(`app ${this.record.name}`).intBetween(0, below - 1);
  }

  exit(): void {
    this.#mustLive();
    this.fabric.node(this.record.node).endApp(this.record, 'stop');
    throw new ProcessEnded();
  }

  /** What was asked for, or 0 and `out-of-memory` on record (D28). */
  #orNone(found: number): number {
    return found === 0 ? outOfMemory(this.fabric, this.#space(), this.record.owner) : found;
  }

  #count(): void {
    this.#mustLive();
    countCall(this.record, this.fabric.world.nowUs);
  }

  #space(): MemorySpace {
    this.#mustLive();
    return this.fabric.node(this.record.node).spaceOf(this.record)!;
  }

  /** Code that swallows the end of its process gets nothing more done. */
  #mustLive(): void {
    if (!this.fabric.isAlive(this.record)) throw new ProcessEnded();
  }
}
