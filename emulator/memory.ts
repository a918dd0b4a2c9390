import { ALIGN, type Block } from './blocks.js';
import type { Clock } from './clock.js';
import type { Injections } from './injections.js';
import { checkLimit } from './limits.js';
import type { EventLog } from './log.js';
import { MemorySeries, type SeriesState } from './memorySeries.js';
import { type MemoryPolicy, MemorySpace } from './memorySpace.js';
import type { NodeTable } from './power.js';
import type { Processes } from './processes.js';
import type { StringTable } from './strings.js';
import type { Allocator, MemoryErrorKind, OwnerKind } from './worldEvents.js';

/** Somebody who has blocks: an application, or RMC, in one process. */
export interface OwnerState {
  readonly name: string;
  readonly kind: OwnerKind;
  /** The process, 0 for none. */
  readonly process: number;
  readonly quotaBytes: number;
  /** Taken of the quota: heap blocks, rounded up, and whole pools. */
  usedBytes: number;
  liveBlocks: number;
  liveBytes: number;
  /** How the owner went; '' while it is there. */
  gone: string;
}

/** A memory error of the run. Whether a check named it is for the end checks to keep (`named`). */
export interface MemoryErrorRecord {
  readonly event: number;
  readonly kind: MemoryErrorKind;
  readonly address: number;
  /** Name of the space. */
  readonly space: string;
  /** Owner in that space whose call it was. */
  readonly owner: number;
  /** Its name. */
  readonly caller: string;
  /** The block that the address lies in, or that ends just below it, as it was then; null for none. */
  readonly block: ReportedBlock | null;
  /** The fields of its event, as in `LoggedEvent`: for checks in every log mode. */
  readonly fields: ReadonlyMap<string, string | number>;
  named: boolean;
}

/** A block as a memory error found it: its record may be another one later. */
export type ReportedBlock = Omit<Block, 'owner' | 'pool' | 'purpose'> & { readonly ownerName: string };

/** How a space tells its world what happened. */
export interface SpaceReports {
  allocationFails(process: number, ownerName: string): boolean;
  allocated(address: number, size: number, owner: OwnerState, allocator: Allocator, purpose: number): number;
  freed(address: number, caller: OwnerState): number;
  /** The series of an owner: that of its name, if there was one before. */
  series(space: string, owner: OwnerState): MemorySeries;
  report(kind: MemoryErrorKind, space: MemorySpace, address: number, owner: number): number;
}

/** What memory needs of its world. */
export interface MemoryParts {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly strings: StringTable;
  readonly nodes: NodeTable;
  readonly processes: Processes;
  readonly injections: Injections;
  readonly errorLimit: number;
  readonly byteLimit: number;
  readonly events: { readonly alloc: number; readonly free: number; readonly error: number };
}

export const DEFAULT_BASE = 0x1000;

/** The address spaces of a world, and every memory error in them. */
export class MemorySpaces implements SpaceReports {
  readonly #parts: MemoryParts;
  readonly #spaces = new Set<MemorySpace>();
  /** Of all spaces that are there. */
  #bytes = 0;
  /** By space and name of the owner. */
  readonly #series = new Map<string, MemorySeries>();
  /** In order of happening. */
  readonly errors: MemoryErrorRecord[] = [];

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  /** Makes a space of `sizeBytes` zero bytes from address `base` (a multiple of 8) on. */
  create(name: string, sizeBytes: number, base = DEFAULT_BASE, policy: MemoryPolicy = 'report'): MemorySpace {
    const { byteLimit } = this.#parts;
    checkLimit(
      this.#bytes + sizeBytes,
      byteLimit,
      `bytes of memory in all nodes together, with that of ${name}`,
    );
    const space = new MemorySpace(name, sizeBytes, base, policy, this);
    this.#bytes += space.bytes.length;
    this.#spaces.add(space);
    return space;
  }

  /** A space is gone with its process. */
  drop(space: MemorySpace): void {
    space.retire('exit');
    if (this.#spaces.delete(space)) this.#bytes -= space.bytes.length;
  }

  /** The spaces that are there, in order of making. */
  get spaces(): readonly MemorySpace[] {
    return [...this.#spaces];
  }

  /**
   * Records a memory error and logs memory_error; its number. `owner` is whose call it was; `session` (a string id)
   * is the session that it is about, -1 for none. The event's `owner` is the block's, where there is a block.
   */
  report(kind: MemoryErrorKind, space: MemorySpace, address: number, owner: number, session = -1): number {
    const { log, strings, events, errorLimit } = this.#parts;
    checkLimit(this.errors.length + 1, errorLimit, 'memory errors');
    const caller = space.ownerState(owner);
    const block = space.blockAt(address);
    const kindOfOwner = block === undefined ? caller.kind : space.ownerState(block.owner).kind;
    const event = log.emit(
      events.error,
      this.#node(caller),
      this.#app(caller),
      session,
      -1,
      address,
      strings.intern(kindOfOwner),
      strings.intern(kind),
      block?.madeBy ?? -1,
      block?.freedBy || -1,
    );
    const { fields } = log.read(event);
    const near = block ?? space.blockAt(address - ALIGN);
    const found = near === undefined ? null : reported(near, space.ownerState(near.owner).name);
    const where = { address, space: space.name, owner, caller: caller.name, block: found };
    this.errors.push({ event, kind, ...where, fields, named: false });
    return event;
  }

  /** Whether an injected fault makes this allocation fail: filters go by the process's name, or the owner's. */
  allocationFails(process: number, ownerName: string): boolean {
    const { injections, processes, strings } = this.#parts;
    if (!injections.onAllocations) return false;
    return injections.allocationFails(
      process > 0 ? processes.get(process).nameId : strings.intern(ownerName),
    );
  }

  /** A block was taken: logs `alloc`. */
  allocated(address: number, size: number, owner: OwnerState, allocator: Allocator, purpose: number): number {
    const { log, strings, events } = this.#parts;
    return log.emit(
      events.alloc,
      this.#node(owner),
      this.#app(owner),
      -1,
      -1,
      address,
      size,
      strings.intern(owner.kind),
      strings.intern(allocator),
      purpose,
    );
  }

  /** A block was given back: logs `free`. */
  freed(address: number, caller: OwnerState): number {
    const { log, strings, events } = this.#parts;
    const owner = strings.intern(caller.kind);
    return log.emit(events.free, this.#node(caller), this.#app(caller), -1, -1, address, owner);
  }

  series(space: string, owner: OwnerState): MemorySeries {
    const key = `${space} ${owner.name}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { clock, processes } = this.#parts;
    const node = owner.process === 0 ? 0 : processes.get(owner.process).node;
    const made = new MemorySeries({ space, owner: owner.name, kind: owner.kind, node }, clock);
    this.#series.set(key, made);
    return made;
  }

  /** Live memory over time of all owners that ever were, in order of their first appearance. */
  get overTime(): readonly Readonly<SeriesState>[] {
    return [...this.#series.values()].map((series) => series.state);
  }

  /** All spaces, series and errors as plain data. */
  get state(): object {
    return {
      spaces: this.spaces.map((space) => space.state),
      overTime: this.overTime,
      errors: this.errors,
    };
  }

  #node(owner: OwnerState): number {
    const { processes, nodes } = this.#parts;
    return owner.process === 0 ? -1 : nodes.nameId(processes.get(owner.process).node);
  }

  #app(owner: OwnerState): number {
    return owner.process === 0 ? -1 : this.#parts.processes.get(owner.process).app;
  }

  get held(): readonly unknown[] {
    return [this.#spaces, this.#series, this.errors];
  }

  keep(): () => void {
    const bytes = this.#bytes;
    return () => {
      this.#bytes = bytes;
    };
  }
}

function reported(block: Readonly<Block>, ownerName: string): ReportedBlock {
  const { owner: _owner, pool: _pool, purpose: _purpose, ...rest } = block;
  return { ...rest, ownerName };
}
