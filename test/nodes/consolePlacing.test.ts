import { describe, expect, it } from 'vitest';
import { memoryMap } from '../../nodes/index.js';
import { memoryErrors, told } from '../support/openers.js';
import { lab, plain } from './lab.js';

/** A server that places the blocks of its ACCEPT sessions as the behaviour says, and one client of it. */
const serving = (behaviour: string, more = '--close_session free-if-true') =>
  lab(`
    node far ssc
    node near ssc
    app server --on far
    app client --on near
    rmc_listen server 9 --new_session ${behaviour} ${more} --as s
    rmc_open client far:9 --as c
    run 10ms`);

const blocksOf = (emulator: ReturnType<typeof lab>) =>
  memoryMap(emulator.world)[0]!.blocks.map(({ address, size, letter }) => `${address} ${size} ${letter}`);

describe('where the monitor’s application places a block', () => {
  it.each([
    ['heap', 0x1080, ['4096 128 A', '4224 128 N'], []],
    ['slow:1ms', 0x1080, ['4096 128 A', '4224 128 N'], []],
    ['pool:1', 0x1080, ['4096 128 A', '4224 128 N'], []],
    ['slow:1ms,pool:1', 0x1080, ['4096 128 A', '4224 128 N'], []],
    ['refuse', 0, ['4096 128 A'], []],
    ['misaligned', 0x1084, ['4096 128 A', '4224 136 A'], ['bad-placement']],
    ['foreign', 0x7000_0000, ['4096 128 A'], ['bad-placement']],
    ['small', 0x1080, ['4096 128 A', '4224 64 A'], ['bad-placement']],
    ['live', 0x1000, ['4096 128 A'], ['bad-placement']],
  ] as const)('S7 D5 D6 new_session %s', (behaviour, address, blocks, errors) => {
    const emulator = serving(behaviour);
    expect(told(emulator, 'new_session', 'address')).toEqual([String(address)]);
    expect(blocksOf(emulator)).toEqual(blocks);
    expect(memoryErrors(emulator)).toEqual(errors);
    const isPlaced = address !== 0 && errors.length === 0;
    expect(told(emulator, 'open_done', 'status')).toEqual([isPlaced ? 'RMC_OK' : 'RMC_ENOMEM']);
  });

  it('S7 pools that nobody uses any more are used again, each by one LISTEN session', () => {
    const emulator = lab('node far ssc\napp server --on far');
    const listen = (port: number) =>
      emulator.command(`rmc_listen server ${port} --new_session pool:2 --close_session notify --as p${port}`);
    const pools = () => memoryMap(emulator.world)[0]!.pools.length;
    for (const port of [1, 2, 3]) listen(port);
    for (const port of [1, 2, 3]) emulator.command(`rmc_shutdown p${port} --then-free\nrun 1ms`);
    for (const port of [4, 5, 6]) listen(port);
    expect(pools()).toBe(3);
    listen(7);
    expect(pools()).toBe(4);
    emulator.command('rmc_listen server 8 --new_session pool:3 --close_session notify');
    expect(pools()).toBe(5);
  });

  it('D28 no pool is taken for a LISTEN session that has no block', () => {
    const emulator = lab('node far ssc\napp server --on far\ninject alloc-failure --in server --count 1');
    emulator.command('rmc_listen server 9 --new_session pool:2 --close_session notify');
    expect(emulator.events('rmc_listen').map(plain)).toEqual([
      { node: 'far', app: 'server', session: 'server.1', status: 'RMC_ENOMEM' },
    ]);
    expect(memoryMap(emulator.world)[0]!.pools).toEqual([]);
  });

  it('D28 an rmc_open that finds no memory still says to whom', () => {
    const emulator = lab('node far ssc\napp a --on far --heap 128\nrmc_listen a 9 --as l\nrmc_open a far:9');
    expect(told(emulator, 'rmc_open', 'peer', 'status')).toEqual(['far:9 RMC_ENOMEM']);
  });

  it('D10 D21 a callback that was slow, then hung, does the usual when it is let go', () => {
    const emulator = serving('heap', '--close_session slow:1ms,hang');
    emulator.command(
      'rmc_close c\nrun 10ms\nexpect process_hang --app server\nexpect memory server --live 2',
    );
    emulator.command('unhang server\nexpect memory server --live 1');
    expect(memoryErrors(emulator)).toEqual([]);
  });
});
