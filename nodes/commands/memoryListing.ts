import { addressText, clockText, type MemorySpace, type World } from '../../emulator/index.js';
import { fabricOf } from '../fabric.js';
import {
  bytesByColumn,
  memoryOfSpace,
  memoryOverTime,
  mostBlocks,
  mostBytes,
  sparkline,
} from '../memory/memoryOverTime.js';
import { causeText, eventAt, memoryReport } from '../memory/memoryReport.js';
import type { SessionRecord } from '../records.js';
import { inhabitants, sessionsByBlock } from '../views/memoryMap.js';
import { table } from '../views/text.js';
import { spaceNamed } from './memoryAccess.js';

/** Whose memory is asked for. */
export interface MemoryOf {
  readonly kind: 'node' | 'app';
  readonly name: string;
}

const HEADER: readonly string[] = [
  'ADDRESS',
  'BYTES',
  'OWNER',
  'FROM',
  'SESSION',
  'MADE',
  'FREED',
  'RMC HOLDS',
];

type Block = MemorySpace['blocks'][number];

/** Freed blocks that a list shows, the latest freed ones; and memory errors, the latest too. */
const FREED_SHOWN = 16;
const ERRORS_SHOWN = 16;

/** Blocks with their history, and the memory errors, of a node or of one application. */
export function memoryLines(world: World, of: MemoryOf): readonly string[] {
  const spaces = spacesOf(world, of);
  const sessions = sessionsByBlock(fabricOf(world).sessions.values());
  const rows: (readonly string[])[] = [HEADER];
  let hidden = 0;
  for (const space of spaces) {
    const blocks = space.blocks.filter((block) => isOf(space, block, of));
    const freed = blocks.filter((block) => !block.live).sort((a, b) => b.freedBy - a.freedBy);
    const shown = new Set(freed.slice(0, FREED_SHOWN));
    hidden += freed.length - shown.size;
    for (const block of blocks) {
      if (block.live || shown.has(block)) rows.push(blockRow(world, space, block, sessions));
    }
  }
  const names = spaces.map((space) => space.name);
  const errors = world.memory.errors.filter((error) => names.includes(error.space));
  const earlier = errors.length - ERRORS_SHOWN;
  return [
    ...(rows.length === 1 ? ['no block'] : table(rows)),
    ...(hidden > 0 ? [`and ${hidden} more that were freed before`] : []),
    ...(earlier > 0 ? [`${earlier} earlier memory errors`] : []),
    ...errors.slice(-ERRORS_SHOWN).flatMap((error) => memoryReport(world, error)),
  ];
}

function spacesOf(world: World, of: MemoryOf): readonly MemorySpace[] {
  const fabric = fabricOf(world);
  if (of.kind === 'app') return [spaceNamed(world, of.name).space];
  const node = fabric.nodeNamed(of.name);
  const common = node.commonSpace();
  if (common !== undefined) return [common];
  return node.state.apps
    .map((index) => node.spaceOf(fabric.app(index)))
    .filter((space) => space !== undefined);
}

/** In one memory for all, an application's list leaves out the other applications' blocks. */
function isOf(space: MemorySpace, block: Block, of: MemoryOf): boolean {
  const owner = space.ownerState(block.owner);
  return of.kind === 'node' || owner.kind === 'rmc' || owner.name === of.name;
}

function blockRow(
  world: World,
  space: MemorySpace,
  block: Block,
  sessions: ReadonlyMap<number, readonly SessionRecord[]>,
): readonly string[] {
  const owner = space.ownerState(block.owner);
  const session = inhabitants(sessions.get(block.madeBy) ?? [])
    .map(sessionText)
    .join(', ');
  return [
    addressText(block.address),
    String(block.size),
    `${owner.kind} ${owner.name}`,
    block.allocator,
    session === '' ? '-' : session,
    eventText(world, block.madeBy),
    freedText(world, block),
    String(block.holds),
  ];
}

const sessionText = (record: SessionRecord): string => `${record.name} ${record.state}`;

function freedText(world: World, block: Block): string {
  return block.live ? '-' : eventText(world, block.freedBy);
}

/** `@12 0.000 400 by rmc_open client right:9`. */
function eventText(world: World, event: number): string {
  const read = eventAt(world, event);
  if (read === undefined) return `@${event}`;
  const by = causeText(world, read.cause);
  return `@${event} ${clockText(read.timeUs)}${by === '' ? '' : ` by ${by}`}`;
}

const SPARK_WIDTH = 48;

/** Live blocks and bytes of each owner: now, at the most, and over time. */
export function seriesLines(world: World, of: MemoryOf): readonly string[] {
  const fabric = fabricOf(world);
  const app = of.kind === 'app' ? fabric.appNamed(of.name) : undefined;
  const all =
    app === undefined
      ? memoryOverTime(world, fabric.nodeNamed(of.name).state.index)
      : memoryOfSpace(world, app.node, fabric.node(app.node).commonSpace()?.name ?? app.name).filter(
          ({ kind, owner }) => kind === 'rmc' || owner === app.name,
        );
  if (all.length === 0) return ['nobody had memory here yet'];
  const fromUs = Math.min(...all.map((series) => series.timesUs[0]!));
  const most = Math.max(...all.map(mostBytes));
  const span = `${clockText(fromUs)} to ${clockText(world.nowUs)}`;
  const rows = [['OWNER', 'NOW', 'AT MOST', `BYTES OVER TIME, ${span}, full bar ${most}`]];
  for (const series of all) {
    const columns = bytesByColumn(series, fromUs, world.nowUs, SPARK_WIDTH);
    rows.push([
      `${series.kind} ${series.owner}`,
      amountText(series.liveBlocks, series.liveBytes),
      amountText(mostBlocks(series), mostBytes(series)),
      `|${sparkline(columns, most)}|`,
    ]);
  }
  return table(rows);
}

const amountText = (blocks: number, bytes: number): string => `${blocks} blk ${bytes} B`;
