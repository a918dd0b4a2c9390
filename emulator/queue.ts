import { checkLimit } from './limits.js';

const FIRST_CAPACITY = 256;

/**
 * The event queue: a binary heap over (time, order of making), so that entries of the same time run in the order in
 * which they were made. An entry is four numbers: its kind, two arguments, and the number of the event that caused it.
 * Entries cannot be taken back: a handler sees for itself that its reason is gone.
 */
export class EventQueue {
  readonly #limit: number;
  // The heap proper: position -> time, order, slot of the entry's payload.
  #time: Float64Array;
  #order: Float64Array;
  #slot: Int32Array;
  // Payload by slot; #free is a stack of the slots not in use.
  #kind: Int32Array;
  #a: Float64Array;
  #b: Float64Array;
  #cause: Float64Array;
  #free: Int32Array;
  #made = 0;
  #size = 0;
  /** The entry that {@link pop} took last. */
  timeUs = 0;
  kind = 0;
  a = 0;
  b = 0;
  cause = 0;

  constructor(limit: number) {
    const capacity = Math.min(FIRST_CAPACITY, limit);
    this.#limit = limit;
    this.#time = new Float64Array(capacity);
    this.#order = new Float64Array(capacity);
    this.#slot = new Int32Array(capacity);
    this.#kind = new Int32Array(capacity);
    this.#a = new Float64Array(capacity);
    this.#b = new Float64Array(capacity);
    this.#cause = new Float64Array(capacity);
    this.#free = Int32Array.from({ length: capacity }, (_, slot) => slot);
  }

  get size(): number {
    return this.#size;
  }

  /** Time of the next entry, Infinity when there is none. */
  nextTimeUs(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#time[0]!;
  }

  push(timeUs: number, kind: number, a: number, b: number, cause: number): void {
    if (this.#size === this.#time.length) this.#grow();
    const slot = this.#free[this.#size]!;
    this.#kind[slot] = kind;
    this.#a[slot] = a;
    this.#b[slot] = b;
    this.#cause[slot] = cause;
    const order = this.#made;
    this.#made = order + 1;
    this.#rise(this.#size, timeUs, order, slot);
    this.#size += 1;
  }

  /** Takes the next entry into the fields; false when there is none. */
  pop(): boolean {
    if (this.#size === 0) return false;
    const slot = this.#slot[0]!;
    this.timeUs = this.#time[0]!;
    this.kind = this.#kind[slot]!;
    this.a = this.#a[slot]!;
    this.b = this.#b[slot]!;
    this.cause = this.#cause[slot]!;
    const last = this.#size - 1;
    this.#size = last;
    this.#free[last] = slot;
    if (last > 0) this.#sink(last);
    return true;
  }

  /** The entries in the order in which they will run, as plain rows (time, kind, a, b, cause). */
  get state(): readonly (readonly number[])[] {
    const positions = Array.from({ length: this.#size }, (_, position) => position);
    positions.sort((x, y) => this.#time[x]! - this.#time[y]! || this.#order[x]! - this.#order[y]!);
    return positions.map((position) => {
      const slot = this.#slot[position]!;
      return [
        this.#time[position]!,
        this.#kind[slot]!,
        this.#a[slot]!,
        this.#b[slot]!,
        this.#cause[slot]!,
      ] as const;
    });
  }

  /** The entries of a kind, in no order: to look at, for screens. */
  ofKind(kind: number): { readonly timeUs: number; readonly a: number }[] {
    const found: { timeUs: number; a: number }[] = [];
    for (let position = 0; position < this.#size; position += 1) {
      const slot = this.#slot[position]!;
      if (this.#kind[slot] === kind) found.push({ timeUs: this.#time[position]!, a: this.#a[slot]! });
    }
    return found;
  }

  /** Places an entry at `position` or above, moving later entries down. A new entry is the last of its time. */
  #rise(position: number, timeUs: number, order: number, slot: number): void {
    const times = this.#time;
    let at = position;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (times[parent]! <= timeUs) break;
      times[at] = times[parent]!;
      this.#order[at] = this.#order[parent]!;
      this.#slot[at] = this.#slot[parent]!;
      at = parent;
    }
    times[at] = timeUs;
    this.#order[at] = order;
    this.#slot[at] = slot;
  }

  /** Moves the entry that stood at `last` down from the top to its place among the first `last` positions. */
  #sink(last: number): void {
    const times = this.#time;
    const orders = this.#order;
    const slots = this.#slot;
    const timeUs = times[last]!;
    const order = orders[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && before(times[right]!, orders[right]!, times[child]!, orders[child]!)) child = right;
      if (!before(times[child]!, orders[child]!, timeUs, order)) break;
      times[at] = times[child]!;
      orders[at] = orders[child]!;
      slots[at] = slots[child]!;
      at = child;
    }
    times[at] = timeUs;
    orders[at] = order;
    slots[at] = slots[last]!;
  }

  #grow(): void {
    const old = this.#time.length;
    checkLimit(old + 1, this.#limit, 'entries in the event queue');
    const capacity = Math.min(old * 2, this.#limit);
    this.#time = widen(this.#time, new Float64Array(capacity));
    this.#order = widen(this.#order, new Float64Array(capacity));
    this.#slot = widen(this.#slot, new Int32Array(capacity));
    this.#kind = widen(this.#kind, new Int32Array(capacity));
    this.#a = widen(this.#a, new Float64Array(capacity));
    this.#b = widen(this.#b, new Float64Array(capacity));
    this.#cause = widen(this.#cause, new Float64Array(capacity));
    this.#free = widen(this.#free, new Int32Array(capacity));
    for (let slot = old; slot < capacity; slot += 1) this.#free[slot] = slot;
  }

  get held(): readonly unknown[] {
    return [this.#time, this.#order, this.#slot, this.#kind, this.#a, this.#b, this.#cause, this.#free];
  }

  keep(): () => void {
    const time = this.#time;
    const order = this.#order;
    const slot = this.#slot;
    const kind = this.#kind;
    const a = this.#a;
    const b = this.#b;
    const cause = this.#cause;
    const free = this.#free;
    const made = this.#made;
    const size = this.#size;
    return () => {
      this.#time = time;
      this.#order = order;
      this.#slot = slot;
      this.#kind = kind;
      this.#a = a;
      this.#b = b;
      this.#cause = cause;
      this.#free = free;
      this.#made = made;
      this.#size = size;
    };
  }
}

function before(timeUs: number, order: number, otherTimeUs: number, otherOrder: number): boolean {
  return timeUs < otherTimeUs || (timeUs === otherTimeUs && order < otherOrder);
}

function widen<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
