import { type Block, Column, type MemorySpace, type OwnerKind, type World } from '../../emulator/index.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { RmcNode } from '../kind.js';
import { memoryOfSpace } from '../memory/memoryOverTime.js';
import type { SessionRecord } from '../records.js';
import { freerOf } from './sessionView.js';
import type { MemoryOverTime, OwnerLetter } from './view.js';

/** One address space as a map shows it: plain values, made fresh by `memoryMap`. */
export interface SpaceView {
  /** Name of the node. */
  readonly node: string;
  /** The application's name where each has its own memory (SSC), else the node's. */
  readonly name: string;
  /** False: nothing is there, because the process does not run, or the node is not on. */
  readonly isThere: boolean;
  readonly base: number;
  readonly sizeBytes: number;
  /** The moment of the view. */
  readonly nowUs: number;
  /** Those that are there. */
  readonly owners: readonly OwnerView[];
  readonly pools: readonly PoolView[];
  /** Live ones, and the latest {@link FREED_SHOWN} freed ones, in order of address. */
  readonly blocks: readonly BlockView[];
  /** Freed blocks on record that `blocks` leaves out. */
  readonly freedLeftOut: number;
  /** Memory errors so far, in this memory and in those of its name before it. */
  readonly errors: number;
  /** The latest of them that this memory has seen, at most {@link ERRORS_SHOWN}, oldest first. */
  readonly lastErrors: readonly { readonly event: number; readonly kind: string; readonly address: number }[];
  /** Live memory of its owners over time, those that are gone included. */
  readonly overTime: readonly MemoryOverTime[];
}

export interface OwnerView {
  readonly name: string;
  readonly kind: OwnerKind;
  readonly liveBlocks: number;
  readonly liveBytes: number;
}

/** `count` places of `stride` bytes from `address` on; which of them are taken, the blocks say. */
export interface PoolView {
  readonly address: number;
  readonly stride: number;
  readonly count: number;
  readonly owner: string;
}

export interface BlockView {
  readonly address: number;
  /** Bytes, as asked for. */
  readonly size: number;
  /** Name of the owner. */
  readonly owner: string;
  readonly kind: OwnerKind;
  readonly letter: OwnerLetter;
  readonly live: boolean;
  /** The sessions that live in it; none does: the last one that did. */
  readonly sessions: readonly string[];
  readonly madeBy: EventMoment;
  /** Event 0: it was not freed. */
  readonly freedBy: EventMoment;
  /** Who has to free it, and when; `freed` when it is. */
  readonly whoFrees: string;
  /** What it is for, where that was said. */
  readonly purpose: string;
}

/** An event's number, and when it was; -1 where the log no longer has it. */
export interface EventMoment {
  readonly event: number;
  readonly timeUs: number;
}

/** Freed blocks that a view still shows of a space, the latest freed ones; and memory errors, the latest too. */
const FREED_SHOWN = 64;
const ERRORS_SHOWN = 64;

/** Every address space that there is, or would be if its process ran, in order of nodes and applications. */
export function memoryMap(world: World): readonly SpaceView[] {
  const fabric = fabricOf(world);
  const sessions = sessionsByBlock(fabric.sessions.values());
  return [...fabric.nodes.values()].flatMap((node) => {
    const { index, name, apps } = node.state;
    const { power, sinceUs } = world.nodes.get(index);
    const common = node.commonSpace();
    if (common !== undefined) {
      return [spaceView(fabric, node, name, power === 'on' ? common : undefined, sinceUs, sessions)];
    }
    return apps.map((number) => {
      const app = fabric.app(number);
      const space = node.spaceOf(app);
      const fromUs = space === undefined ? 0 : world.processes.get(app.process).startedUs;
      return spaceView(fabric, node, app.name, space, fromUs, sessions);
    });
  });
}

/** Sessions by the event that made their block. */
export function sessionsByBlock(
  records: Iterable<SessionRecord>,
): ReadonlyMap<number, readonly SessionRecord[]> {
  const found = new Map<number, SessionRecord[]>();
  for (const record of records) {
    const list = found.get(record.madeBy);
    if (list === undefined) found.set(record.madeBy, [record]);
    else list.push(record);
  }
  return found;
}

/** Of the sessions that lie or lay in a block, oldest first: those that live; where none does, the last one. */
export function inhabitants(inside: readonly SessionRecord[]): readonly SessionRecord[] {
  const living = inside.filter((record) => !record.over);
  return living.length > 0 ? living : inside.slice(-1);
}

function spaceView(
  fabric: Fabric,
  { state }: RmcNode,
  name: string,
  space: MemorySpace | undefined,
  fromUs: number,
  sessions: ReadonlyMap<number, readonly SessionRecord[]>,
): SpaceView {
  const { world } = fabric;
  const errors = world.memory.errors.filter((error) => error.space === name);
  const common = {
    node: state.name,
    name,
    nowUs: world.nowUs,
    errors: errors.length,
    overTime: memoryOfSpace(world, state.index, name),
  };
  if (space === undefined) {
    const nothing = { owners: [], pools: [], blocks: [], freedLeftOut: 0, lastErrors: [] };
    return { ...common, ...nothing, isThere: false, base: 0, sizeBytes: state.memoryBytes };
  }
  const { blocks } = space;
  const freed = blocks.filter((block) => !block.live).sort((a, b) => b.freedBy - a.freedBy);
  const left = new Set(freed.slice(FREED_SHOWN));
  return {
    ...common,
    isThere: true,
    base: space.base,
    sizeBytes: space.bytes.length,
    owners: ownersOf(space),
    pools: space.pools.map(({ base, stride, count, owner }) => ({
      address: base,
      stride,
      count,
      owner: space.ownerState(owner).name,
    })),
    blocks: blocks
      .filter((block) => !left.has(block))
      .map((block) => blockView(fabric, space, block, sessions.get(block.madeBy) ?? [])),
    freedLeftOut: left.size,
    lastErrors: errors
      .slice(-ERRORS_SHOWN)
      .filter(({ event }) => momentOf(world, event).timeUs >= fromUs)
      .map(({ event, kind, address }) => ({ event, kind, address })),
  };
}

function ownersOf(space: MemorySpace): readonly OwnerView[] {
  const all = Array.from({ length: space.ownerCount }, (_, index) => space.ownerState(index + 1));
  return all
    .filter((owner) => owner.gone === '')
    .map(({ name, kind, liveBlocks, liveBytes }) => ({ name, kind, liveBlocks, liveBytes }));
}

/** One block; `inside` are the sessions that lie or lay in it, oldest first. */
export function blockView(
  fabric: Fabric,
  space: MemorySpace,
  block: Readonly<Block>,
  inside: readonly SessionRecord[],
): BlockView {
  const { world } = fabric;
  const { name, kind } = space.ownerState(block.owner);
  const shown = inhabitants(inside);
  const last = shown[shown.length - 1];
  const whoFrees = (): string => (last === undefined ? `${kind} ${name}` : freerOf(fabric, last));
  return {
    address: block.address,
    size: block.size,
    owner: name,
    kind,
    letter: kind === 'rmc' ? 'R' : shown.some(({ type }) => type === 'ACCEPT') ? 'N' : 'A',
    live: block.live,
    sessions: shown.map((record) => record.name),
    madeBy: momentOf(world, block.madeBy),
    freedBy: momentOf(world, block.freedBy),
    whoFrees: block.live ? whoFrees() : 'freed',
    purpose: world.strings.text(block.purpose),
  };
}

function momentOf({ log }: World, event: number): EventMoment {
  const isKept = event >= Math.max(1, log.firstKept);
  return { event, timeUs: isKept ? log.value(event, Column.time) : -1 };
}
