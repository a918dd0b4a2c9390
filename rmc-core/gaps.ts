// Ordered delivery (D25), what one direction of a session knows of its holes: plain numbers, and a bit a message.

/** Given-up messages are told from repeated ones so far back; see `isGivenUp`. */
const REMEMBERED = 1024;
/** Twice as many, because numbers as far ahead as `MAX_WINDOW` have a bit too. */
const MARKS = 2 * REMEMBERED;
const ALL_BITS = 32;

export interface Gaps {
  /** The last message that the peer is known to have sent. */
  known: number;
  /** What is not here up to this one is given up. */
  givenUpTo: number;
  /** How many were passed over so far, and how many of those came later and were dropped. */
  givenUp: number;
  late: number;
  /** By number modulo `MARKS`: a bit for each message that was given up. */
  marks: Int32Array;
}

/** No hole yet. */
export function makeGaps(): Gaps {
  return { known: 0, givenUpTo: 0, givenUp: 0, late: 0, marks: new Int32Array(MARKS / ALL_BITS) };
}

/** Notes that a message is given up. */
export function markGivenUp(g: Gaps, seq: number): void {
  const at = seq & (MARKS - 1);
  g.marks[at >> 5]! |= 1 << (at & 31);
}

/** A number comes into use: what its bit said of one long ago is over. */
export function unmark(g: Gaps, seq: number): void {
  const at = seq & (MARKS - 1);
  g.marks[at >> 5]! &= ~(1 << (at & 31));
}

function isMarked(g: Gaps, seq: number): boolean {
  const at = seq & (MARKS - 1);
  return ((g.marks[at >> 5]! >>> (at & 31)) & 1) === 1;
}

/** Whether a message was given up; what lies more than 1,024 messages behind `handedUp` is forgotten. */
export function isGivenUp(g: Gaps, handedUp: number, seq: number): boolean {
  return seq > handedUp - REMEMBERED && isMarked(g, seq);
}

/** What an acknowledgement of all up to `ack` says of them: bit i, that `ack - i` was given up. */
export function givenUpBitmap(g: Gaps, ack: number): number {
  if (g.givenUp === 0) return 0;
  let bitmap = 0;
  const reach = Math.min(ALL_BITS, ack);
  for (let i = 0; i < reach; i++) if (isMarked(g, ack - i)) bitmap |= 1 << i;
  return bitmap >>> 0;
}
