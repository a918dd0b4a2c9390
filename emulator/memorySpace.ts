import { ALIGN, type Block, BlockTable, roundedUp } from './blocks.js';
import { Extents } from './extents.js';
import type { OwnerState, SpaceReports } from './memory.js';
import type { MemorySeries } from './memorySeries.js';
import { type Heap, ReusingHeap } from './reusingHeap.js';
import type { Allocator, MemoryErrorKind, OwnerKind } from './worldEvents.js';

/**
 * What a wrong use of memory leads to (D29). `report`: a wrong free is recorded and not carried out. `trap`: the same
 * here, and the node ends the process whose call it was. `hardware`: it is recorded and carried out.
 */
export type MemoryPolicy = 'report' | 'trap' | 'hardware';

/** Blocks of one size at fixed addresses. */
interface Pool {
  readonly owner: number;
  readonly base: number;
  readonly blockSize: number;
  readonly stride: number;
  readonly count: number;
  gone: boolean;
}

/**
 * One address space: its bytes, its heap, its pools and the record of every block. Addresses run from `base`;
 * `bytes[address - base]` is the byte at an address. Address 0 means none.
 */
export class MemorySpace {
  readonly name: string;
  readonly base: number;
  readonly bytes: Uint8Array;
  readonly policy: MemoryPolicy;
  readonly #reports: SpaceReports;
  readonly #owners: OwnerState[] = [];
  /** By owner, as `#owners`. */
  readonly #series: MemorySeries[] = [];
  readonly #pools: Pool[] = [];
  #blocks: BlockTable;
  #heap: Heap;

  constructor(name: string, size: number, base: number, policy: MemoryPolicy, reports: SpaceReports) {
    if (base <= 0 || base % ALIGN !== 0) throw new Error(`a space cannot begin at ${base}`);
    this.name = name;
    this.base = base;
    this.bytes = new Uint8Array(size - (size % ALIGN));
    this.policy = policy;
    this.#reports = reports;
    this.#blocks = new BlockTable(base, this.bytes.length);
    this.#heap = this.#newHeap();
  }

  /** Adds an owner of blocks; its id, from 1. `process` 0: none. The quota is in bytes, each block rounded up to 8. */
  owner(name: string, kind: OwnerKind, process: number, quotaBytes: number): number {
    const zero = { usedBytes: 0, liveBlocks: 0, liveBytes: 0, gone: '' };
    const state = { name, kind, process, quotaBytes, ...zero };
    this.#series.push(this.#reports.series(this.name, state));
    return this.#owners.push(state);
  }

  ownerState(owner: number): Readonly<OwnerState> {
    return this.#owner(owner);
  }

  get ownerCount(): number {
    return this.#owners.length;
  }

  liveBlocks(owner: number): number {
    return this.#owner(owner).liveBlocks;
  }

  /** Bytes of its live blocks, as asked for. */
  liveBytes(owner: number): number {
    return this.#owner(owner).liveBytes;
  }

  /**
   * Takes a block for an owner and logs `alloc`; its address, or 0: over its quota, no room, the owner is gone, or an
   * injected failure. `allocator` is only what the log says; `purpose` is a string id.
   */
  alloc(size: number, owner: number, allocator: Allocator = 'heap', purpose = -1): number {
    const state = this.#owner(owner);
    const bytes = roundedUp(size);
    if (state.gone !== '' || this.#reports.allocationFails(state.process, state.name)) return 0;
    if (state.usedBytes + bytes > state.quotaBytes) return 0;
    const address = this.#heap.take(bytes);
    if (address < 0) return 0;
    state.usedBytes += bytes;
    this.#record(address, size, owner, allocator, 0, purpose);
    return address;
  }

  /** Reserves `count` blocks at fixed addresses; the pool, from 1, or 0: over its quota or no room. */
  reservePool(owner: number, count: number, blockSize: number): number {
    const state = this.#owner(owner);
    const stride = roundedUp(blockSize);
    if (count <= 0 || state.gone !== '' || state.usedBytes + count * stride > state.quotaBytes) return 0;
    const base = this.#heap.take(count * stride);
    if (base < 0) return 0;
    state.usedBytes += count * stride;
    this.#loseLive(base, count * stride);
    this.#blocks.forget(base, count * stride);
    return this.#pools.push({ owner, base, blockSize, stride, count, gone: false });
  }

  /** Takes the free block of lowest address of a pool, and logs `alloc`; 0: none is free, or an injected failure. */
  allocFromPool(pool: number, purpose = -1): number {
    const { owner, base, blockSize, stride, count, gone } = this.#pools[pool - 1]!;
    const state = this.#owner(owner);
    if (gone || this.#reports.allocationFails(state.process, state.name)) return 0;
    for (let slot = 0; slot < count; slot += 1) {
      const address = base + slot * stride;
      if (this.#blocks.startingAt(address)?.live === true) continue;
      this.#record(address, blockSize, owner, 'pool', pool, purpose);
      return address;
    }
    return 0;
  }

  /**
   * Frees a block for `caller`, an owner: undefined, and logs `free`. Wrong frees are reported and, except under
   * `hardware`, not carried out; looked for in the order of D28: no block's start, freed already, not the caller's,
   * still referenced.
   */
  free(address: number, caller: number): MemoryErrorKind | undefined {
    const block = this.#blocks.startingAt(address);
    const error = freeError(block, caller);
    if (error !== undefined || block === undefined) {
      const kind = error ?? 'invalid-free';
      this.#reports.report(kind, this, address, caller);
      if (this.policy === 'hardware') this.#freeWrongly(address, caller);
      return kind;
    }
    block.freedBy = this.#reports.freed(address, this.#owner(caller));
    this.#release(block);
    return undefined;
  }

  /**
   * RMC frees its block that event `madeBy` made. Under `hardware` somebody may have freed it under RMC: it is freed
   * all the same, or what lies there now, and that is not reported a second time (D29).
   */
  freeOwn(address: number, caller: number, madeBy: number): void {
    const block = this.#blocks.startingAt(address);
    const isOwn = block?.live === true && block.madeBy === madeBy;
    if (isOwn || this.policy !== 'hardware') this.free(address, caller);
    else this.#freeWrongly(address, caller);
  }

  /** D29, `hardware`: as the target's allocator, which believes the caller wherever the address is in a block. */
  #freeWrongly(address: number, caller: number): void {
    const block = this.#blocks.startingAt(address) ?? this.#blocks.containing(address);
    if (block === undefined) return;
    const start = address - (address % ALIGN);
    // A pool knows its blocks by their places: freed twice is freed once, and the middle of one is nothing to it.
    if (block.pool !== 0 && !(block.live && start === block.address)) return;
    const event = this.#reports.freed(address, this.#owner(caller));
    if (block.live && start === block.address) {
      block.freedBy = event;
      this.#release(block);
    } else {
      this.#heap.giveBack(start, block.address + roundedUp(block.size) - start);
    }
  }

  /** RMC takes a reference to a live block (D3); false when no live block starts there. */
  hold(address: number): boolean {
    const block = this.#blocks.startingAt(address);
    if (block === undefined || !block.live) return false;
    block.holds += 1;
    return true;
  }

  /** RMC lets a reference go, to the block that event `madeBy` made if it is given; false when there is none. */
  letGo(address: number, madeBy?: number): boolean {
    const block = this.#blocks.startingAt(address);
    if (block === undefined || block.holds === 0 || block.madeBy !== (madeBy ?? block.madeBy)) return false;
    block.holds -= 1;
    return true;
  }

  /** The block, live or freed, that starts at an address. */
  blockStarting(address: number): Readonly<Block> | undefined {
    return this.#blocks.startingAt(address);
  }

  /** The block, live or freed, that an address lies in. */
  blockAt(address: number): Readonly<Block> | undefined {
    return this.#blocks.containing(address);
  }

  /** All blocks on record, live and freed, in order of address. */
  get blocks(): readonly Readonly<Block>[] {
    return this.#blocks.all();
  }

  /** Whether `size` bytes from an address lie in the space. */
  contains(address: number, size: number): boolean {
    return address >= this.base && size >= 0 && address + size <= this.base + this.bytes.length;
  }

  /** The pools that are there. */
  get pools(): readonly Readonly<Pool>[] {
    return this.#pools.filter((pool) => !pool.gone);
  }

  /** An owner is gone: all that it had is given back, silently, and nothing of it stays on record. */
  dropOwner(owner: number, how: string): void {
    const state = this.#owner(owner);
    for (const block of this.#blocks.all()) {
      if (block.owner !== owner) continue;
      if (block.live) this.#release(block);
      this.#blocks.forget(block.address, ALIGN);
    }
    this.#pools.forEach((pool) => {
      if (pool.owner !== owner || pool.gone) return;
      pool.gone = true;
      state.usedBytes -= pool.count * pool.stride;
      this.#heap.giveBack(pool.base, pool.count * pool.stride);
    });
    state.gone = how;
  }

  /** Power came back: all bytes are zero, and nothing of before is on record. Owners of before are gone. */
  reset(): void {
    this.bytes.fill(0);
    this.#blocks = new BlockTable(this.base, this.bytes.length);
    this.#heap = this.#newHeap();
    this.retire('power');
  }

  /** The memory is gone, and all owners with it. */
  retire(how: string): void {
    for (const pool of this.#pools) pool.gone = true;
    this.#owners.forEach((owner, index) => {
      this.#count(index + 1, -owner.liveBlocks, -owner.liveBytes);
      owner.usedBytes = 0;
      if (owner.gone === '') owner.gone = how;
    });
  }

  /** The space as plain data. */
  get state(): object {
    return {
      name: this.name,
      base: this.base,
      policy: this.policy,
      bytes: this.bytes,
      blocks: this.#blocks.all(),
      heap: this.#heap.state,
      owners: this.#owners,
      pools: this.#pools,
    };
  }

  #owner(owner: number): OwnerState {
    const state = this.#owners[owner - 1];
    if (state === undefined) throw new Error(`${this.name} has no owner ${owner}`);
    return state;
  }

  #record(
    address: number,
    size: number,
    owner: number,
    allocator: Allocator,
    pool: number,
    purpose: number,
  ): void {
    const over = this.#loseLive(address, roundedUp(size));
    const last = this.#blocks.startingAt(address);
    this.#count(owner, 1, size);
    const state = this.#owner(owner);
    const madeBy = this.#reports.allocated(address, size, state, allocator, purpose);
    this.#blocks.add({
      address,
      size,
      owner,
      allocator,
      pool,
      purpose,
      madeBy,
      freedBy: 0,
      over,
      before: last === undefined ? null : { madeBy: last.madeBy, freedBy: last.freedBy },
      holds: 0,
      live: true,
    });
  }

  #release(block: Block): void {
    this.#lose(block);
    if (block.pool === 0) this.#heap.giveBack(block.address, roundedUp(block.size));
  }

  /** A block is live no more; its memory is somebody else's business. */
  #lose(block: Block): void {
    block.live = false;
    this.#count(block.owner, -1, -block.size);
    if (block.pool === 0) this.#owner(block.owner).usedBytes -= roundedUp(block.size);
  }

  /**
   * Under `hardware` a stretch may be handed out while live blocks begin in it: they are overlaid, and count no more.
   * The event that made the last of them, 0: there is none.
   */
  #loseLive(address: number, size: number): number {
    if (this.policy !== 'hardware') return 0;
    let over = this.#liveAround(address);
    for (const block of this.#blocks.startingWithin(address, size)) {
      if (!block.live) continue;
      over = block.madeBy;
      this.#lose(block);
    }
    return over;
  }

  /** The event that made the live block that an address lies in, 0: none. */
  #liveAround(address: number): number {
    const block = this.#blocks.containing(address);
    return block?.live === true ? block.madeBy : 0;
  }

  /** The one place where live memory changes: the owner's count and its series over time go together. */
  #count(owner: number, blocks: number, bytes: number): void {
    const state = this.#owner(owner);
    state.liveBlocks += blocks;
    state.liveBytes += bytes;
    this.#series[owner - 1]!.change(blocks, bytes);
  }

  #newHeap(): Heap {
    const end = this.base + this.bytes.length;
    if (this.policy !== 'hardware') return new Extents(this.base, end);
    return new ReusingHeap(this.base, end, (address, size) => this.#blocks.isInUse(address, size));
  }

  get held(): readonly unknown[] {
    return [this.bytes, this.#owners, this.#series, this.#pools, this.#blocks, this.#heap];
  }

  keep(): () => void {
    const blocks = this.#blocks;
    const heap = this.#heap;
    return () => {
      this.#blocks = blocks;
      this.#heap = heap;
    };
  }
}

/** What is wrong with a free, in the order of D28. */
function freeError(block: Block | undefined, caller: number): MemoryErrorKind | undefined {
  if (block === undefined) return 'invalid-free';
  if (!block.live) return 'double-free';
  if (block.owner !== caller) return 'invalid-free';
  return block.holds > 0 ? 'free-in-use' : undefined;
}
