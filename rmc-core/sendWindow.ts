// The messages of one direction of a session that are not acknowledged yet: in flight first, then waiting (D24, D26).
// A ring by sequence number that grows as it is needed; a session that never sends has none.

/** Six numbers a message: payload slot, length, when it was issued, when last sent, 1 if the peer holds it, tag. */
const STRIDE = 6;
const FIRST_MESSAGES = 8;

export interface SendWindow {
  mask: number;
  cells: Float64Array;
}

/** An empty ring. */
export function makeSendWindow(): SendWindow {
  return { mask: FIRST_MESSAGES - 1, cells: new Float64Array(FIRST_MESSAGES * STRIDE) };
}

/** Makes room for the messages `first` to `last` inclusive. */
export function fitSendWindow(w: SendWindow, first: number, last: number): void {
  const needed = last - first + 1;
  if (needed <= w.mask + 1) return;
  const old = w.cells;
  const oldMask = w.mask;
  const mask = (oldMask + 1) * 2 - 1;
  const cells = new Float64Array((mask + 1) * STRIDE);
  for (let seq = first; seq < last; seq++) {
    const from = (seq & oldMask) * STRIDE;
    cells.set(old.subarray(from, from + STRIDE), (seq & mask) * STRIDE);
  }
  w.mask = mask;
  w.cells = cells;
}

/** Enters a message that was issued at `issuedUs`, under that tag, and not sent yet. */
export function enterMessage(
  w: SendWindow,
  seq: number,
  slot: number,
  length: number,
  issuedUs: number,
  tag: number,
): void {
  const at = (seq & w.mask) * STRIDE;
  const c = w.cells;
  c[at] = slot;
  c[at + 1] = length;
  c[at + 2] = issuedUs;
  c[at + 3] = 0;
  c[at + 4] = 0;
  c[at + 5] = tag;
}

/** Payload slot of a message. */
export function messageSlot(w: SendWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE]!;
}

/** Payload length of a message. */
export function messageLength(w: SendWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE + 1]!;
}

/** When `rmc_send` was called. */
export function issuedUs(w: SendWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE + 2]!;
}

/** The host's mark that stood at its `rmc_send`. */
export function messageTag(w: SendWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE + 5]!;
}

/** When it was last put on the bus. */
export function sentUs(w: SendWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE + 3]!;
}

/** Notes that it was put on the bus. */
export function noteSent(w: SendWindow, seq: number, nowUs: number): void {
  w.cells[(seq & w.mask) * STRIDE + 3] = nowUs;
}

/** Whether the peer said that it holds the message: it need not be sent again, but is not acknowledged. */
export function isHeldByPeer(w: SendWindow, seq: number): boolean {
  return w.cells[(seq & w.mask) * STRIDE + 4] === 1;
}

/** Notes that the peer holds it. */
export function noteHeldByPeer(w: SendWindow, seq: number): void {
  w.cells[(seq & w.mask) * STRIDE + 4] = 1;
}
