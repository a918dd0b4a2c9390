// What the machine has to say to its host, in order: a flat ring, read into one reused object.
import { grown32 } from './bytes.js';

const STRIDE = 8;
const FIRST_RECORDS = 16;

/** Records of eight integers: kind, session, a, b, c, payload slot (-1 none), payload length, tag. */
export interface OutputQueue {
  records: Int32Array;
  head: number;
  count: number;
  /** Goes into each record that is made; the host's own mark, see `RmcCore.tag`. */
  tag: number;
}

/** One output, as `pollOutput` loads it; `OutputKind` says what the letters mean. Valid until the next call of the core. */
export interface CoreOutput {
  kind: number;
  session: number;
  a: number;
  b: number;
  c: number;
  bytes: Uint8Array;
  offset: number;
  length: number;
  /** What `RmcCore.tag` was when the output was made. */
  tag: number;
}

/** An empty queue. */
export function makeOutputQueue(): OutputQueue {
  return { records: new Int32Array(FIRST_RECORDS * STRIDE), head: 0, count: 0, tag: 0 };
}

/** An empty output to load into. */
export function makeOutput(): CoreOutput {
  return { kind: 0, session: 0, a: 0, b: 0, c: 0, bytes: new Uint8Array(0), offset: 0, length: 0, tag: 0 };
}

function capacity(queue: OutputQueue): number {
  return queue.records.length / STRIDE;
}

function grow(queue: OutputQueue): void {
  const old = queue.records;
  const split = queue.head * STRIDE;
  const records = grown32(new Int32Array(0), old.length * 2);
  records.set(old.subarray(split), 0);
  records.set(old.subarray(0, split), old.length - split);
  queue.records = records;
  queue.head = 0;
}

/** Appends an output that carries a payload (its slot becomes the queue's). */
export function pushMessage(
  queue: OutputQueue,
  kind: number,
  session: number,
  a: number,
  slot: number,
  length: number,
): void {
  const at = next(queue);
  const r = queue.records;
  r[at] = kind;
  r[at + 1] = session;
  r[at + 2] = a;
  r[at + 3] = 0;
  r[at + 4] = 0;
  r[at + 5] = slot;
  r[at + 6] = length;
}

/** Appends an output of numbers. */
export function pushOutput(
  queue: OutputQueue,
  kind: number,
  session: number,
  a: number,
  b: number,
  c: number,
): void {
  const at = next(queue);
  const r = queue.records;
  r[at] = kind;
  r[at + 1] = session;
  r[at + 2] = a;
  r[at + 3] = b;
  r[at + 4] = c;
  r[at + 5] = -1;
  r[at + 6] = 0;
}

function next(queue: OutputQueue): number {
  if (queue.count === capacity(queue)) grow(queue);
  let index = queue.head + queue.count++;
  const size = capacity(queue);
  if (index >= size) index -= size;
  queue.records[index * STRIDE + 7] = queue.tag;
  return index * STRIDE;
}

/** Takes the first output out, into `into`; gives its payload slot, -1 for none, -2 when the queue is empty. */
export function takeOutput(queue: OutputQueue, into: CoreOutput): number {
  if (queue.count === 0) return -2;
  const at = queue.head * STRIDE;
  const r = queue.records;
  into.kind = r[at]!;
  into.session = r[at + 1]!;
  into.a = r[at + 2]!;
  into.b = r[at + 3]!;
  into.c = r[at + 4]!;
  into.length = r[at + 6]!;
  into.tag = r[at + 7]!;
  queue.count--;
  queue.head = queue.head + 1 === capacity(queue) ? 0 : queue.head + 1;
  return r[at + 5]!;
}
