import { checkLimit } from './limits.js';

/** Longest frame, in bytes. */
export const MAX_FRAME_LENGTH = 1536;
const CHUNK_SLOTS = 64;
const SHORT = 64;

/**
 * Frames in flight, in slots of a fixed size. A slot is a number from 0; what is known of its frame stands in columns
 * that are read as `frames.from[slot]` (do not keep a column: it is replaced when the pool grows).
 */
export class FramePool {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #free: Int32Array = new Int32Array(0);
  #freeCount = 0;
  #capacity = 0;
  /** Node that sent it, and node that it is for. */
  from: Int32Array = new Int32Array(0);
  to: Int32Array = new Int32Array(0);
  /** Where on that node it goes. */
  place: Int32Array = new Int32Array(0);
  port: Int32Array = new Int32Array(0);
  /** String ids of the frame type and of the sender's session (-1 unknown). */
  type: Int32Array = new Int32Array(0);
  session: Int32Array = new Int32Array(0);
  /** Bytes; -1 in a slot that is free. */
  length: Int32Array = new Int32Array(0);
  /** 1 when the bus has corrupted it. */
  corrupt: Int32Array = new Int32Array(0);
  /** Number of its frame_sent event. */
  sentEvent: Float64Array = new Float64Array(0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Frames in use. */
  get used(): number {
    return this.#capacity - this.#freeCount;
  }

  /** The bytes that hold a slot's frame, from {@link offset} on, `length[slot]` of them. */
  bytes(slot: number): Uint8Array {
    return this.#chunks[Math.floor(slot / CHUNK_SLOTS)]!;
  }

  offset(slot: number): number {
    return (slot % CHUNK_SLOTS) * MAX_FRAME_LENGTH;
  }

  /** Takes a slot and copies a frame's bytes into it; the columns are the caller's to fill. */
  take(bytes: Uint8Array, offset: number, length: number): number {
    if (length > MAX_FRAME_LENGTH) throw new Error(`a frame of ${length} bytes is longer than a slot`);
    if (this.#freeCount === 0) this.#grow();
    this.#freeCount -= 1;
    const slot = this.#free[this.#freeCount]!;
    const target = this.bytes(slot);
    const start = this.offset(slot);
    if (length > SHORT) {
      target.set(bytes.subarray(offset, offset + length), start);
    } else {
      // A short copy by hand costs less than a view.
      for (let at = 0; at < length; at += 1) target[start + at] = bytes[offset + at]!;
    }
    this.length[slot] = length;
    this.corrupt[slot] = 0;
    return slot;
  }

  /** A second slot with the same frame. */
  copy(slot: number): number {
    const twin = this.take(this.bytes(slot), this.offset(slot), this.length[slot]!);
    this.from[twin] = this.from[slot]!;
    this.to[twin] = this.to[slot]!;
    this.place[twin] = this.place[slot]!;
    this.port[twin] = this.port[slot]!;
    this.type[twin] = this.type[slot]!;
    this.session[twin] = this.session[slot]!;
    this.corrupt[twin] = this.corrupt[slot]!;
    this.sentEvent[twin] = this.sentEvent[slot]!;
    return twin;
  }

  /** Flips one bit of the frame, counted from its first byte. */
  flipBit(slot: number, bit: number): void {
    const at = this.offset(slot) + (bit >> 3);
    const bytes = this.bytes(slot);
    bytes[at] = bytes[at]! ^ (1 << (bit & 7));
    this.corrupt[slot] = 1;
  }

  release(slot: number): void {
    if (!(this.length[slot]! >= 0)) throw new Error(`frame slot ${slot} is released twice`);
    this.length[slot] = -1;
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
  }

  /** The frames in use, in order of slot. */
  get state(): readonly object[] {
    const frames: object[] = [];
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      const length = this.length[slot]!;
      if (length < 0) continue;
      frames.push({
        slot,
        from: this.from[slot]!,
        to: this.to[slot]!,
        place: this.place[slot]!,
        port: this.port[slot]!,
        type: this.type[slot]!,
        session: this.session[slot]!,
        corrupt: this.corrupt[slot]!,
        sentEvent: this.sentEvent[slot]!,
        bytes: this.bytes(slot).subarray(this.offset(slot), this.offset(slot) + length),
      });
    }
    return frames;
  }

  #grow(): void {
    const old = this.#capacity;
    checkLimit(old + 1, this.#limit, 'frames in flight');
    const capacity = Math.min(this.#limit, Math.max(CHUNK_SLOTS, old * 2));
    while (this.#chunks.length * CHUNK_SLOTS < capacity) {
      this.#chunks.push(new Uint8Array(CHUNK_SLOTS * MAX_FRAME_LENGTH));
    }
    this.from = widen(this.from, capacity);
    this.to = widen(this.to, capacity);
    this.place = widen(this.place, capacity);
    this.port = widen(this.port, capacity);
    this.type = widen(this.type, capacity);
    this.session = widen(this.session, capacity);
    this.length = widen(this.length, capacity).fill(-1, old);
    this.corrupt = widen(this.corrupt, capacity);
    const sentEvent = new Float64Array(capacity);
    sentEvent.set(this.sentEvent);
    this.sentEvent = sentEvent;
    this.#free = new Int32Array(capacity);
    for (let slot = capacity - 1; slot >= old; slot -= 1) {
      this.#free[this.#freeCount] = slot;
      this.#freeCount += 1;
    }
    this.#capacity = capacity;
  }

  get held(): readonly unknown[] {
    return [
      this.#chunks,
      this.#free,
      this.from,
      this.to,
      this.place,
      this.port,
      this.type,
      this.session,
      this.length,
      this.corrupt,
      this.sentEvent,
    ];
  }

  keep(): () => void {
    const free = this.#free;
    const freeCount = this.#freeCount;
    const capacity = this.#capacity;
    const from = this.from;
    const to = this.to;
    const place = this.place;
    const port = this.port;
    const type = this.type;
    const session = this.session;
    const length = this.length;
    const corrupt = this.corrupt;
    const sentEvent = this.sentEvent;
    return () => {
      this.#free = free;
      this.#freeCount = freeCount;
      this.#capacity = capacity;
      this.from = from;
      this.to = to;
      this.place = place;
      this.port = port;
      this.type = type;
      this.session = session;
      this.length = length;
      this.corrupt = corrupt;
      this.sentEvent = sentEvent;
    };
  }
}

function widen(from: Int32Array, capacity: number): Int32Array {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}
