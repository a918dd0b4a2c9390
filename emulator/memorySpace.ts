import { ALIGN, type Block, BlockTable, roundedUp } from './blocks.js';
import { Extents } from './extents.js';
import type { OwnerState, SpaceReports } from './memory.js';
import { Refused } from './refusal.js';
import type { Allocator, MemoryErrorKind, OwnerKind } from './worldEvents.js';

/** What happens to the process whose call used memory wrongly (D29). The node acts on it; memory only reports. */
export type MemoryPolicy = 'report' | 'trap';

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
  readonly #pools: Pool[] = [];
  #blocks: BlockTable;
  #extents: Extents;

  constructor(name: string, size: number, base: number, policy: MemoryPolicy, reports: SpaceReports) {
    if (base <= 0 || base % ALIGN !== 0) throw new Error(`a space cannot begin at ${base}`);
    this.name = name;
    this.base = base;
    this.bytes = new Uint8Array(size - (size % ALIGN));
    this.policy = policy;
    this.#reports = reports;
    this.#blocks = new BlockTable(base, this.bytes.length);
    this.#extents = new Extents(base, base + this.bytes.length);
  }

  /** Adds an owner of blocks; its id, from 1. `process` 0: none. The quota is in bytes, each block rounded up to 8. */
  owner(name: string, kind: OwnerKind, process: number, quotaBytes: number): number {
    const zero = { usedBytes: 0, liveBlocks: 0, liveBytes: 0, gone: '' };
    return this.#owners.push({ name, kind, process, quotaBytes, ...zero });
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
    const address = this.#extents.take(bytes);
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
    const base = this.#extents.take(count * stride);
    if (base < 0) return 0;
    state.usedBytes += count * stride;
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
   * Frees a block for `caller`, an owner: undefined, and logs `free`. Wrong frees are reported and not carried out;
   * looked for in the order of D28: no block's start, freed already, not the caller's, still referenced.
   */
  free(address: number, caller: number): MemoryErrorKind | undefined {
    const block = this.#blocks.startingAt(address);
    const error = freeError(block, caller);
    if (error !== undefined || block === undefined) {
      const kind = error ?? 'invalid-free';
      this.#reports.report(kind, this, address, caller);
      return kind;
    }
    block.freedBy = this.#reports.freed(block, this.#owner(caller));
    this.#release(block);
    return undefined;
  }

  /** RMC takes a reference to a live block (D3); false when no live block starts there. */
  hold(address: number): boolean {
    const block = this.#blocks.startingAt(address);
    if (block === undefined || !block.live) return false;
    block.holds += 1;
    return true;
  }

  /** RMC lets a reference go; false when there is none. */
  letGo(address: number): boolean {
    const block = this.#blocks.startingAt(address);
    if (block === undefined || block.holds === 0) return false;
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
      this.#extents.giveBack(pool.base, pool.count * pool.stride);
    });
    state.gone = how;
  }

  /** Power came back: all bytes are zero, and nothing of before is on record. Owners of before are gone. */
  reset(): void {
    this.bytes.fill(0);
    this.#blocks = new BlockTable(this.base, this.bytes.length);
    this.#extents = new Extents(this.base, this.base + this.bytes.length);
    for (const pool of this.#pools) pool.gone = true;
    for (const owner of this.#owners) {
      Object.assign(owner, { usedBytes: 0, liveBlocks: 0, liveBytes: 0, gone: owner.gone || 'power' });
    }
  }

  /** The space as plain data. */
  get state(): object {
    return {
      name: this.name,
      base: this.base,
      policy: this.policy,
      bytes: this.bytes,
      blocks: this.#blocks.all(),
      extents: this.#extents.state,
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
    const state = this.#owner(owner);
    state.liveBlocks += 1;
    state.liveBytes += size;
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
      holds: 0,
      live: true,
    });
  }

  #release(block: Block): void {
    const state = this.#owner(block.owner);
    block.live = false;
    state.liveBlocks -= 1;
    state.liveBytes -= block.size;
    if (block.pool !== 0) return;
    state.usedBytes -= roundedUp(block.size);
    this.#extents.giveBack(block.address, roundedUp(block.size));
  }
}

/** What is wrong with a free, in the order of D28. */
function freeError(block: Block | undefined, caller: number): MemoryErrorKind | undefined {
  if (block === undefined) return 'invalid-free';
  if (!block.live) return 'double-free';
  if (block.owner !== caller) return 'invalid-free';
  return block.holds > 0 ? 'free-in-use' : undefined;
}

/** The policy of that name; `hardware` is not there yet. */
export function memoryPolicy(name: string): MemoryPolicy {
  if (name === 'report' || name === 'trap') return name;
  if (name === 'hardware') throw new Refused('the policy hardware comes in a later version (D29)');
  throw new Refused(`there is no policy ${name}`);
}
