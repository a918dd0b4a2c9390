import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Emulator } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { lab } from '../nodes/lab.js';
import { memoryErrors, told } from '../support/openers.js';

/** An application with an OPEN session on each of two EEE nodes; what closes a session is lost from now on. */
const twoEees = () =>
  lab(`
    node one eee
    node two eee
    node far ssc
    app server --on far
    app a --on one
    app b --on two
    rmc_listen server 9 --close_session notify --as s
    rmc_open a far:9 --as c
    rmc_open b far:9 --as d
    run 10ms
    inject loss --frame CLOSE_REQ
  `);

const live = (emulator: Emulator, node: string) =>
  emulator
    .view()
    .nodes.find(({ name }) => name === node)!
    .memory.map(({ owner, liveBytes }) => `${owner} ${liveBytes}`);

/** The sessions of a node, a word or two each: `c live, over`. */
const blocksOn = (emulator: Emulator, on: string) =>
  emulator
    .sessions()
    .filter(({ node }) => node === on)
    .map(({ name, block, over, lost }) =>
      [`${name} ${block}`, over && 'over', lost && 'lost'].filter(Boolean).join(', '),
    );

describe('the memory of an ended process of an EEE', () => {
  it('D20 stays until RMC has let go of its sessions, whatever IO was pending', () => {
    const emulator = twoEees();
    emulator.command('rmc_send c one\nkill a\nrun 900ms');
    expect(live(emulator, 'one')).toEqual(['one.rmc 0', 'a 128']);
    emulator.command('run 200ms');
    expect(live(emulator, 'one')).toEqual(['one.rmc 0', 'a 0']);
  });

  it('D20 is no business of another node that loses its power, or its RMC', () => {
    const emulator = twoEees();
    emulator.command('kill a\nkill two.rmc\npower off two\nrun 900ms');
    expect(live(emulator, 'one')).toEqual(['one.rmc 0', 'a 128']);
    emulator.command('run 200ms');
    expect(live(emulator, 'one')).toEqual(['one.rmc 0', 'a 0']);
    expect(live(emulator, 'two')).toEqual(['two.rmc 0', 'b 0']);
  });

  it('D20 D29 under trap nobody ends a second time whose block RMC finds overwritten', () => {
    const emulator = lab(`
      node one eee --policy trap
      node far ssc
      app server --on far
      app a --on one
      rmc_listen server 9 --close_session notify --as s
      rmc_open a far:9 --as c
      run 10ms
      inject loss --frame CLOSE_REQ
      kill a
      poke one c 00
      run 2s
    `);
    expect(told(emulator, 'process_exit', 'reason')).toEqual(['kill']);
    expect(memoryErrors(emulator)).toEqual(['corrupted']);
    expect(emulator.learned().map(({ about }) => about)).toEqual(['a on one']);
  });
});

describe('a session whose holder is gone', () => {
  it('D20 is lost with its application, when its RMC had died before; others are not', () => {
    const emulator = lab(`
      node one eee
      node three eee
      node far ssc
      app server --on far
      app a --on one
      app b --on one
      rmc_listen server 9 --close_session notify --as s
      rmc_open a far:9 --as c
      rmc_open b far:9 --as d
      run 10ms
      kill one.rmc
      run 1s
      kill a
    `);
    expect(blocksOn(emulator, 'one')).toEqual(['c gone with its process, over, lost', 'd live']);
    emulator.command('power off far\npower off three');
    expect(blocksOn(emulator, 'one')).toEqual(['c gone with its process, over, lost', 'd live']);
    emulator.command('power off one');
    expect(blocksOn(emulator, 'one')).toEqual([
      'c gone with its process, over, lost',
      'd gone with its process, over, lost',
    ]);
  });

  it.each([
    ['ssc', 'kill a'],
    ['ssc', 'power off one'],
    ['ssc', 'kill a\npower off one'],
    ['eee', 'power off one'],
    ['eee', 'kill a\npower off one'],
    ['eee', 'kill a\nrun 1s\npower off one'],
  ])('D20 D28 on an %s after %s: what was freed before is freed, the rest is gone', (kind, death) => {
    const emulator = lab(`
      node one ${kind}
      node far ssc
      app server --on far
      app a --on one
      rmc_listen server 9 --close_session notify --as s
      rmc_open a far:9 --as c
      rmc_open a far:9 --as d
      rmc_open a far:9 --as e
      run 10ms
      rmc_close c --then-free
      rmc_close d
      run 10ms
      ${death}
    `);
    const found = blocksOn(emulator, 'one').map((text) => text.split(',')[0]);
    expect(found).toEqual(['c freed', 'd gone with its process', 'e gone with its process']);
  });
});

describe('RMC’s own blocks on an EEE', () => {
  it('D19 D20 an application that dies with close_session in its mailbox: its block is freed, and used again', () => {
    const emulator = lab(`
      node one eee
      node far ssc
      app server --on one
      app client --on far
      rmc_listen server 9 --close_session notify --as s
      rmc_open client one:9 --as c
      run 10ms
      hang server
      rmc_close c --then-free
      run 10ms
      kill server
      run 10ms
      expect memory one --live 0
      launch server
      rmc_listen server 9 --close_session notify --as t
      rmc_open client one:9 --as d
      run 10ms
    `);
    expect(memoryErrors(emulator)).toEqual([]);
    emulator.command('inspect t/1');
    expect(emulator.sessions().map(({ name, block }) => `${name} ${block}`)).toContain('t/1 live');
  });

  it('D20 D29 a dead RMC’s block that the application freed, right or wrong, is not freed again', () => {
    const emulator = lab(`
      node one eee --policy hardware
      node far ssc
      app server --on one
      app client --on far
      rmc_listen server 9 --close_session always-free --as s
      rmc_open client one:9 --as c
      run 10ms
      kill one.rmc
      run 10ms
    `);
    expect(memoryErrors(emulator)).toEqual(['invalid-free']);
  });

  it('D20 D29 nor is what the application has put in its place', () => {
    const emulator = createEmulator();
    emulator.addNode('one', eee, { policy: 'hardware' }).addApp('server', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession: true }),
      closeSession: (api, session) => {
        const address = api.addressOf(session);
        api.free(address);
        if (api.alloc(BLOCK_BYTES) !== address) throw new Error('it should lie in the same place');
      },
    });
    emulator.command('app client --on one\nrmc_open client one:9 --as c\nrun 1ms\nkill one.rmc\nrun 1ms');
    expect(emulator.events('callback_failed')).toEqual([]);
    emulator.command('expect memory server --live 2 --owner app');
  });
});
