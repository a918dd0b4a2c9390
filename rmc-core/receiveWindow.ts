// The reorder buffer of one direction of a session: messages that arrived and cannot be handed up yet, because one
// before them is missing or the application has no room (D21, D24). One buffer for both forms of delivery (D25).

const STRIDE = 2;
const FIRST_MESSAGES = 8;

/** A ring by sequence number; a cell is payload slot + 1 (0: not here) and length. */
export interface ReceiveWindow {
  mask: number;
  cells: Int32Array;
  /** How many messages wait here. */
  held: number;
  /** Ordered delivery: when each message was known to have been sent (D25); reliable: empty. */
  sinceUs: Float64Array;
}

/** An empty buffer; `timed` for ordered delivery. */
export function makeReceiveWindow(timed: boolean): ReceiveWindow {
  const cells = new Int32Array(FIRST_MESSAGES * STRIDE);
  return {
    mask: FIRST_MESSAGES - 1,
    cells,
    held: 0,
    sinceUs: new Float64Array(timed ? FIRST_MESSAGES : 0),
  };
}

/** Makes room for `seq`, `next` being the first that is not handed up. */
export function fitReceiveWindow(w: ReceiveWindow, next: number, seq: number): void {
  const oldSize = w.mask + 1;
  let size = oldSize;
  while (seq - next >= size) size *= 2;
  if (size === oldSize) return;
  const cells = new Int32Array(size * STRIDE);
  for (let s = next; s < next + oldSize; s++) {
    const from = (s & w.mask) * STRIDE;
    const to = (s & (size - 1)) * STRIDE;
    cells[to] = w.cells[from]!;
    cells[to + 1] = w.cells[from + 1]!;
  }
  if (w.sinceUs.length > 0) {
    const sinceUs = new Float64Array(size);
    for (let s = next; s < next + oldSize; s++) sinceUs[s & (size - 1)] = w.sinceUs[s & w.mask]!;
    w.sinceUs = sinceUs;
  }
  w.cells = cells;
  w.mask = size - 1;
}

/** Whether `seq` waits here; it must be within the ring, counted from the first not handed up. */
export function holds(w: ReceiveWindow, seq: number): boolean {
  return w.cells[(seq & w.mask) * STRIDE] !== 0;
}

/** Keeps a message. */
export function hold(w: ReceiveWindow, seq: number, slot: number, length: number): void {
  const at = (seq & w.mask) * STRIDE;
  w.cells[at] = slot + 1;
  w.cells[at + 1] = length;
  w.held++;
}

/** Payload slot of a message that waits here, -1 when it does not. */
export function heldSlot(w: ReceiveWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE]! - 1;
}

/** Payload length of a message that waits here. */
export function heldLength(w: ReceiveWindow, seq: number): number {
  return w.cells[(seq & w.mask) * STRIDE + 1]!;
}

/** Takes a message out. */
export function letGo(w: ReceiveWindow, seq: number): void {
  w.cells[(seq & w.mask) * STRIDE] = 0;
  w.held--;
}

/** The selective acknowledgement: bit i says that `next + i` waits here (D24). */
export function heldBitmap(w: ReceiveWindow, next: number): number {
  let bitmap = 0;
  const reach = Math.min(32, w.mask + 1);
  for (let i = 0; i < reach; i++) if (holds(w, next + i)) bitmap |= 1 << i;
  return bitmap >>> 0;
}
