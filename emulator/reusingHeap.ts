import { Extents } from './extents.js';

/** Where a memory space takes its blocks from. */
export interface Heap {
  /** Takes `size` bytes, a multiple of 8; their address, or -1. */
  take(size: number): number;
  giveBack(start: number, size: number): void;
  readonly state: object;
}

/**
 * The allocator of the target, for the policy `hardware` (D29): what was freed last is handed out first, to whoever
 * asks for that size, and nobody looks whether it was free. A block that was freed twice is therefore handed out twice.
 * The lists lie outside of the emulated memory, so that no damage there reaches the emulator.
 */
export class ReusingHeap implements Heap {
  readonly #extents: Extents;
  /** What was given back and waits for its next use, by size; the newest last. */
  readonly #lists = new Map<number, number[]>();
  readonly #isInUse: (start: number, size: number) => boolean;

  /** `isInUse` says whether a live block lies in a stretch. */
  constructor(start: number, end: number, isInUse: (start: number, size: number) => boolean) {
    this.#extents = new Extents(start, end, 'first');
    this.#isInUse = isInUse;
  }

  take(size: number): number {
    const last = this.#lists.get(size)?.pop();
    if (last !== undefined) return last;
    const address = this.#extents.take(size);
    if (address >= 0) return address;
    this.#join();
    return this.#extents.take(size);
  }

  /** Nothing is checked: the stretch may be given back already, or be in use. */
  giveBack(start: number, size: number): void {
    const list = this.#lists.get(size);
    if (list === undefined) this.#lists.set(size, [start]);
    else list.push(start);
  }

  get state(): object {
    return { extents: this.#extents.state, lists: this.#lists };
  }

  /** No stretch is long enough: what waits in the lists is joined, but for what is in use by mistake. */
  #join(): void {
    for (const [size, list] of this.#lists) {
      const inUse: number[] = [];
      for (const start of list) {
        if (this.#isInUse(start, size)) inUse.push(start);
        else this.#extents.absorb(start, size);
      }
      this.#lists.set(size, inUse);
    }
  }

  get held(): readonly unknown[] {
    return [this.#extents, this.#lists];
  }
}
