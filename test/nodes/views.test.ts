import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Emulator } from '../../index.js';
import { blockDetail, memoryMap, nodeKinds, type SpaceView } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

const spaceOf = ({ world }: Emulator, name: string): SpaceView =>
  memoryMap(world).find((space) => space.name === name)!;

/** A process in which two sessions lie in one block, with room before the first. */
function two(): { readonly emulator: Emulator; readonly block: number } {
  const emulator = createEmulator();
  let block = 0;
  emulator.addNode('near', nodeKinds[0]!).addApp('client', {
    onStart(api) {
      block = api.alloc(512);
      for (const [at, name] of [
        [128, 'one'],
        [256, 'two'],
      ] as const)
        api.rmcOpen({ address: block + at, node: 'near', port: 9, name });
      api.alloc(BLOCK_BYTES);
    },
  });
  return { emulator, block };
}

describe('processes as they are drawn', () => {
  it('D19 D21 with what waits for them and what memory they have', () => {
    const emulator = lab(`
      node far eee
      node near ssc
      app server --on far
      app client --on near
      app standby --on near
      app idle --on near
      rmc_listen server 9 --as s
      rmc_listen standby 9
      rmc_open client far:9 --as c
      rmc_open client near:9
      run 10ms
      hang server
      rmc_send c --count 50
      run 1ms
      kill idle`);
    const [far, near] = emulator.view().nodes;
    const app = {
      lines: ['app client', 'RMC: library inside'],
      role: 'app+rmc',
      state: 'running',
      incarnation: 1,
    };
    const none = { used: 0, limit: 64 };
    expect(far!.boxes).toEqual([
      {
        title: 'process server',
        state: 'hung',
        lines: ['app server', 'may not place'],
        role: 'app',
        incarnation: 0,
        mailbox: { used: 50, limit: 64 },
        liveBlocks: 1,
        liveBytes: 128,
      },
      {
        title: 'process RMC',
        state: 'running',
        lines: ['owns all', 'ACCEPT blocks'],
        role: 'rmc',
        incarnation: 1,
        mailbox: none,
        liveBlocks: 1,
        liveBytes: 128,
      },
    ]);
    expect(near!.boxes).toEqual([
      { ...app, title: 'process client', mailbox: none, liveBlocks: 2, liveBytes: 256 },
      {
        ...app,
        title: 'process standby',
        lines: ['app standby', 'RMC: library inside'],
        mailbox: none,
        liveBlocks: 2,
        liveBytes: 256,
      },
      {
        ...app,
        title: 'process idle',
        state: 'exited',
        lines: ['app idle', 'RMC: library inside'],
        mailbox: none,
        liveBlocks: 0,
        liveBytes: 0,
      },
    ]);
  });

  it.each(kinds)('D20 D28 a process that is gone has no memory any more, on an %s', (kind) => {
    const emulator = pair(kind);
    emulator.command('hang server\nrmc_send c --count 5\nrun 1ms\nkill server');
    expect(emulator.view().nodes[0]!.boxes[0]).toMatchObject({
      state: 'exited',
      mailbox: { used: 0 },
      liveBlocks: 0,
      liveBytes: 0,
    });
  });
});

describe('the view of a world', () => {
  it('D26 tells what of a session waits and what is in flight', () => {
    const emulator = pair('ssc');
    emulator.command('cut near far\nrmc_send c --count 40');
    const view = emulator.sessions().find(({ name }) => name === 'c');
    expect(view).toMatchObject({ queued: 8, inFlight: 32 });
    expect(emulator.sessions().find(({ name }) => name === 's/1')).toMatchObject({ queued: 0, inFlight: 0 });
    emulator.command('kill client');
    const gone = emulator.sessions().find(({ name }) => name === 'c');
    expect(gone).toMatchObject({ queued: 0, inFlight: 0, block: 'gone with its process' });
  });

  it('§3 shows the injections that go on, and how often they took effect', () => {
    const emulator = pair('ssc');
    emulator.command(
      'inject loss --frame DATA --count 1 --as once\ninject delay --delay 1ms --frame DATA --as late',
    );
    emulator.command('rmc_send c --count 3\nrun 10ms');
    expect(emulator.view().bus.injections).toEqual([
      { name: 'late', kind: 'delay', taken: expect.any(Number) },
    ]);
    expect(emulator.view().bus.injections[0]!.taken).toBeGreaterThan(1);
  });

  it('D15 shows a frame of no session without one', () => {
    const emulator = pair('ssc');
    emulator.command('link latency 1ms\nrun 100ms');
    const { flying } = emulator.view().bus;
    expect(flying.map(({ type, session }) => `${type} ${session}`)).toContain('HEARTBEAT ');
  });

  it('§3 shows the 200 sessions that ended last, and all that live', () => {
    const emulator = lab('node s ssc\napp a --on s\nrmc_listen a 2 --as stays');
    emulator.command('repeat 203\nrmc_listen a 1 --as x\nrmc_shutdown x --then-free\nend');
    emulator.command('rmc_listen a 3 --as late');
    const shown = emulator.sessions();
    expect(shown).toHaveLength(202);
    expect(shown.filter(({ over }) => !over).map(({ name }) => name)).toEqual(['stays', 'late']);
    // `stays` and the three that ended first lie before the first of those that are shown.
    expect(shown[1]!.address).toBe(0x1000 + 4 * BLOCK_BYTES);
  });
});

describe('the map of memory', () => {
  it('D28 names every session in a block, in order, and gives a block without one to the application', () => {
    const { emulator } = two();
    const { blocks } = spaceOf(emulator, 'client');
    expect(blocks.map(({ sessions, letter, size }) => `${sessions.join(' ')} ${letter} ${size}`)).toEqual([
      'one two A 512',
      ' A 128',
    ]);
    expect(blocks[1]!.purpose).toBe(emulator.events('alloc')[1]!.fields.get('purpose') ?? '');
  });

  it('D8 names the last session of a block in which none lives', () => {
    const emulator = pair('ssc');
    emulator.command(
      'kill client\nlaunch client\nrmc_open client far:9 --as d\nrun 1ms\nrmc_close d\nrun 1ms',
    );
    expect(spaceOf(emulator, 'server').blocks.map(({ sessions }) => sessions.join(' '))).toEqual([
      's',
      's/2',
    ]);
  });

  it('D29 counts the errors of each memory for itself, and shows the latest 64', () => {
    const emulator = pair('ssc');
    emulator.command(`repeat 70\npoke client 0x4000 00\nend\npoke server 0x5000 00`);
    const [server, client] = [spaceOf(emulator, 'server'), spaceOf(emulator, 'client')];
    expect([server.errors, client.errors]).toEqual([1, 70]);
    expect(server.lastErrors.map(({ address }) => address)).toEqual([0x5000]);
    const events = emulator.events('memory_error').map(({ number }) => number);
    expect(client.lastErrors.map(({ event }) => event)).toEqual(events.slice(6, 70));
  });

  it('D29 shows an error of the very instant in which a process starts', () => {
    const emulator = pair('ssc');
    emulator.command('kill client\nlaunch client\npoke client 0x4000 00');
    expect(spaceOf(emulator, 'client').lastErrors).toHaveLength(1);
    emulator.command('kill client');
    expect(spaceOf(emulator, 'client')).toMatchObject({ errors: 1, lastErrors: [], freedLeftOut: 0 });
  });

  it('D28 leaves out owners that are gone', () => {
    const emulator = pair('eee');
    emulator.command('app other --on far\nkill server\nrun 1ms');
    expect(spaceOf(emulator, 'far').owners.map(({ name }) => name)).toEqual(['far.rmc', 'other']);
  });

  it('§1 shows an application that a limit kept from starting as not there', () => {
    const emulator = lab('node s ssc --memory 64MiB');
    for (let n = 1; n <= 16; n += 1) emulator.command(`app a${n} --on s`);
    expect(() => emulator.command('app a17 --on s')).toThrow('limit reached');
    expect(memoryMap(emulator.world).map(({ isThere }) => isThere)).toEqual([
      ...new Array<boolean>(16).fill(true),
      false,
    ]);
  });

  it('§2 does not say when something was that the log no longer has', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command('node s ssc\napp a --on s\nrmc_listen a 9 --as l');
    const { madeBy } = spaceOf(emulator, 'a').blocks[0]!;
    expect(madeBy.timeUs).toBe(0);
    emulator.command('repeat 6000\nhang a\nunhang a\nend');
    expect(spaceOf(emulator, 'a').blocks[0]!.madeBy).toEqual({ ...madeBy, timeUs: -1 });
  });
});

describe('one block in detail', () => {
  it('D27 begins with the session that the address lies in, else with the first', () => {
    const { emulator, block } = two();
    const from = (offset: number) => blockDetail(emulator.world, 'client', block + offset)!.from - block;
    expect([0, 127, 128, 255, 256, 383, 384, 511].map(from)).toEqual([
      128, 128, 128, 128, 256, 256, 128, 128,
    ]);
  });

  it('D27 says in words what has words', () => {
    const emulator = lab(`
      node far ssc
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9 --new_session heap --close_session never-free --as s
      rmc_open client far:9 --delivery ordered --abort_session notify --as c
      run 10ms
      rmc_close c
      run 10ms`);
    const words = (of: string, address: number) =>
      blockDetail(emulator.world, of, address)!
        .fields.filter(({ meaning }) => meaning !== '')
        .map(({ name, meaning }) => `${name}: ${meaning}`);
    expect(words('client', 0x1000)).toEqual([
      'type: OPEN',
      'state: CLOSED',
      'flags: abort_session, R1.1, ordered',
      'local_node: near',
      'peer_node: far',
    ]);
    expect(words('server', 0x1000)).toEqual([
      'type: LISTEN',
      'state: LISTENING',
      'flags: new_session, close_session, R1.1',
      'local_node: far',
    ]);
    expect(words('server', 0x1080)).toEqual([
      'type: ACCEPT',
      'state: CLOSED',
      'flags: FREE, placed by app, R1.1, ordered',
      'local_node: far',
      'peer_node: near',
    ]);
    for (const { meaning } of blockDetail(emulator.world, 'client', 0x1000)!.fields)
      expect(typeof meaning).toBe('string');
  });

  it('D28 tells of the errors of this block alone, the latest 16', () => {
    const emulator = pair('ssc');
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\nrmc_close c --then-free\nrun 1ms');
    emulator.command('poke client 0x4000 00\nfree d\nrepeat 18\nfree c\nend');
    const errors = (address: number) =>
      blockDetail(emulator.world, 'client', address)!.history.filter((line) => line.startsWith('error'));
    expect(errors(0x1080)).toEqual([expect.stringMatching(/^error: free-in-use by client, event \d+ at/)]);
    expect(errors(0x1000)).toHaveLength(16);
    const last = emulator.events('memory_error').at(-1)!.number;
    expect(errors(0x1000)[15]).toContain(`error: double-free by client, event ${last} at`);
  });
});
