// The session block in emulated memory (D27): one layout, 128 bytes, little-endian, 32-bit pointers, 8-aligned.
// RMC keeps its own record; what stands here is written through at once and read back only to know the session.
import { get32, put16, put32 } from './bytes.js';

/** Size of a session block. */
export const BLOCK_BYTES = 128;
/** A block's address must be a multiple of this (D6). */
export const BLOCK_ALIGN = 8;

const BLOCK_MAGIC = 0x53434d52;

/** Bits of the field `flags`. */
export const BlockFlag = {
  /** What RMC_FREE_SESSION reads (S9). */
  FREE: 1 << 0,
  /** The application placed this block in new_session (S7). */
  PLACED_BY_APP: 1 << 1,
  HAS_NEW_SESSION: 1 << 8,
  HAS_CLOSE_SESSION: 1 << 9,
  HAS_ABORT_SESSION: 1 << 10,
  /** The local RMC is R1.1. */
  RELEASE_1_1: 1 << 16,
  /** Ordered delivery (D25). */
  ORDERED: 1 << 17,
} as const;

/** One field of the block, for the documentation and for `inspect`. */
export interface BlockField {
  readonly name: string;
  readonly offset: number;
  readonly size: 2 | 4;
  readonly help: string;
}

function field(name: string, offset: number, size: 2 | 4, help: string): BlockField {
  return { name, offset, size, help };
}

/** The layout. Bytes that no field names are 0. */
export const blockFields: readonly BlockField[] = [
  field('magic', 0, 4, '"RMCS"'),
  field('type', 4, 2, 'SessionType: 1 OPEN, 2 LISTEN, 3 ACCEPT (S1)'),
  field('state', 6, 2, 'SessionState'),
  field(
    'flags',
    8,
    4,
    'bit 0 FREE (RMC_FREE_SESSION, S9), 1 placed by the application, 8-10 callbacks, 16 R1.1, 17 ordered',
  ),
  field('id', 12, 4, 'local id (D12)'),
  field('listen', 16, 4, 'ACCEPT: address of its LISTEN session, else 0'),
  field('open_number', 20, 4, 'D12; 0 for LISTEN'),
  field('local_node', 24, 2, ''),
  field('local_place', 26, 2, ''),
  field('local_incarnation', 28, 4, ''),
  field('peer_node', 32, 2, '0 for LISTEN'),
  field('peer_place', 34, 2, '0: not known, or an EEE'),
  field('peer_incarnation', 36, 4, '0: not known'),
  field('peer_id', 40, 4, '0: no answer yet'),
  field('port', 44, 2, 'the port listened on'),
  field('peer_release', 46, 2, '0: not known, 1 R1.0.x, 2 R1.1'),
  field('send_accepted', 48, 4, 'last message taken from the application'),
  field('send_in_flight', 52, 4, 'last message put on the bus'),
  field('send_acknowledged', 56, 4, 'last message acknowledged'),
  field('receive_handed_up', 60, 4, 'last message handed to the application; ordered: or given up'),
  field('owner', 64, 4, 'the application, as the host numbers it'),
  field('receive_given_up', 68, 4, 'ordered: messages given up so far (D25)'),
  field('receive_late', 72, 4, 'ordered: messages dropped because they came after that (D25)'),
];

const STATE = 6;
const FLAGS = 8;
const PEER_PLACE = 34;
const PEER_INCARNATION = 36;
const PEER_ID = 40;
const PEER_RELEASE = 46;
const SEND_ACCEPTED = 48;
const SEND_IN_FLIGHT = 52;
const SEND_ACKNOWLEDGED = 56;
const RECEIVE_HANDED_UP = 60;
const RECEIVE_GIVEN_UP = 68;
const RECEIVE_LATE = 72;

/** The values of a block when it is made; the other fields are 0. */
export interface BlockValues {
  type: number;
  state: number;
  flags: number;
  id: number;
  listenAddress: number;
  openNumber: number;
  node: number;
  place: number;
  incarnation: number;
  peerNode: number;
  peerPlace: number;
  peerIncarnation: number;
  peerId: number;
  port: number;
  peerRelease: number;
  owner: number;
}

/** Writes a whole block, unused bytes as 0. */
export function writeBlock(memory: Uint8Array, at: number, v: BlockValues): void {
  memory.fill(0, at, at + BLOCK_BYTES);
  put32(memory, at, BLOCK_MAGIC);
  put16(memory, at + 4, v.type);
  put16(memory, at + STATE, v.state);
  put32(memory, at + FLAGS, v.flags);
  put32(memory, at + 12, v.id);
  put32(memory, at + 16, v.listenAddress);
  put32(memory, at + 20, v.openNumber);
  put16(memory, at + 24, v.node);
  put16(memory, at + 26, v.place);
  put32(memory, at + 28, v.incarnation);
  put16(memory, at + 32, v.peerNode);
  put16(memory, at + 44, v.port);
  put32(memory, at + 64, v.owner);
  writeBlockPeer(memory, at, v.peerPlace, v.peerIncarnation, v.peerId, v.peerRelease);
}

/** Writes what an answer teaches about the peer. */
export function writeBlockPeer(
  memory: Uint8Array,
  at: number,
  place: number,
  incarnation: number,
  id: number,
  release: number,
): void {
  put16(memory, at + PEER_PLACE, place);
  put32(memory, at + PEER_INCARNATION, incarnation);
  put32(memory, at + PEER_ID, id);
  put16(memory, at + PEER_RELEASE, release);
}

/** Writes the state. */
export function writeBlockState(memory: Uint8Array, at: number, state: number): void {
  put16(memory, at + STATE, state);
}

/** Writes the flags. */
export function writeBlockFlags(memory: Uint8Array, at: number, flags: number): void {
  put32(memory, at + FLAGS, flags);
}

/** Writes the number of the last message taken from the application. */
export function writeBlockAccepted(memory: Uint8Array, at: number, seq: number): void {
  put32(memory, at + SEND_ACCEPTED, seq);
}

/** Writes the number of the last message put on the bus. */
export function writeBlockInFlight(memory: Uint8Array, at: number, seq: number): void {
  put32(memory, at + SEND_IN_FLIGHT, seq);
}

/** Writes the number of the last message that was acknowledged. */
export function writeBlockAcknowledged(memory: Uint8Array, at: number, seq: number): void {
  put32(memory, at + SEND_ACKNOWLEDGED, seq);
}

/** Writes the number of the last message handed up. */
export function writeBlockHandedUp(memory: Uint8Array, at: number, seq: number): void {
  put32(memory, at + RECEIVE_HANDED_UP, seq);
}

/** Writes how many messages of an ordered session were given up, and how many of them came later (D25). */
export function writeBlockGaps(memory: Uint8Array, at: number, givenUp: number, late: number): void {
  put32(memory, at + RECEIVE_GIVEN_UP, givenUp);
  put32(memory, at + RECEIVE_LATE, late);
}

/** Whether the block still says that it is this session (D27): magic, type and id. */
export function blockIs(memory: Uint8Array, at: number, type: number, id: number): boolean {
  return (
    get32(memory, at) === BLOCK_MAGIC &&
    (memory[at + 4]! | (memory[at + 5]! << 8)) === type &&
    get32(memory, at + 12) === id
  );
}

/**
 * The macro RMC_FREE_SESSION (S9): reads the flag in the block at `offset` and nothing else. True: release the block.
 */
export function rmcFreeSession(memory: Uint8Array, offset: number): boolean {
  return (get32(memory, offset + FLAGS) & BlockFlag.FREE) !== 0;
}
