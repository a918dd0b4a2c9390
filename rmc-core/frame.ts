// The frame: a fixed little-endian header of 64 bytes, then the payload. D12 says what names a session on the bus.
import { copyBytes, get16, get32, put16, put32 } from './bytes.js';
import { crc32, crc32Around } from './crc32.js';
import { Delivery, FrameType } from './names.js';

/** Bytes of the header of every frame. */
export const HEADER_BYTES = 64;
/** The most bytes that one message may have (D23). */
export const MAX_MESSAGE_BYTES = 1024;
/** A HEARTBEAT lists at most so many sessions (D15). */
export const HEARTBEAT_SESSIONS = 100;
/** One listed session: the sender's id, the receiver's id, the open number, 32 bits each. */
export const HEARTBEAT_ENTRY_BYTES = 12;
/** The longest frame there is. */
export const MAX_FRAME_BYTES = HEADER_BYTES + HEARTBEAT_SESSIONS * HEARTBEAT_ENTRY_BYTES;
/** Ids above this are not on the bus: endpoints are keyed by node, place and id in one safe integer. */
export const MAX_LOCAL_ID = 2 ** 21 - 1;

const MAGIC = 0x4d52;
const VERSION = 1;

/** Where the fields of the header lie: name, offset, size in bytes, help. */
export const frameFields = [
  { name: 'magic', offset: 0, size: 2, help: '"RM"' },
  { name: 'version', offset: 2, size: 1, help: '1' },
  { name: 'type', offset: 3, size: 1, help: 'FrameType' },
  { name: 'release', offset: 4, size: 1, help: 'release of the sender: 1 R1.0.x, 2 R1.1 (D18)' },
  { name: 'status', offset: 5, size: 1, help: 'OPEN_NAK: why' },
  { name: 'payload_length', offset: 6, size: 2, help: 'bytes after the header' },
  { name: 'src_node', offset: 8, size: 2, help: 'sender' },
  { name: 'src_place', offset: 10, size: 2, help: '0: an RMC of an EEE (D12)' },
  { name: 'src_incarnation', offset: 12, size: 4, help: '0: not known' },
  { name: 'src_id', offset: 16, size: 4, help: 'local id of the session at the sender; 0: not known' },
  { name: 'dst_node', offset: 20, size: 2, help: 'receiver' },
  { name: 'dst_place', offset: 22, size: 2, help: '0 on an SSC: by port (D11)' },
  { name: 'dst_incarnation', offset: 24, size: 4, help: '0: not known, matches any' },
  { name: 'dst_id', offset: 28, size: 4, help: '0: not known, matches any' },
  { name: 'open_number', offset: 32, size: 4, help: 'grows with each rmc_open of an incarnation (D12)' },
  { name: 'port', offset: 36, size: 2, help: 'frames of a session without an answer' },
  { name: 'delivery', offset: 38, size: 2, help: 'OPEN_REQ, OPEN_ACK: 0 reliable, 1 ordered (D25)' },
  { name: 'heartbeat_us', offset: 40, size: 4, help: 'OPEN_REQ, OPEN_ACK, HEARTBEAT: the interval (D15)' },
  {
    name: 'seq',
    offset: 44,
    size: 4,
    help: 'DATA: sequence number, from 1; ACK: 0, or asks about all up to this one (D25)',
  },
  {
    name: 'ack',
    offset: 48,
    size: 4,
    help: 'DATA, ACK, CLOSE_REQ: all up to this one was handed up (ordered: or given up)',
  },
  {
    name: 'sack',
    offset: 52,
    size: 4,
    help: 'bit i: ack + 1 + i has arrived and waits; ordered: ack - i was given up (D25)',
  },
  { name: 'reserved2', offset: 56, size: 4, help: '0' },
  { name: 'crc', offset: 60, size: 4, help: 'CRC-32 of header and payload with this field 0' },
] as const;

/** The fields of a frame in use, as numbers. One object is reused for all frames that come in, one for all that go out. */
export interface FrameHeader {
  type: number;
  release: number;
  status: number;
  srcNode: number;
  srcPlace: number;
  srcIncarnation: number;
  srcId: number;
  dstNode: number;
  dstPlace: number;
  dstIncarnation: number;
  dstId: number;
  openNumber: number;
  port: number;
  delivery: number;
  heartbeatUs: number;
  seq: number;
  ack: number;
  sack: number;
  payloadLength: number;
}

/** An empty header to decode into. */
export function makeFrameHeader(): FrameHeader {
  return {
    type: 0,
    release: 0,
    status: 0,
    srcNode: 0,
    srcPlace: 0,
    srcIncarnation: 0,
    srcId: 0,
    dstNode: 0,
    dstPlace: 0,
    dstIncarnation: 0,
    dstId: 0,
    openNumber: 0,
    port: 0,
    delivery: 0,
    heartbeatUs: 0,
    seq: 0,
    ack: 0,
    sack: 0,
    payloadLength: 0,
  };
}

/** What `checkFrame` says: `malformed` is no frame of this protocol, `corrupt` fails its CRC. */
export type FrameVerdict = 'ok' | 'malformed' | 'corrupt';

/** Writes header, payload and CRC to `bytes` at `at`; gives the frame's length. */
export function encodeFrame(
  bytes: Uint8Array,
  at: number,
  h: FrameHeader,
  payload: Uint8Array,
  payloadAt: number,
): number {
  put16(bytes, at, MAGIC);
  bytes[at + 2] = VERSION;
  bytes[at + 3] = h.type;
  bytes[at + 4] = h.release;
  bytes[at + 5] = h.status;
  put16(bytes, at + 6, h.payloadLength);
  put16(bytes, at + 8, h.srcNode);
  put16(bytes, at + 10, h.srcPlace);
  put32(bytes, at + 12, h.srcIncarnation);
  put32(bytes, at + 16, h.srcId);
  put16(bytes, at + 20, h.dstNode);
  put16(bytes, at + 22, h.dstPlace);
  put32(bytes, at + 24, h.dstIncarnation);
  put32(bytes, at + 28, h.dstId);
  put32(bytes, at + 32, h.openNumber);
  put32(bytes, at + 36, h.port | (h.delivery << 16));
  put32(bytes, at + 40, h.heartbeatUs);
  put32(bytes, at + 44, h.seq);
  put32(bytes, at + 48, h.ack);
  put32(bytes, at + 52, h.sack);
  put32(bytes, at + 56, 0);
  put32(bytes, at + 60, 0);
  copyBytes(payload, payloadAt, bytes, at + HEADER_BYTES, h.payloadLength);
  const length = HEADER_BYTES + h.payloadLength;
  put32(bytes, at + 60, crc32(bytes, at, length));
  return length;
}

function payloadFits(type: number, length: number): boolean {
  if (type === FrameType.DATA) return length <= MAX_MESSAGE_BYTES;
  if (type === FrameType.HEARTBEAT) {
    return length % HEARTBEAT_ENTRY_BYTES === 0 && length <= HEARTBEAT_SESSIONS * HEARTBEAT_ENTRY_BYTES;
  }
  return length === 0;
}

/** Whether bytes[offset, offset + length) is one whole, sound frame (D24). Changes nothing. */
export function checkFrame(bytes: Uint8Array, offset: number, length: number): FrameVerdict {
  if (length < HEADER_BYTES || length > MAX_FRAME_BYTES || offset + length > bytes.length) return 'malformed';
  if (get16(bytes, offset) !== MAGIC || bytes[offset + 2] !== VERSION) return 'malformed';
  if (get16(bytes, offset + 6) !== length - HEADER_BYTES) return 'malformed';
  if (crc32Around(bytes, offset, length, 60) !== get32(bytes, offset + 60)) return 'corrupt';
  const type = bytes[offset + 3]!;
  if (type < FrameType.OPEN_REQ || type > FrameType.ABORT) return 'malformed';
  if (get32(bytes, offset + 16) > MAX_LOCAL_ID || get32(bytes, offset + 28) > MAX_LOCAL_ID)
    return 'malformed';
  if (type <= FrameType.OPEN_ACK && get16(bytes, offset + 38) > Delivery.ordered) return 'malformed';
  return payloadFits(type, length - HEADER_BYTES) ? 'ok' : 'malformed';
}

/** Reads the header of a frame that `checkFrame` found sound. */
export function decodeFrame(bytes: Uint8Array, at: number, h: FrameHeader): void {
  h.type = bytes[at + 3]!;
  h.release = bytes[at + 4]!;
  h.status = bytes[at + 5]!;
  h.payloadLength = get16(bytes, at + 6);
  h.srcNode = get16(bytes, at + 8);
  h.srcPlace = get16(bytes, at + 10);
  h.srcIncarnation = get32(bytes, at + 12);
  h.srcId = get32(bytes, at + 16);
  h.dstNode = get16(bytes, at + 20);
  h.dstPlace = get16(bytes, at + 22);
  h.dstIncarnation = get32(bytes, at + 24);
  h.dstId = get32(bytes, at + 28);
  h.openNumber = get32(bytes, at + 32);
  h.port = get16(bytes, at + 36);
  h.delivery = get16(bytes, at + 38);
  h.heartbeatUs = get32(bytes, at + 40);
  h.seq = get32(bytes, at + 44);
  h.ack = get32(bytes, at + 48);
  h.sack = get32(bytes, at + 52);
}
