import { describe, expect, it } from 'vitest';
import { lab } from './lab.js';

/** The boxes of a node, a line each, with the incarnation: `process client, app 0: running; mailbox 0 of 64; 1 blk 128 B | app client`. */
function boxesOf(emulator: ReturnType<typeof lab>, node: string): readonly string[] {
  const { boxes, between } = emulator.view().nodes.find(({ name }) => name === node)!;
  const lines = boxes.map(({ title, role, incarnation, state, mailbox, liveBlocks, liveBytes, lines }) => {
    const memory = `${liveBlocks} blk ${liveBytes} B`;
    return `${title}, ${role} ${incarnation}: ${state}; mailbox ${mailbox.used} of ${mailbox.limit}; ${memory} | ${lines.join(' | ')}`;
  });
  return [between, ...lines];
}

/** On each kind a client, a server and a hung server; on the SSC also an application that is gone. */
function busy(): ReturnType<typeof lab> {
  return lab(`
    node far eee
    node near ssc
    set near mailbox 32
    app server --on far
    app client --on near
    app busy --on near
    app gone --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_open client far:9 --as c
    rmc_listen busy 7 --close_session notify --as l
    rmc_open server near:7 --as o
    rmc_open gone near:7 --as g
    run 10ms
    kill gone
    hang busy
    rmc_send o x --count 2
    run 1ms
    rmc_send s/1 x
    hang server
    rmc_send c x --count 3
    run 1ms
  `);
}

/** In the mailbox of the hung server are three messages; that its own one was acknowledged is no message. */
describe('the boxes of a node', () => {
  it('D19 of an SSC: RMC is inside, and its blocks count with those of the application', () => {
    expect(boxesOf(busy(), 'near')).toEqual([
      '',
      'process client, app+rmc 1: running; mailbox 0 of 32; 1 blk 128 B | app client | RMC: library inside',
      'process busy, app+rmc 1: hung; mailbox 2 of 32; 3 blk 384 B | app busy | RMC: library inside',
      'process gone, app+rmc 1: exited; mailbox 0 of 32; 0 blk 0 B | app gone | RMC: library inside',
    ]);
  });

  it('D19 of an EEE: RMC has a box, a mailbox and blocks of its own', () => {
    const emulator = busy();
    const server = 'process server, app 0: hung; mailbox 3 of 64; 2 blk 256 B | app server | may not place';
    expect(boxesOf(emulator, 'far')).toEqual([
      'IPC 5us',
      server,
      'process RMC, rmc 1: running; mailbox 0 of 64; 1 blk 128 B | owns all | ACCEPT blocks',
    ]);
    emulator.command('hang far.rmc\nrmc_send c x\nrun 1ms');
    expect(boxesOf(emulator, 'far')).toEqual([
      'IPC 5us',
      server,
      'process RMC, rmc 1: hung; mailbox 1 of 64; 1 blk 128 B | owns all | ACCEPT blocks',
    ]);
  });

  it('D20 of an EEE without power: nothing is left', () => {
    const emulator = busy();
    emulator.command('set far ipc 7us\npower off far');
    expect(boxesOf(emulator, 'far')).toEqual([
      'IPC 7us',
      'process server, app 0: exited; mailbox 0 of 64; 0 blk 0 B | app server | may not place',
      'process RMC, rmc 1: exited; mailbox 0 of 64; 0 blk 0 B | owns all | ACCEPT blocks',
    ]);
  });
});
