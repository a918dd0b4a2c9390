import type { Block, World } from '../../emulator/index.js';
import {
  BLOCK_BYTES,
  BlockFlag,
  blockFields,
  sessionStateName,
  sessionTypeName,
} from '../../rmc-core/index.js';
import { type Fabric, fabricOf } from '../fabric.js';
import { littleEndian } from '../memory/littleEndian.js';
import { momentText } from '../memory/memoryReport.js';
import type { SessionRecord } from '../records.js';
import { type BlockView, blockView } from './memoryMap.js';

/** One block with what lies in it: plain values, made fresh by `blockDetail`. */
export interface BlockDetail extends BlockView {
  /** Name of the space, and of its node. */
  readonly space: string;
  readonly node: string;
  /** Where `bytes` and `fields` begin: at the session that was asked for, or with the block. */
  readonly from: number;
  /** A session's bytes, or the block's first ones: at most {@link BYTES_SHOWN}. */
  readonly bytes: readonly number[];
  /** The fields of the session that lies, or lay, at `from`; none where no session did. */
  readonly fields: readonly FieldView[];
  /** What happened to the block, and of it, a line each. */
  readonly history: readonly string[];
}

export interface FieldView {
  readonly name: string;
  /** From `from`. */
  readonly offset: number;
  readonly size: number;
  readonly value: number;
  /** The value in words, where it has some: `FAILED`; else empty. */
  readonly meaning: string;
  readonly help: string;
}

/** Bytes of a block without a session that are shown. */
const BYTES_SHOWN = 256;

/** Memory errors of one block that its history names, the latest. */
const ERRORS_SHOWN = 16;

/**
 * The block that `address` lies in, live or freed, in the memory of an application or of a node that has one memory
 * for all; undefined where there is none.
 */
export function blockDetail(world: World, of: string, address: number): BlockDetail | undefined {
  const fabric = fabricOf(world);
  const app = fabric.findApp(of);
  const node = app === undefined ? fabric.nodes.get(of) : fabric.node(app.node);
  const space = app === undefined ? node?.commonSpace() : node?.spaceOf(app);
  const block = space?.blockAt(address);
  if (node === undefined || space === undefined || block === undefined) return undefined;
  const inside = [...fabric.sessions.values()].filter((record) => record.madeBy === block.madeBy);
  const session = sessionAt(inside, address);
  const from = session?.address ?? block.address;
  const size = session === undefined ? Math.min(block.size, BYTES_SHOWN) : BLOCK_BYTES;
  const at = from - space.base;
  return {
    ...blockView(fabric, space, block, inside),
    space: space.name,
    node: node.state.name,
    from,
    bytes: [...space.bytes.subarray(at, at + size)],
    fields: session === undefined ? [] : fieldsAt(fabric, space.bytes, at),
    history: historyOf(world, block, inside),
  };
}

/** The session whose bytes `address` is one of, the youngest; else the first in the block. */
function sessionAt(inside: readonly SessionRecord[], address: number): SessionRecord | undefined {
  const hit = inside.filter((one) => address >= one.address && address < one.address + BLOCK_BYTES);
  return hit[hit.length - 1] ?? inside[0];
}

/** The fields of the session block that begins at offset `at`. */
export function fieldsAt(fabric: Fabric, bytes: Uint8Array, at: number): readonly FieldView[] {
  return blockFields.map(({ name, offset, size, help }) => {
    const value = littleEndian(bytes, at + offset, size);
    return { name, offset, size, value, meaning: meaningOf(fabric, name, value), help };
  });
}

const flagNames: readonly (readonly [number, string])[] = Object.freeze([
  [BlockFlag.FREE, 'FREE'],
  [BlockFlag.PLACED_BY_APP, 'placed by app'],
  [BlockFlag.HAS_NEW_SESSION, 'new_session'],
  [BlockFlag.HAS_CLOSE_SESSION, 'close_session'],
  [BlockFlag.HAS_ABORT_SESSION, 'abort_session'],
  [BlockFlag.RELEASE_1_1, 'R1.1'],
  [BlockFlag.ORDERED, 'ordered'],
]);

function meaningOf(fabric: Fabric, name: string, value: number): string {
  switch (name) {
    case 'type':
      return sessionTypeName(value);
    case 'state':
      return sessionStateName(value);
    case 'flags':
      return flagNames
        .filter(([bit]) => (value & bit) !== 0)
        .map(([, text]) => text)
        .join(', ');
    case 'local_node':
    case 'peer_node':
      return fabric.nodesByIndex[value]?.state.name ?? '';
    default:
      return '';
  }
}

function historyOf(
  world: World,
  block: Readonly<Block>,
  inside: readonly SessionRecord[],
): readonly string[] {
  const errors = world.memory.errors.filter((error) => error.block?.madeBy === block.madeBy);
  const { before } = block;
  return [
    ...(before === null ? [] : [`before: another block began here, made at event ${before.madeBy}`]),
    `made: ${momentText(world, block.madeBy)}`,
    ...(block.over === 0 ? [] : [`over: on top of a block in use: ${momentText(world, block.over)}`]),
    ...inside.map(({ name, type, state }) => `session: ${name}, ${type} ${state}`),
    ...(block.holds === 0 ? [] : [`held: references of RMC to it: ${block.holds} (D3)`]),
    ...errors
      .slice(-ERRORS_SHOWN)
      .map((error) => `error: ${error.kind} by ${error.caller}, ${momentText(world, error.event)}`),
    ...(block.freedBy === 0 ? [] : [`freed: ${momentText(world, block.freedBy)}`]),
  ];
}
