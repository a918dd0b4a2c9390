/**
 * The free stretches of a memory space, in order of address. Stretches are taken next-fit: from where the last one
 * ended, going up and then round, so that what was given back is used again as late as possible. Or first-fit: the
 * lowest that is long enough.
 */
export class Extents {
  readonly #starts: number[];
  readonly #ends: number[];
  readonly #fit: 'next' | 'first';
  #next: number;

  constructor(start: number, end: number, fit: 'next' | 'first' = 'next') {
    this.#starts = [start];
    this.#ends = [end];
    this.#fit = fit;
    this.#next = start;
  }

  /** Takes `size` bytes; their address, or -1 when no stretch is long enough. */
  take(size: number): number {
    const count = this.#starts.length;
    const first = this.#firstEndingAfter(this.#next);
    for (let index = first; index < count; index += 1) {
      const start = Math.max(this.#starts[index]!, this.#next);
      if (this.#ends[index]! - start >= size) return this.#cut(index, start, size);
    }
    for (let index = 0; index <= first && index < count; index += 1) {
      const start = this.#starts[index]!;
      if (this.#ends[index]! - start >= size) return this.#cut(index, start, size);
    }
    return -1;
  }

  /** Gives back what was taken, and joins it with its free neighbours. */
  giveBack(start: number, size: number): void {
    const end = start + size;
    const index = this.#firstEndingAfter(start);
    const joinsBelow = index > 0 && this.#ends[index - 1] === start;
    const joinsAbove = this.#starts[index] === end;
    if (joinsBelow && joinsAbove) {
      this.#ends[index - 1] = this.#ends[index]!;
      this.#starts.splice(index, 1);
      this.#ends.splice(index, 1);
    } else if (joinsBelow) {
      this.#ends[index - 1] = end;
    } else if (joinsAbove) {
      this.#starts[index] = start;
    } else {
      this.#starts.splice(index, 0, start);
      this.#ends.splice(index, 0, end);
    }
  }

  /** Gives back what of a stretch is not free yet: for stretches that may overlap. */
  absorb(start: number, size: number): void {
    const end = start + size;
    let at = start;
    while (at < end) {
      const index = this.#firstEndingAfter(at);
      const free = this.#starts[index] ?? end;
      if (free > at) {
        const to = Math.min(free, end);
        this.giveBack(at, to - at);
        at = to;
      } else {
        at = this.#ends[index]!;
      }
    }
  }

  get state(): object {
    return { starts: this.#starts, ends: this.#ends, next: this.#next };
  }

  #cut(index: number, start: number, size: number): number {
    const end = start + size;
    if (this.#fit === 'next') this.#next = end;
    const before = this.#starts[index]! < start;
    const after = end < this.#ends[index]!;
    if (before && after) {
      this.#starts.splice(index + 1, 0, end);
      this.#ends.splice(index, 0, start);
    } else if (before) {
      this.#ends[index] = start;
    } else if (after) {
      this.#starts[index] = end;
    } else {
      this.#starts.splice(index, 1);
      this.#ends.splice(index, 1);
    }
    return start;
  }

  /** Index of the first stretch that ends after an address. */
  #firstEndingAfter(address: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! > address) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  get held(): readonly unknown[] {
    return [this.#starts, this.#ends];
  }

  keep(): () => void {
    const next = this.#next;
    return () => {
      this.#next = next;
    };
  }
}
