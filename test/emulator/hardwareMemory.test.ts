import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemorySpace } from '../../emulator/index.js';
import { bed, linesOf } from './bed.js';

const SIZE = 1024;

function hardware(size = SIZE) {
  const { world } = bed(['a']);
  const space = world.memory.create('a', size, 0x1000, 'hardware');
  const [one, two] = ['one', 'two'].map((name) => space.owner(name, 'app', 0, size));
  return { world, space, one: one!, two: two! };
}

describe('the policy hardware', () => {
  it('D29 memory is used again at once, the last freed first', () => {
    const { space, one } = hardware();
    const [a, b] = [space.alloc(128, one), space.alloc(128, one)];
    space.free(a, one);
    space.free(b, one);
    expect([space.alloc(128, one), space.alloc(128, one), space.alloc(64, one)]).toEqual([b, a, 0x1100]);
  });

  it('D29 a double free is recorded and carried out: the block is handed out twice', () => {
    const { world, space, one, two } = hardware();
    const address = space.alloc(128, one);
    space.free(address, one);
    expect(space.free(address, one)).toBe('double-free');
    expect(linesOf(world, 'free')).toHaveLength(2);
    expect([space.alloc(128, one), space.alloc(128, two)]).toEqual([address, address]);
    expect(space.blockStarting(address)).toMatchObject({ owner: two, over: 5, live: true });
    expect([space.liveBlocks(one), space.liveBlocks(two)]).toEqual([0, 1]);
    expect([space.ownerState(one).usedBytes, space.ownerState(two).usedBytes]).toEqual([0, 128]);
  });

  it('D29 a free of another’s block and of one in use are carried out', () => {
    const { space, one, two } = hardware();
    const [theirs, held] = [space.alloc(128, two), space.alloc(128, one)];
    space.hold(held);
    expect([space.free(theirs, one), space.free(held, one)]).toEqual(['invalid-free', 'free-in-use']);
    expect([space.liveBlocks(one), space.liveBlocks(two)]).toEqual([0, 0]);
    expect([space.alloc(128, one), space.alloc(128, one)]).toEqual([held, theirs]);
    expect(space.blockStarting(held)).toMatchObject({ holds: 0 });
  });

  it('D29 a free in the middle of a block hands out its rest; one outside of all blocks does nothing', () => {
    const { world, space, one } = hardware();
    const address = space.alloc(128, one);
    expect(space.free(address + 67, one)).toBe('invalid-free');
    expect(space.free(address + 512, one)).toBe('invalid-free');
    expect(linesOf(world, 'free')).toHaveLength(1);
    expect(space.alloc(64, one)).toBe(address + 64);
    expect(space.blockStarting(address)).toMatchObject({ live: true });
    expect([space.blockAt(address + 8)?.address, space.blockAt(address + 72)?.address]).toEqual([
      address,
      address + 64,
    ]);
  });

  it('D29 a pool knows its blocks by their places: freed twice is freed once', () => {
    const { space, one } = hardware();
    const pool = space.reservePool(one, 2, 128);
    const address = space.allocFromPool(pool);
    expect(space.free(address, one)).toBeUndefined();
    expect([space.free(address, one), space.free(address + 8, one)]).toEqual(['double-free', 'invalid-free']);
    const again = [space.allocFromPool(pool), space.allocFromPool(pool), space.allocFromPool(pool)];
    expect(again).toEqual([address, address + 128, 0]);
    expect(space.free(address, space.owner('three', 'app', 0, 8))).toBe('invalid-free');
    expect(space.allocFromPool(pool)).toBe(address);
  });

  it('D29 RMC’s own free of a block that was freed under it is carried out and not reported', () => {
    const { world, space, one, two } = hardware();
    const address = space.alloc(128, one);
    const { madeBy } = space.blockStarting(address)!;
    space.free(address, two);
    space.freeOwn(address, one, madeBy);
    expect(world.memory.errors.map(({ kind }) => kind)).toEqual(['invalid-free']);
    expect([space.alloc(128, two), space.alloc(128, two)]).toEqual([address, address]);
    space.freeOwn(address, one, madeBy);
    expect(space.liveBlocks(two)).toBe(0);
    const other = space.alloc(64, one);
    space.freeOwn(other, one, space.blockStarting(other)!.madeBy);
    expect(space.blockStarting(other)).toMatchObject({ live: false });
    expect(world.memory.errors).toHaveLength(1);
  });

  it('D29 a reference is to the block that it was taken to, not to what lies there later', () => {
    const { space, one } = hardware();
    const address = space.alloc(128, one);
    const { madeBy } = space.blockStarting(address)!;
    space.hold(address);
    space.free(address, one);
    expect(space.alloc(128, one)).toBe(address);
    space.hold(address);
    expect([space.letGo(address, madeBy), space.letGo(address)]).toEqual([false, true]);
  });

  it('D29 when no stretch is long enough, what was freed is joined, and what is in use by mistake is kept out', () => {
    const { space, one, two } = hardware(256);
    const blocks = [0, 1, 2, 3].map(() => space.alloc(64, one));
    for (const block of blocks) space.free(block, one);
    space.free(blocks[3]!, one);
    expect(space.alloc(64, one)).toBe(blocks[3]);
    expect(space.alloc(192, one)).toBe(blocks[0]);
    expect([space.alloc(64, two), space.alloc(64, two)]).toEqual([blocks[3], 0]);
  });

  it('D29 the memory of an owner that is gone, and after a loss of power, is whole again', () => {
    const { space, one } = hardware(256);
    const pool = space.reservePool(one, 1, 64);
    const block = space.allocFromPool(pool);
    space.free(block + 8, one);
    for (const size of [64, 128]) space.alloc(size, one);
    space.dropOwner(one, 'exit');
    expect(space.alloc(256, space.owner('all', 'app', 0, 256))).toBe(0x1000);
    space.reset();
    expect(space.alloc(256, space.owner('next', 'app', 0, 256))).toBe(0x1000);
  });
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ alloc: fc.integer({ min: 0, max: 300 }), owner: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ free: fc.integer({ min: -16, max: SIZE + 16 }), owner: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ freeBlock: fc.nat(60), owner: fc.nat(1) }) },
  fc.record({ own: fc.nat(60), owner: fc.nat(1) }),
  fc.record({ pool: fc.integer({ min: 1, max: 4 }), owner: fc.nat(1) }),
  fc.record({ fromPool: fc.nat(3) }),
  fc.record({ hold: fc.nat(60) }),
  fc.record({ drop: fc.nat(1) }),
  fc.record({ reset: fc.nat(20) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Live blocks and bytes of an owner, counted again from the record. */
function counted(space: MemorySpace, owner: number): readonly number[] {
  const live = space.blocks.filter((block) => block.live && block.owner === owner);
  return [live.length, live.reduce((sum, { size }) => sum + size, 0)];
}

/** A space under fire, and what always has to hold of it. */
class Rig {
  readonly world = bed(['a']).world;
  readonly space = this.world.memory.create('a', SIZE, 0x1000, 'hardware');
  readonly #owners = [this.#owner(), this.#owner()];
  readonly #addresses: number[] = [];
  readonly #pools: number[] = [];

  #owner(): number {
    return this.space.owner(`owner ${this.space.ownerCount}`, 'app', 0, SIZE);
  }

  do(one: Step): void {
    const { space } = this;
    const owner = this.#owners['owner' in one ? one.owner : 0]!;
    if ('alloc' in one) this.#took(space.alloc(one.alloc, owner), one.alloc);
    else if ('free' in one) space.free(0x1000 + one.free, owner);
    else if ('freeBlock' in one) space.free(this.#addresses[one.freeBlock] ?? 0, owner);
    else if ('own' in one) space.freeOwn(this.#addresses[one.own] ?? 0, owner, 1);
    else if ('pool' in one) this.#pools.push(space.reservePool(owner, one.pool, 64));
    else if ('fromPool' in one) this.#takeFromPool(this.#pools[one.fromPool] ?? 0);
    else if ('hold' in one) space.hold(this.#addresses[one.hold] ?? 0);
    else if ('drop' in one) this.#drop(one.drop);
    else if (one.reset === 0) this.#reset();
  }

  #takeFromPool(pool: number): void {
    if (pool > 0) this.#took(this.space.allocFromPool(pool), 64);
  }

  #took(address: number, size: number): void {
    if (address === 0) return;
    expect([address % 8, this.space.contains(address, size)]).toEqual([0, true]);
    this.#addresses.push(address);
  }

  #drop(which: number): void {
    this.space.dropOwner(this.#owners[which]!, 'exit');
    this.#owners[which] = this.#owner();
  }

  #reset(): void {
    this.space.reset();
    this.#owners.forEach((_, which) => {
      this.#owners[which] = this.#owner();
    });
  }

  holds(): void {
    const { space, world } = this;
    for (let owner = 1; owner <= space.ownerCount; owner += 1) {
      const { liveBlocks, liveBytes, usedBytes, quotaBytes } = space.ownerState(owner);
      expect([liveBlocks, liveBytes]).toEqual(counted(space, owner));
      expect(usedBytes).toBeGreaterThanOrEqual(0);
      expect(usedBytes).toBeLessThanOrEqual(quotaBytes);
      const series = world.memory.overTime[owner - 1]!;
      expect([series.liveBlocks, series.liveBytes]).toEqual([liveBlocks, liveBytes]);
      expect([series.blocks.at(-1), series.bytes.at(-1)]).toEqual([liveBlocks, liveBytes]);
    }
    for (const { address, size } of space.blocks) expect(space.contains(address, size)).toBe(true);
  }
}

describe('the policy hardware, whatever is freed', () => {
  it('D29 no damage reaches the emulator: addresses are sound, counts and series equal a recount', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const rig = new Rig();
        for (const one of steps) rig.do(one);
        rig.holds();
        expect(rig.world.stateDigest()).toHaveLength(16);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });
});
