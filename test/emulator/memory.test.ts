import { describe, expect, it } from 'vitest';
import { LimitReached, type MemorySpace } from '../../emulator/index.js';
import { bed, eventsOf, linesOf } from './bed.js';

/** A space of an EEE's kind: an application and RMC in one memory. */
function oneSpace(size = 4096, quota = 2048) {
  const { world } = bed(['a']);
  const space = world.memory.create('a', size);
  const process = world.processes.start(1, 'client', world.strings.intern('client'));
  const app = space.owner('client', 'app', process, quota);
  const rmc = space.owner('a.rmc', 'rmc', world.processes.start(1, 'a.rmc'), size);
  return { world, space, app, rmc };
}

describe('allocation', () => {
  it('D28 every allocation has an address, a size, an owner, its allocator and the event that made it', () => {
    const { world, space, app } = oneSpace();
    const purpose = world.strings.intern('session');
    const address = space.alloc(128, app, 'heap', purpose);
    expect(address).toBe(0x1000);
    expect(linesOf(world, 'alloc')).toEqual([
      '0 node=a app=client address=4096 size=128 owner=app allocator=heap purpose=session',
    ]);
    expect(space.blockStarting(address)).toEqual({
      address,
      size: 128,
      owner: app,
      allocator: 'heap',
      pool: 0,
      purpose,
      madeBy: 3,
      freedBy: 0,
      over: 0,
      before: null,
      holds: 0,
      live: true,
    });
    expect([space.liveBlocks(app), space.liveBytes(app)]).toEqual([1, 128]);
  });

  it('D28 a free has its event too', () => {
    const { world, space, app } = oneSpace();
    const address = space.alloc(128, app);
    expect(space.free(address, app)).toBeUndefined();
    expect(linesOf(world, 'free')).toEqual(['0 node=a app=client address=4096 owner=app']);
    expect(space.blockStarting(address)).toMatchObject({ live: false, freedBy: 4, madeBy: 3 });
    expect([space.liveBlocks(app), space.liveBytes(app)]).toEqual([0, 0]);
  });

  it('blocks are 8-aligned and lie one after another; what was freed is used again as late as possible', () => {
    const { space, app } = oneSpace(1024, 1024);
    const first = space.alloc(100, app);
    const second = space.alloc(1, app);
    expect([first, second, space.alloc(0, app)]).toEqual([0x1000, 0x1000 + 104, 0x1000 + 112]);
    space.free(first, app);
    const taken: number[] = [];
    for (let n = 0; n < 7; n += 1) taken.push(space.alloc(128, app));
    expect(taken.slice(0, 6)).not.toContain(0x1000);
    expect(taken[6]).toBe(0x1000 + 120 + 6 * 128);
    expect(space.alloc(104, app)).toBe(0x1000);
    expect(space.alloc(104, app)).toBe(0);
  });

  it('a quota bounds an owner, not its neighbour', () => {
    const { space, app, rmc } = oneSpace(4096, 256);
    expect([space.alloc(128, app), space.alloc(128, app)]).toEqual([0x1000, 0x1080]);
    expect(space.alloc(1, app)).toBe(0);
    expect(space.alloc(1, rmc)).toBe(0x1100);
    space.free(0x1000, app);
    expect(space.alloc(8, app)).toBeGreaterThan(0);
  });

  it('pools stand at fixed addresses: the lowest free block is taken', () => {
    const { world, space, app } = oneSpace();
    const pool = space.reservePool(app, 3, 128);
    const after = space.alloc(8, app);
    expect(after).toBe(0x1000 + 3 * 128);
    const all = [1, 2, 3, 4].map(() => space.allocFromPool(pool));
    expect(all).toEqual([0x1000, 0x1080, 0x1100, 0]);
    space.free(0x1080, app);
    space.free(0x1000, app);
    expect([space.allocFromPool(pool), space.allocFromPool(pool)]).toEqual([0x1000, 0x1080]);
    expect(linesOf(world, 'alloc')[1]).toContain('allocator=pool');
    expect(space.liveBlocks(app)).toBe(4);
    expect(space.reservePool(app, 100, 128)).toBe(0);
    expect(space.reservePool(app, 0, 128)).toBe(0);
  });

  it('a pool counts as a whole against the quota', () => {
    const { space, app } = oneSpace(4096, 512);
    expect(space.reservePool(app, 3, 128)).toBe(1);
    expect(space.ownerState(app).usedBytes).toBe(384);
    expect(space.alloc(136, app)).toBe(0);
    expect(space.alloc(128, app)).toBeGreaterThan(0);
  });

  it('D19 when an owner is gone, all that it had is given back, silently', () => {
    const { world, space, app, rmc } = oneSpace(1024, 1024);
    const pool = space.reservePool(app, 2, 128);
    space.allocFromPool(pool);
    const block = space.alloc(128, app);
    space.hold(block);
    const freed = space.alloc(128, app);
    space.free(freed, app);
    const others = space.alloc(128, rmc);
    const events = world.log.count;
    space.dropOwner(app, 'crash');
    expect(world.log.count).toBe(events);
    expect(space.ownerState(app)).toMatchObject({ usedBytes: 0, liveBlocks: 0, liveBytes: 0, gone: 'crash' });
    expect(space.blocks.map(({ address }) => address)).toEqual([others]);
    expect([space.alloc(8, app), space.allocFromPool(pool), space.reservePool(app, 1, 8)]).toEqual([0, 0, 0]);
    expect(space.alloc(512, rmc)).toBeGreaterThan(0);
  });

  it('a space is where it says, and can be emptied', () => {
    const { world, space, app } = oneSpace();
    expect(space.contains(0x1000, 4096)).toBe(true);
    expect([space.contains(0xfff, 8), space.contains(0x1000, 4097), space.contains(0x2000, 1)]).toEqual([
      false,
      false,
      false,
    ]);
    const address = space.alloc(128, app);
    space.bytes[address - space.base] = 9;
    space.reset();
    expect([space.bytes[0], space.blocks.length, space.alloc(8, app)]).toEqual([0, 0, 0]);
    expect(space.alloc(8, space.owner('new', 'app', 0, 64))).toBe(0x1000);
    expect(world.memory.spaces).toEqual([space]);
    world.memory.drop(space);
    expect(world.memory.spaces).toEqual([]);
    expect(() => world.memory.create('x', 64, 4)).toThrow('cannot begin at 4');
  });
});

describe('the memory checker', () => {
  const kinds = (world: ReturnType<typeof oneSpace>['world']): string[] =>
    world.memory.errors.map(({ kind, address }) => `${kind} ${address}`);

  it('D28 not a block’s start: invalid-free', () => {
    const { world, space, app } = oneSpace();
    const address = space.alloc(128, app);
    for (const wrong of [address + 8, address + 1, 0, -8, 0x9999999, address + 128]) {
      expect(space.free(wrong, app)).toBe('invalid-free');
    }
    expect(kinds(world)[0]).toBe(`invalid-free ${address + 8}`);
    expect(space.liveBlocks(app)).toBe(1);
  });

  it('D28 already freed: double-free, also by another', () => {
    const { space, app, rmc } = oneSpace();
    const address = space.alloc(128, app);
    space.free(address, app);
    expect([space.free(address, app), space.free(address, rmc)]).toEqual(['double-free', 'double-free']);
  });

  it('D28 not the caller’s: invalid-free, even if it is referenced', () => {
    const { space, app, rmc } = oneSpace();
    const address = space.alloc(128, rmc);
    space.hold(address);
    expect(space.free(address, app)).toBe('invalid-free');
  });

  it('D3 still referenced: free-in-use, until the last reference is let go', () => {
    const { space, app } = oneSpace();
    const address = space.alloc(128, app);
    expect([space.hold(address), space.hold(address), space.letGo(address)]).toEqual([true, true, true]);
    expect(space.free(address, app)).toBe('free-in-use');
    expect([space.letGo(address), space.letGo(address)]).toEqual([true, false]);
    expect(space.free(address, app)).toBeUndefined();
    expect([space.hold(address), space.hold(0x1010), space.letGo(0x1010)]).toEqual([false, false, false]);
  });

  it('D28 the errors are looked for in the order of the rule', () => {
    const { world, space, app, rmc } = oneSpace();
    const own = space.alloc(128, app);
    const held = space.alloc(128, rmc);
    space.hold(own);
    space.hold(held);
    const seen = [space.free(own + 8, app), space.free(held, app), space.free(own, app)];
    space.letGo(own);
    space.free(own, app);
    space.hold(own);
    seen.push(space.free(own, rmc));
    expect(seen).toEqual(['invalid-free', 'invalid-free', 'free-in-use', 'double-free']);
    expect(world.memory.errors.every(({ named }) => !named)).toBe(true);
  });

  it('D29 report: a wrong free is recorded, with history, and not carried out', () => {
    const { world, space, app, rmc } = oneSpace();
    const address = space.alloc(128, rmc);
    world.log.cause = world.command('free x');
    space.free(address, app);
    space.free(space.alloc(8, app), app);
    space.free(address + 128, app);
    expect(space.blockStarting(address)!.live).toBe(true);
    expect(space.policy).toBe('report');
    expect(linesOf(world, 'memory_error')).toEqual([
      '0 node=a app=client address=4096 owner=rmc kind=invalid-free made=3',
      '0 node=a app=client address=4224 owner=app kind=double-free made=6 freed=7',
    ]);
    expect(eventsOf(world)[4]!.cause).toBe(4);
    expect(world.memory.errors[0]).toMatchObject({ event: 5, kind: 'invalid-free', space: 'a', owner: app });
  });

  it('D29 trap is for the node to carry out', () => {
    const { world } = oneSpace();
    const space = world.memory.create('t', 64, 0x1000, 'trap');
    const owner = space.owner('x', 'app', 0, 64);
    expect(space.policy).toBe('trap');
    expect(space.free(0x1000, owner)).toBe('invalid-free');
  });

  it('D28 the kinds that others find are recorded in the same way', () => {
    const { world, space, app } = oneSpace();
    const address = space.alloc(128, app);
    const session = world.strings.intern('client.1');
    const event = world.memory.report('corrupted', space, address + 4, app, session);
    expect(world.log.read(event).fields.get('session')).toBe('client.1');
    expect(kinds(world)).toEqual([`corrupted ${address + 4}`]);
    expect(world.memory.errors[0]!.fields).toEqual(world.log.read(event).fields);
  });

  it('§1 too many errors show themselves', () => {
    const { world } = bed(['a'], { limits: { memoryErrors: 1 } });
    const space = world.memory.create('a', 64);
    const owner = space.owner('x', 'app', 0, 64);
    space.free(0x1000, owner);
    expect(() => space.free(0x1000, owner)).toThrow(LimitReached);
  });
});

describe('the record of blocks', () => {
  const found = (space: MemorySpace, address: number): number | undefined => space.blockAt(address)?.address;

  it('D28 finds the block that an address lies in, live or freed, until its memory is used again', () => {
    const { space, app } = oneSpace(512, 512);
    const first = space.alloc(100, app);
    const second = space.alloc(24, app);
    expect([first, first + 103, second, second + 23, second + 24, 0].map((at) => found(space, at))).toEqual([
      first,
      first,
      second,
      second,
      undefined,
      undefined,
    ]);
    space.free(first, app);
    expect(found(space, first + 50)).toBe(first);
    space.alloc(512 - 128, app);
    const again = space.alloc(40, app);
    expect([again, found(space, first + 39), found(space, first + 50)]).toEqual([first, first, undefined]);
    expect(space.free(again, app)).toBeUndefined();
  });
});
