import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator } from '../../index.js';
import { bytesByColumn, nodeKinds } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

/** Lines of a list, with runs of blanks as one. */
const plainly = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/ +/g, ' ').trim());

describe('an empty world', () => {
  it('D19 has no node and no session, and a node may have no process', () => {
    const emulator = createEmulator();
    expect(emulator.command('nodes')).toEqual(['no node']);
    expect(emulator.command('sessions')).toEqual(['no session']);
    expect(emulator.command('learned')).toEqual(['nothing has failed']);
    emulator.command('node s ssc');
    expect(plainly(emulator.command('nodes')).slice(1)).toEqual(['s SSC R1.1 on -']);
  });

  it('D28 nobody had memory on an SSC without an application', () => {
    const emulator = lab('node s ssc');
    expect(emulator.command('memory s')).toEqual(['no block']);
    expect(emulator.command('memory s --series')).toEqual(['nobody had memory here yet']);
  });
});

describe.each(kinds)('what a look at an %s shows', (kind) => {
  it('D20 a session whose process died is lost, and listed with its node only', () => {
    const emulator = pair(kind);
    emulator.command('power off far');
    const listed = plainly(emulator.command('sessions far'));
    expect(listed.slice(1).map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      's LISTEN LISTENING, lost',
      's/1 ACCEPT ESTABLISHED, lost',
    ]);
    expect(plainly(emulator.command('sessions near')).slice(1)).toHaveLength(1);
  });

  it('D30 a failure that nobody had to do with says so', () => {
    const emulator = lab(`node far ${kind}\napp server --on far\nkill server`);
    expect(emulator.command('learned')).toEqual([
      expect.stringMatching(/^server on far: process_exit at 0.000 000 \(event \d+\)$/),
      '  nobody had a session with it',
    ]);
  });

  it('D27 inspect shows the fields of a block, or bytes up to the end of the memory', () => {
    const emulator = pair(kind);
    expect(plainly(emulator.command('inspect s/1'))[0]).toMatch(/^s\/1 ACCEPT ESTABLISHED 0x\w+, 128 bytes$/);
    const bytes = emulator.command('inspect server s');
    expect(bytes).toHaveLength(4);
    for (const line of bytes) expect(line).toMatch(/^0x[0-9a-f]+ ( [0-9a-f]{2}){16}$/);
    const [first, second] = bytes.map((line) => line.split(' ').slice(2));
    const later = emulator.command('inspect server s+8')[0]!.split(' ').slice(2);
    expect(later).toEqual([...first!.slice(8), ...second!.slice(0, 8)]);
  });

  it('D28 a check of memory names the live blocks, eight at the most', () => {
    const emulator = pair(kind);
    const opens = (from: number, to: number): void => {
      for (let n = from; n <= to; n += 1) emulator.command(`rmc_open client far:9 --as x${n}`);
    };
    expect(() => emulator.command('expect memory client --leaked 1')).toThrow(
      'expected 1 leaked blocks of client, but there are 0',
    );
    opens(1, 9);
    expect(() => emulator.command('expect memory client --owner app --live 1')).toThrow(
      'expected 1 live blocks of client, but there are 10',
    );
  });

  it('D28 memory lists the latest freed blocks and errors, and counts what came before', () => {
    const emulator = pair(kind);
    emulator.command('expect session c OPEN\nrmc_close c --then-free\nrun 10ms');
    const round = 'rmc_open client far:9 --as c\nrun 1ms\nrmc_close c --then-free\nrun 1ms\nfree c\n';
    emulator.command(round.repeat(18));
    const lines = emulator.command('memory client');
    expect(lines).toContain('and 3 more that were freed before');
    expect(lines).toContain('2 earlier memory errors');
    expect(lines.filter((line) => line.startsWith('memory error'))).toHaveLength(16);
  });

  it('D28 a block without a session stands in the list without one', () => {
    const emulator = createEmulator();
    const found = nodeKinds.find(({ name }) => name === kind)!;
    emulator.addNode('here', found).addApp('own', { onStart: (api) => void api.alloc(BLOCK_BYTES) });
    const [, row] = plainly(emulator.command('memory own'));
    expect(row).toMatch(/^0x\w+ 128 app own heap - @\d+ 0\.000 000 - 0$/);
  });

  it('D28 what the log no longer has is told by its number', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command(`node far ${kind}\napp server --on far\nrmc_listen server 9 --as s\nfree s`);
    emulator.command('repeat 6000\nhang server\nunhang server\nend');
    expect(plainly(emulator.command('memory server')).find((line) => line.includes('s LISTENING'))).toMatch(
      /s LISTENING @\d+ - 1$/,
    );
    expect(emulator.memoryReports()[0]!.join('\n')).toMatch(/made +event \d+, which is no longer in the log/);
  });
});

describe('the view', () => {
  it('§3 the latency of the bus is that of all links, not of one', () => {
    const emulator = lab('node a ssc\nnode b ssc\nlink latency 200us\nlink latency 1ms --from a --to b');
    emulator.command('link latency 2ms --from a\nlink loss 1%\nlink latency 3ms --to b');
    expect(emulator.view().bus.latencyUs).toBe(200);
  });

  it('§1 a world that met a limit can still be looked at: what it cut short does not run', () => {
    const emulator = lab('node s ssc --memory 64MiB');
    for (let n = 1; n <= 16; n += 1) emulator.command(`app a${n} --on s`);
    expect(() => emulator.command('app a17 --on s')).toThrow('limit reached');
    const states = emulator.view().nodes[0]!.boxes.map(({ title, state }) => `${title} ${state}`);
    expect(states.slice(15)).toEqual(['process a16 running', 'process a17 exited']);
  });

  it('D28 bars over time show nothing of what came after their end', () => {
    const emulator = lab('node s ssc\napp a --on s\nrun 10ms\nrmc_listen a 9\nrun 10ms');
    const series = emulator.memoryOverTime('s').find(({ owner }) => owner === 'a')!;
    expect(bytesByColumn(series, 0, 5000, 4)).toEqual([0, 0, 0, 0]);
    expect(bytesByColumn(series, 0, 20_000, 4)).toEqual([0, 0, 128, 128]);
  });

  it('§2 an application without state has none in the state of the world', () => {
    const emulator = createEmulator();
    const node = emulator.addNode('s', nodeKinds[0]!);
    node.addApp('with', { state: { heard: 3 } });
    node.addApp('without', {});
    const applications = emulator.world.stateParts().get('applications');
    expect(applications).toMatchObject([{ state: { heard: 3 } }, { state: null }]);
  });
});
