// Frames that wait for the host: encoded at once into one arena, so that no later change reaches them.
import { grown8, grown32 } from './bytes.js';
import { encodeFrame, type FrameHeader, HEADER_BYTES } from './frame.js';

const STRIDE = 8;

/** Records of eight integers: node, place, port, type, session, offset, length, tag. */
export interface Outbox {
  arena: Uint8Array;
  used: number;
  records: Int32Array;
  head: number;
  count: number;
  /** Goes into each record that is made; the host's own mark, see `RmcCore.tag`. */
  tag: number;
}

/** A frame, as `pollFrame` loads it. Its bytes are valid until the next call of the core. */
export interface CoreFrame {
  toNode: number;
  /** 0: an EEE's RMC, or on an SSC whoever has `toPort` (D11). */
  toPlace: number;
  toPort: number;
  type: number;
  /** Handle of the sender's session, 0 for a frame of none. */
  session: number;
  bytes: Uint8Array;
  offset: number;
  length: number;
  /** What `RmcCore.tag` was when the frame was made. */
  tag: number;
}

/** An empty outbox. */
export function makeOutbox(): Outbox {
  return {
    arena: new Uint8Array(4096),
    used: 0,
    records: new Int32Array(16 * STRIDE),
    head: 0,
    count: 0,
    tag: 0,
  };
}

/** An empty frame to load into. */
export function makeFrame(): CoreFrame {
  return {
    toNode: 0,
    toPlace: 0,
    toPort: 0,
    type: 0,
    session: 0,
    bytes: new Uint8Array(0),
    offset: 0,
    length: 0,
    tag: 0,
  };
}

/** Encodes a frame to where its header says that it goes. */
export function pushFrame(
  box: Outbox,
  h: FrameHeader,
  session: number,
  payload: Uint8Array,
  payloadAt: number,
): void {
  if (box.head === box.count) {
    box.head = 0;
    box.count = 0;
    box.used = 0;
  }
  if (box.used + HEADER_BYTES + h.payloadLength > box.arena.length) {
    box.arena = grown8(box.arena, box.arena.length * 2);
  }
  const at = box.count * STRIDE;
  if (at === box.records.length) box.records = grown32(box.records, box.records.length * 2);
  const r = box.records;
  r[at] = h.dstNode;
  r[at + 1] = h.dstPlace;
  r[at + 2] = h.port;
  r[at + 3] = h.type;
  r[at + 4] = session;
  r[at + 5] = box.used;
  const length = encodeFrame(box.arena, box.used, h, payload, payloadAt);
  r[at + 6] = length;
  r[at + 7] = box.tag;
  box.used += length;
  box.count++;
}

/** Takes the first frame out, into `into`; false when there is none. */
export function takeFrame(box: Outbox, into: CoreFrame): boolean {
  if (box.head === box.count) return false;
  const at = box.head * STRIDE;
  const r = box.records;
  into.toNode = r[at]!;
  into.toPlace = r[at + 1]!;
  into.toPort = r[at + 2]!;
  into.type = r[at + 3]!;
  into.session = r[at + 4]!;
  into.bytes = box.arena;
  into.offset = r[at + 5]!;
  into.length = r[at + 6]!;
  into.tag = r[at + 7]!;
  box.head++;
  return true;
}
