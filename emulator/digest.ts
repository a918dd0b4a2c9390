// A fingerprint of two 32-bit lanes. A lane takes a word as (lane ^ word) * odd constant, then folds its high bits
// down: for a given lane two different words never give the same result, and the order of the words counts.

export const LOW_START = 0x2545f491 | 0;
export const HIGH_START = 0x6c8e9cf5 | 0;

/** The low lane after one more 32-bit word. */
export function mixLow(lane: number, word: number): number {
  const mixed = Math.imul(lane ^ word, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The high lane after one more 32-bit word. */
export function mixHigh(lane: number, word: number): number {
  const mixed = Math.imul(lane ^ word, 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}

/** A safe integer as one word of the low lane. The two folds differ, so that two numbers never meet in both. */
export function foldLow(value: number): number {
  const word = value | 0;
  return word === value ? word : word ^ Math.imul((value / 4294967296) | 0, 0x9e3779b1);
}

/** A safe integer as one word of the high lane. */
export function foldHigh(value: number): number {
  const word = value | 0;
  return word === value ? word : word ^ Math.imul(((value / 4294967296) | 0) + 0x7f4a7c15, 0x27d4eb2f);
}

/** Two lanes as 16 hex digits. */
export function hex64(high: number, low: number): string {
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

/** A running fingerprint, for places that are not hot. */
export class Digest {
  low = LOW_START;
  high = HIGH_START;

  /** Takes a safe integer. */
  number(value: number): void {
    this.low = mixLow(this.low, foldLow(value));
    this.high = mixHigh(this.high, foldHigh(value));
  }

  /** Takes `length` bytes, four at a time, and the length itself. */
  bytes(bytes: Uint8Array, offset: number, length: number): void {
    let low = mixLow(this.low, length);
    let high = mixHigh(this.high, length);
    const whole = offset + (length & ~3);
    let at = offset;
    for (; at < whole; at += 4) {
      const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      low = mixLow(low, word);
      high = mixHigh(high, word);
    }
    for (; at < offset + length; at += 1) {
      low = mixLow(low, bytes[at]!);
      high = mixHigh(high, bytes[at]!);
    }
    this.low = low;
    this.high = high;
  }

  /** Takes a string, by its UTF-16 units. */
  text(text: string): void {
    let low = mixLow(this.low, text.length);
    let high = mixHigh(this.high, text.length);
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      low = mixLow(low, unit);
      high = mixHigh(high, unit);
    }
    this.low = low;
    this.high = high;
  }

  /** 16 hex digits. */
  hex(): string {
    return hex64(this.high, this.low);
  }
}
