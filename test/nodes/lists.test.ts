import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { lab } from './lab.js';

/** A list as it is printed. */
const printed = (emulator: Emulator, command: string): string =>
  `\n${emulator.command(command).join('\n')}\n`;

/** Rows of a list: the cells of some columns, by their titles. */
function cells(emulator: Emulator, command: string, ...titles: readonly string[]): readonly string[] {
  const [head = '', ...rows] = emulator.command(command);
  const cell = (row: string, title: string): string =>
    row.slice(head.indexOf(title)).split(/ {2,}/, 1)[0]!.trim();
  return rows.map((row) => titles.map((title) => cell(row, title)).join(' | '));
}

const HALL = `
  node hall eee
  node left ssc
  node right ssc --release R1.0.x
  node spare ssc
  app server --on hall
  app beside --on hall
  app standby --on right
  app client --on left
  rmc_listen server 9 --as s
  rmc_listen standby 9 --new_session heap --close_session free-if-true --as t
  rmc_open client hall:9 --abort_session notify --as c
  rmc_open client right:9 --as d --delivery ordered
  run 10ms
  rmc_send d --count 3
  run 10ms
  hang beside`;

describe('what the lists print', () => {
  it('D19 nodes: one line a process, the node named at its first', () => {
    expect(printed(lab(HALL), 'nodes')).toBe(`
NODE   KIND  RELEASE  POWER  PROCESS          STATE    INSIDE
hall   EEE   R1.1     on     process server   running  app server; may not place
                             process beside   hung     app beside; may not place
                             process RMC      running  owns all; ACCEPT blocks
left   SSC   R1.1     on     process client   running  app client; RMC: library inside
right  SSC   R1.0.x   on     process standby  running  app standby; RMC: library inside
spare  SSC   R1.1     on     -
`);
  });

  it('S1 S5 S7 S13 D25 sessions: whose block it is, who frees it, and what an ordered one lacks', () => {
    const emulator = lab(HALL);
    expect(printed(emulator, 'sessions')).toBe(`
SESSION  TYPE    STATE        PEER     BLOCK           PLACED BY                    WHO FREES IT                     DELIVERY
s        LISTEN  LISTENING    9        A hall 0x1000   app server                   app server: after rmc_shutdown
t        LISTEN  LISTENING    9        A right 0x1000  app standby                  app standby: after rmc_shutdown
c        OPEN    OPEN         hall:9   A left 0x1000   app client                   app client: after rmc_close      reliable
d        OPEN    OPEN         right:9  A left 0x1080   app client                   app client: after rmc_close      ordered: 0 delivered, 0 given up, 0 late
s/1      ACCEPT  ESTABLISHED  left     R hall 0x1080   RMC (EEE: always)            RMC; the app never               reliable
t/1      ACCEPT  ESTABLISHED  left     N right 0x1080  app standby, in new_session  app standby: when FREE is TRUE   ordered: 3 delivered, 0 given up, 0 late
`);
    expect(cells(emulator, 'sessions hall', 'SESSION')).toEqual(['s', 's/1']);
  });

  it('D30 learned: who was told and how, and who was not', () => {
    const emulator = lab(HALL);
    emulator.command('kill server\nrun 100ms\npower off right\nrun 5s');
    expect(emulator.command('learned').map((line) => line.replace(/\(event \d+\)/, '(event n)'))).toEqual([
      'beside on hall: process_hang at 0.020 000 (event n)',
      '  nobody had a session with it',
      'server on hall: process_exit at 0.020 000 (event n)',
      '  told      client  R1.1  c  abort_session  D15 S20  after 100 us  the far RMC said so (ABORT)',
      'right: node_down at 0.120 000 (event n)',
      '  never     client  R1.1  d  -  S17  for 5 s  idle: no IO that could fail',
    ]);
  });

  it('D15 D30 learned: by when one will be told who waits for it', () => {
    const emulator = lab(HALL);
    emulator.command('run 30ms\npower off hall\nrun 100ms');
    expect(emulator.command('learned').at(-1)).toBe(
      '  not yet   client  R1.1  c  -  D15  for 100 ms  heartbeats are being missed: not yet, by 0.350 200 s at the latest',
    );
  });

  it('D28 memory of one application leaves out the blocks of the others, not those of RMC', () => {
    const emulator = lab(`${HALL}\nunhang beside\nrmc_listen beside 10 --as b`);
    const whose = (of: string) => cells(emulator, `memory ${of}`, 'OWNER', 'SESSION');
    const rmc = 'rmc hall.rmc | s/1 ESTABLISHED';
    const [server, beside] = ['app server | s LISTENING', 'app beside | b LISTENING'];
    expect(whose('hall')).toEqual([server, rmc, beside]);
    expect(whose('server')).toEqual([server, rmc]);
    expect(whose('beside')).toEqual([rmc, beside]);
    expect(whose('right')).toEqual(['app standby | t LISTENING', 'app standby | t/1 ESTABLISHED']);
    emulator.command('power off right');
    expect(emulator.command('memory right')).toEqual(['no block']);
  });

  it('D28 memory: who made and freed each block, and the errors of that memory alone', () => {
    const emulator = lab(`
      node left ssc
      node right ssc
      app standby --on right
      app client --on left
      rmc_listen standby 9 --new_session pool:2 --close_session free-if-true --as t
      rmc_open client right:9 --as d
      run 10ms
      rmc_close d
      run 10ms
      free d
      free d
      poke standby 0x8000 00`);
    expect(printed(emulator, 'memory right')).toBe(`
ADDRESS  BYTES  OWNER        FROM  SESSION      MADE                                                                                           FREED                               RMC HOLDS
0x1000   128    app standby  heap  t LISTENING  @8 0.000 000 by rmc_listen standby 9 --new_session pool:2 --close_session free-if-true --as t  -                                   1
0x1080   128    app standby  pool  t/1 CLOSED   @17 0.000 100 by frame_delivered d                                                             @34 0.010 100 by close_session t/1  0
memory error @43: out-of-bounds at 0x8000: a write that is not wholly inside of one live block
  where    in no block, in the memory of standby
  by       standby; event 43 at 0.020 000 s, from @42 poke standby 0x8000 00
  rules    D28
  right    the right code writes no further than the size that it asked for
`);
    const errors = emulator.command('memory left').filter((line) => line.startsWith('memory error'));
    expect(errors).toEqual([
      'memory error @41: double-free at 0x1000: a free of a block that is free already',
    ]);
  });

  it('D28 memory shows the 16 blocks that were freed last, and the 16 last errors', () => {
    const emulator = lab(
      'node left ssc\nnode far ssc\napp client --on left\napp server --on far\nrmc_listen server 9',
    );
    const names = Array.from({ length: 20 }, (_, at) => `x${at + 1}`);
    for (const name of names) emulator.command(`rmc_open client far:9 --as ${name}`);
    emulator.command('run 10ms');
    const freed = [...names.slice(10), ...names.slice(0, 10)];
    for (const name of freed) emulator.command(`rmc_close ${name} --then-free\nrun 1ms`);
    for (const name of names.slice(0, 16)) emulator.command(`free ${name}`);
    const lines = emulator.command('memory client');
    expect(lines.map((line) => /x\d+ CLOSED/.exec(line)?.[0] ?? '').filter((name) => name !== '')).toEqual(
      [...names.slice(0, 10), ...names.slice(14)].map((name) => `${name} CLOSED`),
    );
    expect(lines).toContain('and 4 more that were freed before');
    expect(lines.filter((line) => line.startsWith('memory error'))).toHaveLength(16);
    expect(lines.filter((line) => line.includes('earlier'))).toEqual([]);
    emulator.command('free x1');
    expect(emulator.command('memory client')).toContain('1 earlier memory errors');
  });
});

describe('live memory over time', () => {
  it('D28 from the first owner’s start on, each owner of a node with a bar', () => {
    const emulator = lab(`
      node hall eee
      node left ssc
      app server --on hall
      app client --on left
      run 10ms
      app late --on hall
      rmc_listen server 9 --as s
      rmc_open client hall:9 --as c
      run 5ms
      rmc_listen late 10
      run 5ms`);
    expect(printed(emulator, 'memory hall --series')).toBe(`
OWNER         NOW          AT MOST      BYTES OVER TIME, 0.000 000 to 0.020 000, full bar 128
rmc hall.rmc  1 blk 128 B  1 blk 128 B  |                        ████████████████████████|
app server    1 blk 128 B  1 blk 128 B  |                        ████████████████████████|
app late      1 blk 128 B  1 blk 128 B  |                                    ████████████|
`);
    expect(cells(emulator, 'memory late --series', 'OWNER')).toEqual(['rmc hall.rmc', 'app late']);
  });

  it('D19 D28 of an application with RMC inside: its own and its RMC’s, not those of its neighbours', () => {
    const emulator = lab('node left ssc\napp one --on left\napp two --on left');
    const all = ['app one', 'rmc one RMC', 'app two', 'rmc two RMC'];
    expect(cells(emulator, 'memory left --series', 'OWNER')).toEqual(all);
    expect(cells(emulator, 'memory one --series', 'OWNER')).toEqual(all.slice(0, 2));
    expect(cells(emulator, 'memory two --series', 'OWNER')).toEqual(all.slice(2));
  });
});

describe('bytes of a memory', () => {
  it('D27 are shown from any address inside of it, 64 at the most', () => {
    const emulator = lab('node e eee\napp b --on e\nrmc_listen b 9 --as l\npoke b l+0x10 0123456789abcdef');
    expect(emulator.command('inspect b l+15')[0]).toBe(
      '0x100f  00 01 23 45 67 89 ab cd ef 01 00 00 00 01 00 00',
    );
    const end = 0x1000 + 1024 * 1024;
    expect(emulator.command(`inspect b ${end - 24}`).map((line) => line.slice(0, 15))).toEqual([
      '0x100fe8  00 00',
      '0x100ff8  00 00',
    ]);
    expect(emulator.command(`inspect e ${end - 1}`)).toEqual(['0x100fff  00']);
    expect(() => emulator.command(`inspect b ${end}`)).toThrow('0x101000 is outside of the memory');
  });

  it('D28 what is put behind an application’s back into no block is no error of anybody', () => {
    const emulator = lab('node e eee\napp b --on e\npoke e 0x9000 ff');
    expect(emulator.command('inspect e 0x9000')[0]).toMatch(/^0x9000 {2}ff 00/);
    expect(emulator.events('memory_error')).toEqual([]);
    emulator.command('poke b 0x9000 00');
    expect(emulator.events('memory_error')).toHaveLength(1);
  });
});
