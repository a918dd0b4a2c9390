import { describe, expect, it } from 'vitest';
import { fabricOf } from '../../nodes/index.js';
import { told } from '../support/openers.js';
import { kinds, lab, pair } from './lab.js';

describe.each(kinds)('commands that the world refuses, with a server on an %s', (kind) => {
  it.each([
    ['kill server', 'kill server', 'server is not running'],
    ['kill server', 'hang server', 'nothing of server is left to hang'],
    ['kill server', 'unhang server', 'nothing of server hangs'],
    ['kill server', 'rmc_listen server 10', 'server is not running'],
    ['kill server', 'stop server', 'server is not running'],
    ['power off far', 'kill server', 'server is not running'],
    ['power off far', 'launch server', 'far is not on'],
    ['power off far', 'hang far', 'nothing of far is left to hang'],
    ['', 'launch server', 'server is running already'],
    ['', 'unhang far', 'nothing of far hangs'],
    ['', 'unhang server', 'nothing of server hangs'],
    ['hang server', 'hang server', 'nothing of server is left to hang'],
    ['hang server', 'rmc_listen server 10', 'server hangs: it takes no commands (D21)'],
    ['hang far', 'hang far', 'nothing of far is left to hang'],
    ['', 'rmc_listen server 10 --as s', 'there is a session s already, and it is not over'],
    ['', 'rmc_open client far:9 --as c', 'there is a session c already, and it is not over'],
    ['', 'rmc_close client.7', 'there is no session client.7 (yet)'],
    ['', 'inspect client.7', 'there is no session client.7 (yet)'],
    ['kill client\nlaunch client', 'rmc_close c', 'c was of a process of client that is gone (D20)'],
    ['kill client\nlaunch client', 'free c', 'c was of a process of client that is gone (D20)'],
  ])('§3 D20 D21 %s; then %s: %s', (before, line, message) => {
    const emulator = pair(kind);
    emulator.command(before);
    const count = emulator.world.log.count;
    expect(() => emulator.command(line)).toThrow(message);
    expect(emulator.world.log.count).toBe(count);
  });

  it('§3 a name is free again when its session is over', () => {
    const emulator = pair(kind);
    emulator.command('rmc_close c --then-free\nrun 1ms\nrmc_open client far:9 --as c\nrun 1ms');
    emulator.command('expect session c OPEN');
    expect(told(emulator, 'rmc_open', 'session')).toEqual(['c', 'c']);
  });

  it('D21 hang of a node takes what does not hang yet, and unhang what does', () => {
    const emulator = pair(kind);
    emulator.command('app other --on far\nhang other\nhang far\nexpect process_hang --app server');
    expect(told(emulator, 'process_hang', 'app').filter((app) => app === 'other')).toHaveLength(1);
    emulator.command('unhang server\nunhang far');
    const resumed = told(emulator, 'process_resume', 'app');
    expect(resumed.filter((app) => app === 'server')).toHaveLength(1);
    expect(resumed.filter((app) => app === 'other')).toHaveLength(1);
  });
});

describe('a process of RMC', () => {
  it('§3 D20 that is not running is not killed again', () => {
    const emulator = lab('node e eee\nkill e.rmc');
    expect(() => emulator.command('kill e.rmc')).toThrow('RMC on e is not running');
    expect(() => emulator.command('hang e.rmc')).toThrow('nothing of e is left to hang');
  });
});

describe('checks of sessions and messages', () => {
  it('§3 say what was expected and what is', () => {
    const emulator = pair('ssc');
    const failure = (line: string, message: string): void => {
      expect(() => emulator.command(line)).toThrow(message);
    };
    failure('expect session c CLOSED', 'expected session c to be CLOSED, but it is OPEN');
    failure(
      'expect session client.1 OPEN',
      'expected session client.1 to be OPEN, but there is no such session',
    );
    failure(
      'expect delivered s/1 --count 2 --within 1ms',
      'expected 2 messages handed to the application on s/1, but 0 were',
    );
    failure(
      'expect delivered s/9 --count 2 --within 1ms',
      'expected 2 messages handed to the application on s/9, but there is no such session',
    );
  });

  it('D25 name only what was asked for of an ordered session', () => {
    const emulator = pair('ssc', { open: '--delivery ordered' });
    emulator.command('rmc_send c --count 1');
    expect(() => emulator.command('expect delivered s/1 --count 1 --given-up 1 --late 2')).toThrow(
      'expected 1 given up and 2 late on s/1, but 0 were given up and 0 came late',
    );
  });

  it('D29 on hardware a block that was handed out twice is the same block, of one process and at one place', () => {
    const emulator = lab(`
      node far ssc
      node near ssc --policy hardware
      app client --on near
      rmc_open client far:9 --as c
      run 1ms
      rmc_close c
      run 1ms
      free c
      free c
      rmc_listen client 1 --as d
      rmc_listen client 2 --as e
      rmc_listen client 3 --as f
      expect session e LISTENING --same-block d`);
    expect(() => emulator.command('expect session f LISTENING --same-block d')).toThrow(
      /expected f in the block of d at 0x1000, but it is at 0x\w+/,
    );
    emulator.command('kill client\nlaunch client\nrmc_listen client 1 --as g');
    expect(() => emulator.command('expect session g LISTENING --same-block d')).toThrow(
      'expected g in the block of d at 0x1000, but it is in another block at that place',
    );
  });

  it('D28 where memory is not hardware, a block that is made again at a place is another one', () => {
    const round = (name: string): string =>
      `rmc_listen a 1 --as ${name}\nrmc_shutdown ${name} --then-free\nrun 1ms\n`;
    // 32 blocks fill the memory: the next one begins where the first one did.
    const emulator = lab(`node s ssc --memory 4KiB\napp a --on s --heap 4KiB\n${round('b')}`);
    emulator.command(`repeat 31\n${round('x')}end\nrmc_listen a 1 --as d`);
    expect(() => emulator.command('expect session d LISTENING --same-block b')).toThrow(
      'expected d in the block of b at 0x1000, but it is in another block at that place',
    );
  });
});

describe('checks of memory', () => {
  /** Nine live blocks of an application, the first at 0x1000. */
  const nine = (): string =>
    `node s ssc\napp a --on s\n${Array.from({ length: 9 }, (_, at) => `rmc_listen a ${at + 1}\n`).join('')}`;

  it('D28 name the live blocks, eight at the most', () => {
    const emulator = lab(nine());
    const listed = (line: string): readonly string[] => {
      const [, ...blocks] = /came nearest:\n(.*?)\n\S/s
        .exec(failureOf(() => emulator.command(line)))![0]
        .split('\n');
      return blocks.slice(0, -1).map((block) => block.replace(/made by event \d+/, 'made by event n').trim());
    };
    const block = (at: number): string =>
      `0x${(0x1000 + at * 128).toString(16)} 128 bytes of app a, made by event n`;
    const eight = Array.from({ length: 8 }, (_, at) => block(at));
    expect(listed('expect memory a --live 1')).toEqual([...eight, 'and 1 more']);
    emulator.command('rmc_shutdown a.9 --then-free\nrun 1ms');
    expect(listed('expect memory a --live 1')).toEqual(eight);
    emulator.command('rmc_shutdown a.8 --then-free\nrun 1ms');
    expect(listed('expect memory a --live 1')).toEqual(eight.slice(0, 7));
  });

  it('S13 D19 D28 count RMC’s blocks with an application only where they lie in its memory', () => {
    const [library, process] = [pair('ssc'), pair('eee')];
    library.command('expect memory server --live 2\nexpect memory server --live 1 --owner rmc');
    process.command('expect memory server --live 1\nexpect memory server --live 0 --owner rmc');
    for (const emulator of [library, process]) {
      emulator.command('expect memory far --live 2\nexpect memory far --live 1 --owner rmc');
      emulator.command('expect memory far --live 1 --owner app');
    }
  });

  it('D28 count what RMC still has where no application lives any more', () => {
    const emulator = pair('eee');
    emulator.command('hang far.rmc\nkill server');
    expect(fabricOf(emulator.world).isAlive(fabricOf(emulator.world).appNamed('server'))).toBe(false);
    const live = emulator.view().nodes[0]!.memory.find(({ owner }) => owner === 'far.rmc')!.liveBlocks;
    expect(live).toBe(1);
    emulator.command('expect memory far --live 1 --owner rmc');
  });

  it('D28 a leak is no leak of RMC', () => {
    const emulator = pair('ssc');
    emulator.command('rmc_close c\nrun 1ms');
    emulator.command('expect memory client --leaked 1\nexpect memory client --leaked 0 --owner rmc');
  });
});

/** What is thrown. */
function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${String(error)}\nend`;
  }
  return 'nothing was thrown';
}
