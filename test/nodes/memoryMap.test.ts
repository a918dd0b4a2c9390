import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../index.js';
import { blockDetail, memoryMap, nodeKinds, type SpaceView } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

const spaceOf = (spaces: readonly SpaceView[], name: string): SpaceView =>
  spaces.find((space) => space.name === name)!;

describe('the map of the address spaces', () => {
  it('S5 S7 S13 D19 has a space for each SSC process and one for an EEE, and a letter for each block', () => {
    const emulator = lab(`
      node hall eee
      node left ssc
      node right ssc
      app server --on hall
      app standby --on right
      app client --on left
      app other --on left
      rmc_listen server 9 --as server
      rmc_listen standby 9 --new_session heap --close_session free-if-true --as standby
      rmc_open client hall:9 --as c
      rmc_open client right:9 --as d
      run 10ms
    `);
    const spaces = memoryMap(emulator.world);
    expect(spaces.map(({ node, name, isThere }) => `${node} ${name} ${isThere}`)).toEqual([
      'hall hall true',
      'left client true',
      'left other true',
      'right standby true',
    ]);
    const rows = spaces.flatMap(({ name, blocks }) =>
      blocks.map((one) => `${name} ${one.letter} ${one.kind} ${one.sessions} ${one.size}: ${one.whoFrees}`),
    );
    expect(rows).toEqual([
      'hall A app server 128: app server: after rmc_shutdown',
      'hall R rmc server/1 128: RMC; the app never',
      'client A app c 128: app client: after rmc_close',
      'client A app d 128: app client: after rmc_close',
      'standby A app standby 128: app standby: after rmc_shutdown',
      'standby N app standby/1 128: app standby: when FREE is TRUE',
    ]);
    expect(spaceOf(spaces, 'other').blocks).toEqual([]);
    expect(
      spaceOf(spaces, 'hall').owners.map(({ name, kind, liveBytes }) => [name, kind, liveBytes]),
    ).toEqual([
      ['hall.rmc', 'rmc', 128],
      ['server', 'app', 128],
    ]);
  });

  it('D20 the memory of a process that has ended, and of a node that is off, is not there', () => {
    const emulator = pair('eee');
    emulator.command('kill client\npower off far');
    const gone = memoryMap(emulator.world);
    for (const space of gone) {
      expect(space).toMatchObject({ isThere: false, base: 0, owners: [], blocks: [], pools: [] });
    }
    expect(spaceOf(gone, 'client').overTime.map(({ owner }) => owner)).toEqual(['client', 'client RMC']);
    emulator.command('launch client\npower on far\nrun 1s');
    expect(memoryMap(emulator.world).map(({ isThere }) => isThere)).toEqual([true, true]);
  });

  it.each(kinds)(
    'D28 on an %s the latest 64 freed blocks stay on it, with who made and freed them',
    (kind) => {
      const emulator = pair(kind, { open: '' });
      const of = kind === 'ssc' ? 'server' : 'far';
      emulator.command('rmc_close c --then-free\nrun 1ms');
      const one = spaceOf(memoryMap(emulator.world), of);
      expect(one.blocks.map(({ letter, live }) => `${letter} ${live}`)).toEqual(['A true', 'R false']);
      const [listen, accept] = one.blocks;
      expect(listen).toMatchObject({ freedBy: { event: 0, timeUs: -1 }, purpose: 'server' });
      expect(accept).toMatchObject({ whoFrees: 'freed', sessions: ['s/1'], purpose: 's' });
      expect(emulator.world.log.read(accept!.madeBy.event)).toMatchObject({
        event: 'alloc',
        timeUs: accept!.madeBy.timeUs,
      });
      expect(emulator.world.log.read(accept!.freedBy.event).event).toBe('free');
      emulator.command(
        'repeat 80\nrmc_open client far:9 --as c\nrun 1ms\nrmc_close c --then-free\nrun 1ms\nend',
      );
      const many = spaceOf(memoryMap(emulator.world), of);
      expect(many.blocks.map(({ live }) => live)).toEqual([true, ...new Array<boolean>(64).fill(false)]);
      expect(many.freedLeftOut).toBe(81 - 64);
      const freedAt = many.blocks.slice(1).map(({ freedBy }) => freedBy.event);
      expect(Math.min(...freedAt)).toBeGreaterThan(accept!.freedBy.event);
    },
  );

  it('D29 errors are counted, and marked only in the memory that saw them', () => {
    const emulator = pair('ssc');
    emulator.command('poke client 0x4000 00\nrun 1ms');
    const { errors, lastErrors } = spaceOf(memoryMap(emulator.world), 'client');
    expect(errors).toBe(1);
    expect(lastErrors).toMatchObject([{ kind: 'out-of-bounds', address: 0x4000 }]);
    emulator.command('kill client\nrun 1ms\nlaunch client\nrun 1ms');
    expect(spaceOf(memoryMap(emulator.world), 'client')).toMatchObject({ errors: 1, lastErrors: [] });
  });

  it('D28 a pool is on it with its places', () => {
    const emulator = lab('node near ssc\napp server --on near');
    emulator.command('rmc_listen server 9 --new_session pool:4 --close_session free-if-true --as s\nrun 1ms');
    const { pools } = spaceOf(memoryMap(emulator.world), 'server');
    expect(pools).toEqual([{ address: expect.any(Number), stride: 128, count: 4, owner: 'server' }]);
  });
});

describe('one block', () => {
  it.each(kinds)('D27 on an %s has the fields of its session, its bytes and its history', (kind) => {
    const emulator = pair(kind);
    const of = kind === 'ssc' ? 'server' : 'far';
    const { blocks } = spaceOf(memoryMap(emulator.world), of);
    const block = blocks.find(({ letter }) => letter === 'R')!;
    const detail = blockDetail(emulator.world, of, block.address + 5)!;
    expect(detail).toMatchObject({ ...block, space: of, node: 'far', from: block.address });
    expect(detail.bytes).toHaveLength(128);
    expect(String.fromCharCode(...detail.bytes.slice(0, 4))).toBe('RMCS');
    const words = new Map(detail.fields.map((field) => [field.name, field.meaning]));
    expect(words.get('type')).toBe('ACCEPT');
    expect(words.get('state')).toBe('ESTABLISHED');
    expect(words.get('peer_node')).toBe('near');
    expect(words.get('flags')).toBe('R1.1');
    expect(detail.fields.find(({ name }) => name === 'magic')).toMatchObject({
      offset: 0,
      size: 4,
      value: 0x53434d52,
    });
    expect(detail.history.join('\n')).toMatch(/^made: event \d+ at .*\nsession: s\/1, ACCEPT ESTABLISHED$/m);
  });

  it('D3 D28 a freed one tells who freed it, what went wrong with it, and what was there before', () => {
    const emulator = pair('ssc');
    const { address } = spaceOf(memoryMap(emulator.world), 'client').blocks[0]!;
    expect(blockDetail(emulator.world, 'client', address)!.history).toContain(
      'held: references of RMC to it: 1 (D3)',
    );
    emulator.command('rmc_close c\nrun 1ms\nfree c\nfree c');
    const freed = blockDetail(emulator.world, 'client', address)!;
    expect(freed).toMatchObject({ live: false, whoFrees: 'freed', sessions: ['c'] });
    expect(freed.history.join('\n')).toMatch(
      /error: double-free by client, event .*\nfreed: event \d+ at .* free c/,
    );
  });

  it('D29 on hardware one tells what it was handed out on top of', () => {
    const emulator = lab('node far ssc\nnode near ssc --policy hardware\napp client --on near');
    emulator.command('rmc_open client far:9 --as c\nrun 1ms\nrmc_close c\nrun 1ms\nfree c\nfree c');
    emulator.command('rmc_listen client 1 --as d\nrmc_listen client 2 --as e');
    const { blocks } = spaceOf(memoryMap(emulator.world), 'client');
    const { history, sessions } = blockDetail(emulator.world, 'client', blocks[0]!.address)!;
    expect(sessions).toEqual(['e']);
    expect(history[0]).toMatch(/^before: another block began here, made at event \d+$/);
    expect(history[2]).toMatch(/^over: on top of a block in use: event \d+ at/);
  });

  it('D6 a session inside of a larger block has its fields at its own place', () => {
    const emulator = createEmulator();
    const near = emulator.addNode('near', nodeKinds[0]!);
    let block = 0;
    near.addApp('client', {
      onStart(api) {
        block = api.alloc(512);
        api.rmcOpen({ address: block + 128, node: 'near', port: 9, name: 'inner' });
        api.alloc(1024);
      },
    });
    const inner = blockDetail(emulator.world, 'client', block + 130)!;
    expect(inner).toMatchObject({ address: block, size: 512, from: block + 128 });
    expect(inner.bytes).toHaveLength(128);
    expect(inner.fields.find(({ name }) => name === 'type')?.meaning).toBe('OPEN');
    const { blocks } = spaceOf(memoryMap(emulator.world), 'client');
    expect(blocks.map(({ sessions, whoFrees }) => `${sessions}: ${whoFrees}`)).toEqual([
      'inner: app client: after rmc_close',
      ': app client',
    ]);
    const plain = blockDetail(emulator.world, 'client', blocks[1]!.address + 1000)!;
    expect(plain).toMatchObject({ from: blocks[1]!.address, size: 1024, fields: [] });
    expect(plain.bytes).toHaveLength(256);
    expect(blockDetail(emulator.world, 'client', block)!.from).toBe(block + 128);
  });

  it('D8 sessions that followed each other in it are named', () => {
    const emulator = pair('ssc');
    emulator.command('kill client\nlaunch client\nrmc_open client far:9 --as d\nrun 1ms');
    const { blocks } = spaceOf(memoryMap(emulator.world), 'server');
    expect(blocks.map(({ letter, sessions }) => `${letter} ${sessions}`)).toEqual(['A s', 'R s/2']);
    const { history } = blockDetail(emulator.world, 'server', blocks[1]!.address)!;
    expect(history.slice(1)).toEqual(['session: s/1, ACCEPT CLOSED', 'session: s/2, ACCEPT ESTABLISHED']);
  });

  it('is undefined where there is none, or no such memory', () => {
    const { world } = pair('ssc');
    expect(blockDetail(world, 'client', 0x9000)).toBeUndefined();
    expect(blockDetail(world, 'near', 0x1000)).toBeUndefined();
    expect(blockDetail(world, 'nobody', 0x1000)).toBeUndefined();
  });
});
