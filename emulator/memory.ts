import type { Block } from './blocks.js';
import type { Injections } from './injections.js';
import { checkLimit } from './limits.js';
import type { EventLog } from './log.js';
import { type MemoryPolicy, MemorySpace, memoryPolicy } from './memorySpace.js';
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
  /** The fields of its event, as in `LoggedEvent`: for checks in every log mode. */
  readonly fields: ReadonlyMap<string, string | number>;
  named: boolean;
}

/** How a space tells its world what happened. */
export interface SpaceReports {
  allocationFails(process: number, ownerName: string): boolean;
  allocated(address: number, size: number, owner: OwnerState, allocator: Allocator, purpose: number): number;
  freed(block: Block, caller: OwnerState): number;
  report(kind: MemoryErrorKind, space: MemorySpace, address: number, owner: number): number;
}

/** What memory needs of its world. */
export interface MemoryParts {
  readonly log: EventLog;
  readonly strings: StringTable;
  readonly nodes: NodeTable;
  readonly processes: Processes;
  readonly injections: Injections;
  readonly errorLimit: number;
  readonly events: { readonly alloc: number; readonly free: number; readonly error: number };
}

export const DEFAULT_BASE = 0x1000;

/** The address spaces of a world, and every memory error in them. */
export class MemorySpaces implements SpaceReports {
  readonly #parts: MemoryParts;
  readonly #spaces = new Set<MemorySpace>();
  /** In order of happening. */
  readonly errors: MemoryErrorRecord[] = [];

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  /** Makes a space of `sizeBytes` zero bytes from address `base` (a multiple of 8) on. */
  create(
    name: string,
    sizeBytes: number,
    base = DEFAULT_BASE,
    policy: MemoryPolicy | 'hardware' = 'report',
  ): MemorySpace {
    const space = new MemorySpace(name, sizeBytes, base, memoryPolicy(policy), this);
    this.#spaces.add(space);
    return space;
  }

  /** A space is gone with its process. */
  drop(space: MemorySpace): void {
    this.#spaces.delete(space);
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
    this.errors.push({ event, kind, address, space: space.name, owner, fields, named: false });
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
  freed(block: Block, caller: OwnerState): number {
    const { log, strings, events } = this.#parts;
    const owner = strings.intern(caller.kind);
    return log.emit(events.free, this.#node(caller), this.#app(caller), -1, -1, block.address, owner);
  }

  /** All spaces and errors as plain data. */
  get state(): object {
    return { spaces: this.spaces.map((space) => space.state), errors: this.errors };
  }

  #node(owner: OwnerState): number {
    const { processes, nodes } = this.#parts;
    return owner.process === 0 ? -1 : nodes.nameId(processes.get(owner.process).node);
  }

  #app(owner: OwnerState): number {
    return owner.process === 0 ? -1 : this.#parts.processes.get(owner.process).app;
  }
}
