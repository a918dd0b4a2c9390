import type { Allocator } from './worldEvents.js';

export const ALIGN = 8;

/** A block of memory and its history (D28). A freed block stays on record until its memory is used again. */
export interface Block {
  readonly address: number;
  /** Bytes, as asked for. */
  readonly size: number;
  /** Owner of the block: see `MemorySpace.ownerState`. */
  readonly owner: number;
  readonly allocator: Allocator;
  /** The pool that it came from, 0 for the heap. */
  readonly pool: number;
  /** String id of what it is for, -1 for unsaid. */
  readonly purpose: number;
  /** Number of the event that made it, and of the one that freed it (0: none). */
  readonly madeBy: number;
  freedBy: number;
  /** Under `hardware`: the event that made the live block that this one was handed out on top of; 0: none. */
  readonly over: number;
  /** The block that began at this address before, if it was still on record. */
  readonly before: { readonly madeBy: number; readonly freedBy: number } | null;
  /** References that RMC holds to it (D3). */
  holds: number;
  live: boolean;
}

/** Bytes that a block of `size` takes. */
export function roundedUp(size: number): number {
  return Math.max(ALIGN, Math.ceil(size / ALIGN) * ALIGN);
}

/** The blocks of one space by address. No two of them overlap: a new one replaces the freed ones in its place. */
export class BlockTable {
  readonly #base: number;
  /** Per 8 bytes: index + 1 of the block that starts there, else 0. */
  readonly #startsAt: Int32Array;
  readonly #blocks: (Block | undefined)[] = [];
  readonly #freeIndexes: number[] = [];
  #largest = 0;
  /** Whether a block ever began inside of a live one: then the block around an address may begin further down. */
  #nested = false;

  constructor(base: number, size: number) {
    this.#base = base;
    this.#startsAt = new Int32Array(Math.floor(size / ALIGN));
  }

  /** The block, live or freed, that starts at an address. */
  startingAt(address: number): Block | undefined {
    const cell = (address - this.#base) / ALIGN;
    const index = this.#startsAt[cell];
    return index === undefined || index === 0 ? undefined : this.#blocks[index - 1];
  }

  /** The block, live or freed, that an address lies in. */
  containing(address: number): Block | undefined {
    const cell = Math.floor((address - this.#base) / ALIGN);
    const lowest = Math.max(0, cell - this.#largest / ALIGN);
    for (let at = cell; at >= lowest; at -= 1) {
      const index = this.#startsAt[at];
      if (index === undefined) return undefined;
      if (index === 0) continue;
      const block = this.#blocks[index - 1]!;
      if (address < block.address + roundedUp(block.size)) return block;
      if (!this.#nested) return undefined;
    }
    return undefined;
  }

  /** The blocks, live or freed, that start within a stretch. */
  startingWithin(address: number, size: number): readonly Block[] {
    const found: Block[] = [];
    const first = (address - this.#base) / ALIGN;
    for (let cell = first; cell < first + size / ALIGN; cell += 1) {
      const index = this.#startsAt[cell] ?? 0;
      if (index !== 0) found.push(this.#blocks[index - 1]!);
    }
    return found;
  }

  /** Whether a live block lies, with any of its bytes, in a stretch. */
  isInUse(address: number, size: number): boolean {
    if (this.containing(address)?.live === true) return true;
    return this.startingWithin(address, size).some((block) => block.live);
  }

  add(block: Block): void {
    const around = this.containing(block.address);
    if (around?.live === true && around.address !== block.address) this.#nested = true;
    this.forget(block.address, roundedUp(block.size));
    const index = this.#freeIndexes.pop() ?? this.#blocks.length;
    this.#blocks[index] = block;
    this.#startsAt[(block.address - this.#base) / ALIGN] = index + 1;
    this.#largest = Math.max(this.#largest, roundedUp(block.size));
  }

  /** Takes the blocks that start within a stretch off the record. */
  forget(address: number, size: number): void {
    const first = (address - this.#base) / ALIGN;
    for (let cell = first; cell < first + size / ALIGN; cell += 1) {
      const index = this.#startsAt[cell]!;
      if (index === 0) continue;
      this.#startsAt[cell] = 0;
      this.#blocks[index - 1] = undefined;
      this.#freeIndexes.push(index - 1);
    }
  }

  /** All blocks on record, in order of address. */
  all(): Block[] {
    const blocks = this.#blocks.filter((block): block is Block => block !== undefined);
    return blocks.sort((one, other) => one.address - other.address);
  }

  get held(): readonly unknown[] {
    return [this.#startsAt, this.#blocks, this.#freeIndexes];
  }

  keep(): () => void {
    const largest = this.#largest;
    const nested = this.#nested;
    return () => {
      this.#largest = largest;
      this.#nested = nested;
    };
  }
}
