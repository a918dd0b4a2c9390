// Where payloads wait: for an acknowledgement, for their turn, for the host. Slots of three sizes, no object a message.
import { copyBytes, grown8, grown32 } from './bytes.js';

const SLOT_BYTES = [64, 256, 1024] as const;
const CLASSES = SLOT_BYTES.length;
const FIRST_SLOTS = 16;

/** Slots of one size in one array, and the stack of those that are free. */
export interface SlotClass {
  slotBytes: number;
  bytes: Uint8Array;
  free: Int32Array;
  freeCount: number;
  slots: number;
}

/** The three classes, by rising size. A slot's number is index * 3 + class. */
export interface PayloadPool {
  classes: SlotClass[];
}

/** An empty pool: it takes memory only when the first message comes. */
export function makePayloadPool(): PayloadPool {
  return {
    classes: SLOT_BYTES.map((slotBytes) => ({
      slotBytes,
      bytes: new Uint8Array(0),
      free: new Int32Array(0),
      freeCount: 0,
      slots: 0,
    })),
  };
}

function grow(of: SlotClass): void {
  const slots = Math.max(FIRST_SLOTS, of.slots * 2);
  of.bytes = grown8(of.bytes, slots * of.slotBytes);
  of.free = grown32(of.free, slots);
  for (let index = slots - 1; index >= of.slots; index--) of.free[of.freeCount++] = index;
  of.slots = slots;
}

/** Copies a payload into a slot; gives the slot's number. */
export function storePayload(pool: PayloadPool, bytes: Uint8Array, offset: number, length: number): number {
  const kind = length <= SLOT_BYTES[0] ? 0 : length <= SLOT_BYTES[1] ? 1 : 2;
  const of = pool.classes[kind]!;
  if (of.freeCount === 0) grow(of);
  const index = of.free[--of.freeCount]!;
  copyBytes(bytes, offset, of.bytes, index * of.slotBytes, length);
  return index * CLASSES + kind;
}

/** The array in which a slot lies: take it anew at each use, it is replaced when the pool grows. */
export function payloadBytes(pool: PayloadPool, slot: number): Uint8Array {
  return pool.classes[slot % CLASSES]!.bytes;
}

/** Where in `payloadBytes` a slot begins. */
export function payloadOffset(pool: PayloadPool, slot: number): number {
  const kind = slot % CLASSES;
  return ((slot - kind) / CLASSES) * pool.classes[kind]!.slotBytes;
}

/** Gives a slot back. */
export function freePayload(pool: PayloadPool, slot: number): void {
  const kind = slot % CLASSES;
  const of = pool.classes[kind]!;
  of.free[of.freeCount++] = (slot - kind) / CLASSES;
}

/** How many slots are taken: none when all sessions are over and all outputs drained. */
export function payloadsHeld(pool: PayloadPool): number {
  let held = 0;
  for (const of of pool.classes) held += of.slots - of.freeCount;
  return held;
}
