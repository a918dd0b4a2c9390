// One heap of timers, one timer a key. A key's time moves earlier in the heap at once; later only when it has fired
// (its holder arms it again), so that a message costs no work here.
import { grown32 } from './bytes.js';

/** A binary heap by (due, order of arming): ties fire in the order in which they were armed. */
export interface TimerHeap {
  /** Keys in heap order. */
  keys: Int32Array;
  size: number;
  /** By key: position + 1 in `keys`, 0 when not armed. */
  position: Int32Array;
  /** By key: due time in us, Infinity when not armed. */
  dueUs: Float64Array;
  /** By key: when it was armed, a running number. */
  order: Float64Array;
  armed: number;
}

/** An empty heap. */
export function makeTimerHeap(): TimerHeap {
  return {
    keys: new Int32Array(0),
    size: 0,
    position: new Int32Array(0),
    dueUs: new Float64Array(0),
    order: new Float64Array(0),
    armed: 0,
  };
}

function growTo(heap: TimerHeap, key: number): void {
  let length = Math.max(16, heap.keys.length);
  while (length <= key) length *= 2;
  const dueUs = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  dueUs.set(heap.dueUs);
  const order = new Float64Array(length);
  order.set(heap.order);
  heap.dueUs = dueUs;
  heap.order = order;
  heap.keys = grown32(heap.keys, length);
  heap.position = grown32(heap.position, length);
}

function before(heap: TimerHeap, a: number, b: number): boolean {
  const difference = heap.dueUs[a]! - heap.dueUs[b]!;
  return difference < 0 || (difference === 0 && heap.order[a]! < heap.order[b]!);
}

function put(heap: TimerHeap, at: number, key: number): void {
  heap.keys[at] = key;
  heap.position[key] = at + 1;
}

function rise(heap: TimerHeap, key: number, from: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const other = heap.keys[parent]!;
    if (!before(heap, key, other)) break;
    put(heap, at, other);
    at = parent;
  }
  put(heap, at, key);
}

function sink(heap: TimerHeap, key: number, from: number): void {
  let at = from;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.size) break;
    if (child + 1 < heap.size && before(heap, heap.keys[child + 1]!, heap.keys[child]!)) child++;
    const other = heap.keys[child]!;
    if (!before(heap, other, key)) break;
    put(heap, at, other);
    at = child;
  }
  put(heap, at, key);
}

/** Sees to it that the key fires at `dueUs` at the latest; it may fire sooner, for nothing. */
export function armTimer(heap: TimerHeap, key: number, dueUs: number): void {
  if (key >= heap.dueUs.length) {
    if (dueUs === Number.POSITIVE_INFINITY) return;
    growTo(heap, key);
  }
  if (dueUs >= heap.dueUs[key]!) return;
  heap.dueUs[key] = dueUs;
  heap.order[key] = heap.armed++;
  const at = heap.position[key]!;
  rise(heap, key, at === 0 ? heap.size++ : at - 1);
}

/** Takes the key out of the heap, if it is in. */
export function disarmTimer(heap: TimerHeap, key: number): void {
  const at = (heap.position[key] ?? 0) - 1;
  if (at < 0) return;
  heap.position[key] = 0;
  heap.dueUs[key] = Number.POSITIVE_INFINITY;
  const last = heap.keys[--heap.size]!;
  if (last === key) return;
  if (at > 0 && before(heap, last, heap.keys[(at - 1) >> 1]!)) rise(heap, last, at);
  else sink(heap, last, at);
}

/** When the first key is due; Infinity when none is armed. */
export function firstDueUs(heap: TimerHeap): number {
  return heap.size === 0 ? Number.POSITIVE_INFINITY : heap.dueUs[heap.keys[0]!]!;
}

/** Takes out the first key. Only when there is one. */
export function takeFirst(heap: TimerHeap): number {
  const key = heap.keys[0]!;
  disarmTimer(heap, key);
  return key;
}
