import { type Copy, copyOf, restoreCopy, slotsOf } from './copies.js';
import { eachObject } from './fields.js';
import { type Holder, isHolder, isKeeper, OwnFields } from './held.js';

const KEEPER_BYTES = 256;
const REFERENCE_BYTES = 16;

/** All that was in the containers that a walk from the roots came to. */
export interface Checkpoint {
  readonly targets: readonly object[];
  readonly copies: readonly Copy[];
  /** How much was looked at: values in containers, and pages of bytes. */
  readonly slots: number;
}

/** A walk from the roots: what was copied, the holders that were asked, and what is still to be looked at. */
interface Walk {
  readonly copies: Map<object, Copy>;
  readonly holders: Set<Holder>;
  readonly open: unknown[];
}

/**
 * Takes checkpoints of a graph of plain containers, and goes back to them. A checkpoint is a full one; what did not
 * change since the one before is shared with it, so the bytes are those of the changes. Frozen containers never change
 * and are left out, with all that is in them; so are functions, and objects of classes that hold nothing.
 */
export class Checkpointer {
  readonly #roots: readonly unknown[];
  /** The copies of the last checkpoint that was taken, by what they are copies of. */
  #last = new Map<object, Copy>();
  #bytes = 0;

  constructor(roots: readonly unknown[]) {
    this.#roots = roots;
  }

  /** Bytes that all checkpoints take which were taken and not dropped (an estimate; typed arrays count exactly). */
  get bytes(): number {
    return this.#bytes;
  }

  take(): Checkpoint {
    const walk: Walk = { copies: new Map(), holders: new Set(), open: [...this.#roots].reverse() };
    while (walk.open.length > 0) {
      const value = walk.open.pop();
      if (typeof value === 'object' && value !== null) this.#visit(value, walk);
    }
    const { copies } = walk;
    this.#last = copies;
    let slots = 0;
    for (const copy of copies.values()) {
      if (copy.refs === 0) this.#bytes += copy.newBytes;
      copy.refs += 1;
      slots += slotsOf(copy);
    }
    // Of each container the checkpoint has two references.
    this.#bytes += copies.size * REFERENCE_BYTES;
    return { targets: [...copies.keys()], copies: [...copies.values()], slots };
  }

  restore(checkpoint: Checkpoint): void {
    const { targets, copies } = checkpoint;
    for (let at = 0; at < targets.length; at += 1) restoreCopy(targets[at]!, copies[at]!);
  }

  /** The checkpoint is not needed any more. */
  drop(checkpoint: Checkpoint): void {
    this.#bytes -= checkpoint.targets.length * REFERENCE_BYTES;
    for (const copy of checkpoint.copies) {
      copy.refs -= 1;
      if (copy.refs === 0) this.#bytes -= copy.newBytes;
    }
  }

  #visit(value: object, walk: Walk): void {
    if (walk.copies.has(value) || Object.isFrozen(value)) return;
    if (value instanceof OwnFields) return this.#copy(value.target, walk);
    if (isContainer(value)) return this.#copy(value, walk);
    if (isKeeper(value)) {
      const kept: Copy = { kind: 'keeper', restore: value.keep(), refs: 0, newBytes: KEEPER_BYTES };
      walk.copies.set(value, kept);
    }
    if (isHolder(value) && !walk.holders.has(value)) {
      walk.holders.add(value);
      for (const part of value.held) walk.open.push(part);
    }
  }

  #copy(target: object, { copies, open }: Walk): void {
    if (copies.has(target)) return;
    const copy = copyOf(target, this.#last.get(target));
    copies.set(target, copy);
    if (copy.kind === 'fields') eachObject(copy.fields, (value) => open.push(value));
    else if (copy.kind !== 'pages' && copy.kind !== 'keeper') for (const item of copy.items) push(open, item);
  }
}

function push(open: unknown[], value: unknown): void {
  if (typeof value === 'object' && value !== null) open.push(value);
}

function isContainer(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
    return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
