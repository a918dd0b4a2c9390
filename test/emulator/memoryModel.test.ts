import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bed } from './bed.js';

const SIZE = 1024;
const QUOTA = 800;
const rounded = (size: number): number => Math.max(8, Math.ceil(size / 8) * 8);

const command = fc.oneof(
  fc.record({ alloc: fc.integer({ min: 0, max: 300 }), owner: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ free: fc.nat(40), owner: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ hold: fc.nat(40) }),
  fc.record({ letGo: fc.nat(40) }),
);

interface ModelBlock {
  readonly address: number;
  readonly size: number;
  readonly owner: number;
  holds: number;
  live: boolean;
}

const used = (blocks: readonly ModelBlock[]): number =>
  blocks.reduce((sum, { size }) => sum + rounded(size), 0);

/** The space and, beside it, what it should hold. */
class Model {
  readonly space = bed(['a']).world.memory.create('a', SIZE);
  readonly owners = ['x', 'y'].map((name) => this.space.owner(name, 'app', 0, QUOTA));
  readonly #made: ModelBlock[] = [];

  live(owner?: number): ModelBlock[] {
    return this.#made.filter((block) => block.live && (owner === undefined || block.owner === owner));
  }

  alloc(size: number, owner: number): void {
    const address = this.space.alloc(size, owner);
    if (address === 0) return;
    const end = address + rounded(size);
    expect([address % 8, this.space.contains(address, rounded(size))]).toEqual([0, true]);
    for (const other of this.live()) {
      expect(end <= other.address || other.address + rounded(other.size) <= address).toBe(true);
    }
    this.#made.push({ address, size, owner, holds: 0, live: true });
    expect(used(this.live(owner))).toBeLessThanOrEqual(QUOTA);
  }

  free(n: number, caller: number): void {
    const block = this.#pick(n);
    if (block === undefined || this.space.blockStarting(block.address) === undefined) return;
    const expected = this.#judge(block, caller);
    expect(this.space.free(block.address, caller)).toBe(expected);
    if (expected === undefined) block.live = false;
  }

  hold(n: number): void {
    const block = this.#pick(n);
    if (!block?.live) return;
    expect(this.space.hold(block.address)).toBe(true);
    block.holds += 1;
  }

  letGo(n: number): void {
    const block = this.#pick(n);
    if (!block?.live) return;
    expect(this.space.letGo(block.address)).toBe(block.holds > 0);
    block.holds = Math.max(0, block.holds - 1);
  }

  /** The newest block at the address of the nth one: an older one there is off the record. */
  #pick(n: number): ModelBlock | undefined {
    const block = this.#made[n];
    return block && this.#made.filter(({ address }) => address === block.address).at(-1);
  }

  #judge(block: ModelBlock, caller: number): string | undefined {
    if (!block.live) return 'double-free';
    if (block.owner !== caller) return 'invalid-free';
    return block.holds > 0 ? 'free-in-use' : undefined;
  }
}

describe('memory against a model', () => {
  it('D28 blocks never overlap, quotas hold, and each free is judged as the rule says', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 150 }), (commands) => {
        const model = new Model();
        const { space, owners } = model;
        for (const one of commands) {
          if ('alloc' in one) model.alloc(one.alloc, owners[one.owner]!);
          else if ('free' in one) model.free(one.free, owners[one.owner]!);
          else if ('hold' in one) model.hold(one.hold);
          else model.letGo(one.letGo);
        }
        for (const owner of owners) {
          const live = model.live(owner);
          expect(space.liveBlocks(owner)).toBe(live.length);
          expect(space.liveBytes(owner)).toBe(live.reduce((sum, { size }) => sum + size, 0));
          expect(space.ownerState(owner).usedBytes).toBe(used(live));
        }
        const onRecord = space.blocks.filter((block) => block.live).map(({ address }) => address);
        const expected = model.live().map(({ address }) => address);
        expect(onRecord).toEqual(expected.sort((x, y) => x - y));
        // When everything is free again, it is one stretch again.
        for (const owner of owners) space.dropOwner(owner, 'end');
        expect(space.alloc(SIZE, space.owner('all', 'app', 0, SIZE))).toBe(0x1000);
      }),
      { numRuns: 200 },
    );
  });
});
