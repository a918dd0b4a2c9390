import { describe, expect, it } from 'vitest';
import { copyBytes } from '../../rmc-core/bytes.js';
import {
  freePayload,
  makePayloadPool,
  payloadBytes,
  payloadOffset,
  payloadsHeld,
  storePayload,
} from '../../rmc-core/payloadPool.js';

/** Around the sizes of slots, and where copying goes another way. */
const LENGTHS = [0, 1, 63, 64, 65, 191, 192, 193, 255, 256, 257, 1023, 1024];

function bytesOf(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

describe('payloads that wait', () => {
  it.each(LENGTHS)('D24 copying %i bytes touches no other', (length) => {
    const to = new Uint8Array(2048);
    copyBytes(bytesOf(2048, 7), 5, to, 3, length);
    expect([...to.keys()].filter((at) => to[at] === 7)).toEqual(
      Array.from({ length }, (_, index) => index + 3),
    );
  });

  it.each(LENGTHS)('D24 messages of %i bytes stay as they are, whatever comes after them', (length) => {
    const pool = makePayloadPool();
    const values = Array.from({ length: 40 }, (_, index) => index + 1);
    const slots = values.map((value) => storePayload(pool, bytesOf(length, value), 0, length));
    const kept = slots.map((slot) => {
      const offset = payloadOffset(pool, slot);
      return payloadBytes(pool, slot).subarray(offset, offset + length);
    });
    expect(new Set(slots).size).toBe(slots.length);
    expect(kept).toEqual(values.map((value) => bytesOf(length, value)));
  });

  it('D23 take the smallest slot that holds them', () => {
    const pool = makePayloadPool();
    const kindOf = (length: number) => storePayload(pool, bytesOf(length, 1), 0, length) % 3;
    expect([0, 64, 65, 256, 257, 1024].map(kindOf)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it.each([10, 100, 1000])(
    'D24 of %i bytes: a slot that is given back is the next one, and no other',
    (length) => {
      const pool = makePayloadPool();
      const store = () => storePayload(pool, bytesOf(length, 1), 0, length);
      const slots = Array.from({ length: 10 }, store);
      for (const slot of slots) {
        freePayload(pool, slot);
        expect(store()).toBe(slot);
      }
      expect(payloadsHeld(pool)).toBe(10);
    },
  );
});
