import type { BlockView, SpaceView } from '../../nodes/index.js';
import type { Role, Span } from '../text/line.js';
import type { Thing } from '../text/thing.js';

/** Addresses that one cell may stand for at least: blocks begin at multiples of it. */
const LEAST_BYTES = 8;

/** More unused cells than this between two used stretches are folded into one. */
const MOST_GAP = 3;

const FREE = '·';
const FOLDED = '…';

/** A map of a space in a row of cells. */
export interface Strip {
  readonly spans: readonly Span[];
  readonly bytesPerCell: number;
  /** The first address that it shows, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** A used stretch, in cells. */
interface Stretch {
  readonly from: number;
  to: number;
}

/**
 * The used part of a space in at most `width` cells, so fine that small blocks are seen: a block begins with its
 * owner's letter and goes on with `═`; `░` was freed, `·` is free, `○` is a free place of a pool, `!` has a memory
 * error, and `…` stands for a long stretch without any block. Cells of a block in `marked` are painted as selected.
 */
export function memoryStrip(space: SpaceView, marked: ReadonlySet<BlockView>, width: number): Strip {
  const limit = space.base + space.sizeBytes;
  for (let bytesPerCell = LEAST_BYTES; ; bytesPerCell *= 2) {
    const stretches = stretchesOf(space, bytesPerCell);
    const needed = stretches.reduce(
      (sum, one, index) => sum + one.to - one.from + gapCells(stretches[index - 1], one),
      0,
    );
    if (needed > width && stretches.length > 0 && bytesPerCell < space.sizeBytes) continue;
    const cells = new CellMap(space, bytesPerCell, marked);
    const last = stretches[stretches.length - 1];
    const spans: Span[] = [];
    stretches.forEach((one, index) => {
      const before = stretches[index - 1];
      if (before !== undefined) spans.push(...gapSpans(one.from - before.to));
      for (let cell = one.from; cell < one.to; cell += 1) spans.push(cells.at(cell));
    });
    const end = last?.to ?? Math.floor(space.base / bytesPerCell);
    const spare = Math.min(width - spans.length, Math.ceil(limit / bytesPerCell) - end);
    if (spare > 0) spans.push({ text: FREE.repeat(spare), role: 'dim' });
    const from = (stretches[0]?.from ?? end) * bytesPerCell;
    const to = Math.min(limit, (end + Math.max(0, spare)) * bytesPerCell);
    return { spans: spans.slice(0, Math.max(0, width)), bytesPerCell, from: Math.max(from, space.base), to };
  }
}

function gapCells(before: Stretch | undefined, one: Stretch): number {
  if (before === undefined) return 0;
  const gap = one.from - before.to;
  return gap > MOST_GAP ? 1 : gap;
}

function gapSpans(gap: number): Span[] {
  if (gap === 0) return [];
  return [{ text: gap > MOST_GAP ? FOLDED : FREE.repeat(gap), role: 'dim' }];
}

/** The stretches that blocks, pools and errors take, in order, none touching the next. */
function stretchesOf(space: SpaceView, bytesPerCell: number): Stretch[] {
  const used: Stretch[] = [];
  const add = (address: number, size: number): void => {
    used.push({
      from: Math.floor(address / bytesPerCell),
      to: Math.floor((address + Math.max(1, size) - 1) / bytesPerCell) + 1,
    });
  };
  for (const block of space.blocks) add(block.address, block.size);
  for (const pool of space.pools) add(pool.address, pool.stride * pool.count);
  for (const { address } of space.lastErrors) if (isIn(space, address)) add(address, 1);
  used.sort((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const one of used) {
    const last = joined[joined.length - 1];
    if (last !== undefined && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else joined.push({ ...one });
  }
  return joined;
}

function isIn(space: SpaceView, address: number): boolean {
  return address >= space.base && address < space.base + space.sizeBytes;
}

/** What each used cell shows. */
class CellMap {
  private readonly cells = new Map<number, Span>();
  private readonly bytesPerCell: number;
  private readonly space: string;

  /** What matters least is put first. */
  constructor(space: SpaceView, bytesPerCell: number, marked: ReadonlySet<BlockView>) {
    this.bytesPerCell = bytesPerCell;
    this.space = space.name;
    for (const pool of space.pools) {
      for (let place = 0; place < pool.count; place += 1) {
        this.put(pool.address + place * pool.stride, pool.stride, '○', '○', 'app');
      }
    }
    for (const block of space.blocks) if (!block.live) this.putBlock(block, 'dim');
    for (const block of space.blocks) if (block.live) this.putBlock(block, block.kind);
    for (const block of space.blocks) {
      if (marked.has(block)) this.putBlock(block, 'select');
    }
    for (const { address } of space.lastErrors) this.put(address, 1, '!', '!', 'bad');
  }

  at(cell: number): Span {
    return this.cells.get(cell) ?? { text: FREE, role: 'dim' };
  }

  private putBlock({ address, size, live, letter }: BlockView, role: Role): void {
    const thing: Thing = { kind: 'block', space: this.space, address };
    this.put(address, size, live ? letter : '░', live ? '═' : '░', role, thing);
  }

  private put(address: number, size: number, first: string, rest: string, role: Role, thing?: Thing): void {
    const from = Math.floor(address / this.bytesPerCell);
    const to = Math.floor((address + Math.max(1, size) - 1) / this.bytesPerCell);
    this.cells.set(from, { text: first, role, thing });
    for (let cell = from + 1; cell <= to; cell += 1) this.cells.set(cell, { text: rest, role, thing });
  }
}
