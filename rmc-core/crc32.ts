// CRC-32 (polynomial 0xEDB88320, as in Ethernet and zip), eight bytes a step: D24 asks for it on every frame.
import { get32 } from './bytes.js';

const SLICE = 256;

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * SLICE);
  for (let n = 0; n < SLICE; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    tables[n] = crc;
  }
  for (let n = SLICE; n < 8 * SLICE; n++) {
    const before = tables[n - SLICE]!;
    tables[n] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}

const T: Readonly<Int32Array> = makeTables();

/** One step over eight bytes given as two little-endian words; `low` has the running value mixed in already. */
function step(low: number, high: number): number {
  return (
    T[1792 + (low & 0xff)]! ^
    T[1536 + ((low >>> 8) & 0xff)]! ^
    T[1280 + ((low >>> 16) & 0xff)]! ^
    T[1024 + (low >>> 24)]! ^
    T[768 + (high & 0xff)]! ^
    T[512 + ((high >>> 8) & 0xff)]! ^
    T[256 + ((high >>> 16) & 0xff)]! ^
    T[high >>> 24]!
  );
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** Goes on with a running (inverted) value over bytes[from, to). */
function run(start: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = start;
  let at = from;
  for (const last = to - 8; at <= last; at += 8) crc = step(crc ^ word(bytes, at), word(bytes, at + 4));
  for (; at < to; at++) crc = (crc >>> 8) ^ T[(crc ^ bytes[at]!) & 0xff]!;
  return crc;
}

/** The CRC-32 of bytes[offset, offset + length), unsigned. */
export function crc32(bytes: Uint8Array, offset: number, length: number): number {
  return ~run(-1, bytes, offset, offset + length) >>> 0;
}

/**
 * The CRC-32 of a frame as if the four bytes at `hole` (relative to `offset`, hole % 8 = 4) were zero: the frame's
 * own CRC field, which cannot be cleared in somebody else's bytes.
 */
export function crc32Around(bytes: Uint8Array, offset: number, length: number, hole: number): number {
  const group = offset + hole - 4;
  let crc = run(-1, bytes, offset, group);
  crc = step(crc ^ get32(bytes, group), 0);
  return ~run(crc, bytes, group + 8, offset + length) >>> 0;
}
