import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Emulator } from '../../index.js';
import { memoryErrorMeanings, nodeKinds } from '../../nodes/index.js';
import { lab } from './lab.js';

const PLACING = 'rmc_listen server 9 --new_session live --close_session free-if-true --as s';

/**
 * The last report, line by line, with the names of events for their numbers; what is said of every error of its kind
 * stands for itself.
 */
function lastReport(emulator: Emulator): readonly string[] {
  const [first, ...rows] = emulator.memoryReports().at(-1)!;
  const kind = memoryErrorMeanings.find(({ meaning }) => first!.endsWith(`: ${meaning}`))!;
  expect(rows.at(-1)).toBe(`  right    the right code ${kind.right}`);
  expect(rows.at(-2)).toBe(`  rules    ${kind.rules.join(' ')}`);
  const lines = [first!.slice(0, first!.indexOf(`: ${kind.meaning}`)), ...rows.slice(0, -2)];
  const nameOf = (number: string) => emulator.events()[Number(number) - 1]!.event;
  return lines.map((line) =>
    line.replace(/(event |@)(\d+)/g, (_, at: string, number: string) => at + nameOf(number)),
  );
}

describe('a whole report', () => {
  it('D28 without memory there is no address and no block, and no session yet', () => {
    const emulator = lab(
      'node s ssc\napp small --on s --heap 128\nrmc_open small s:9\nrmc_open small s:9 --as c',
    );
    expect(lastReport(emulator)).toEqual([
      'memory error @memory_error: out-of-memory at 0x0000',
      '  where    no address, in the memory of small',
      '  by       small; event memory_error at 0.000 000 s, from @command rmc_open small s:9 --as c',
    ]);
  });

  it('D6 a block that is taken: whose it is, since when, and that RMC refers to it', () => {
    const emulator = lab(`
      node far ssc
      node near ssc
      app server --on far
      app client --on near
      ${PLACING}
      rmc_open client far:9 --as c
      run 1ms
    `);
    expect(lastReport(emulator)).toEqual([
      'memory error @memory_error: bad-placement at 0x1000',
      '  where    the start of a live block of 128 bytes (heap, of server), in the memory of server',
      '  by       server; event memory_error at 0.000 100 s, from @new_session new_session s',
      `  made     event alloc at 0.000 000 s, from @command ${PLACING}`,
      '  held     RMC has 1 reference to it (D3)',
    ]);
  });

  it('D29 a block that was handed out again: what began there before', () => {
    const emulator = lab(`
      node near ssc --policy hardware
      app client --on near
      rmc_open client near:9 --as c
      free c
      rmc_open client near:9 --as d
    `);
    expect(lastReport(emulator)).toEqual([
      'memory error @memory_error: bad-placement at 0x1000',
      '  where    the start of a live block of 128 bytes (heap, of client), in the memory of client',
      '  by       client; event memory_error at 0.000 000 s, from @command rmc_open client near:9 --as d',
      '  made     event alloc at 0.000 000 s, from @command rmc_open client near:9 --as d',
      '  before   another block began here: made event alloc at 0.000 000 s, from @command rmc_open client near:9 --as c; freed event free at 0.000 000 s, from @command free c',
    ]);
  });

  it('D27 a block that was overwritten: which session, who has the block, and who found it', () => {
    const emulator = lab(`
      node near ssc
      app client --on near
      rmc_listen client 9 --as s
      poke client s 00000000
      rmc_shutdown s
    `);
    expect(lastReport(emulator)).toEqual([
      'memory error @memory_error: corrupted at 0x1000',
      '  where    the start of a live block of 128 bytes (heap, of client), in the memory of client',
      '  session  s, LISTEN of client',
      '  of       client',
      '  found by RMC, when it read the block; event memory_error at 0.000 000 s, from @rmc_shutdown rmc_shutdown s',
      '  made     event alloc at 0.000 000 s, from @command rmc_listen client 9 --as s',
      '  held     RMC has 1 reference to it (D3)',
    ]);
  });

  it('D3 a block with two sessions in it has two references', () => {
    const emulator = createEmulator();
    let block = 0;
    const ssc = nodeKinds.find(({ name }) => name === 'ssc')!;
    emulator.addNode('far', ssc).addApp('server', {
      onStart: (api) => {
        api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, newSession: true, closeSession: true });
        block = api.alloc(512);
      },
      newSession: () => {
        block += BLOCK_BYTES;
        return block - BLOCK_BYTES;
      },
      onMessage: (api) => api.free(block - 2 * BLOCK_BYTES),
    });
    emulator.command(
      'app client --on far\nrmc_open client far:9 --as c\nrmc_open client far:9 --as d\nrun 1ms',
    );
    emulator.command('rmc_send c x\nrun 1ms');
    expect(lastReport(emulator)).toEqual([
      'memory error @memory_error: free-in-use at 0x1080',
      '  where    the start of a live block of 512 bytes (heap, of server), in the memory of server',
      '  by       server; event memory_error at 0.001 100 s, from @message message server.1/1',
      '  made     event alloc at 0.000 000 s',
      '  held     RMC has 2 references to it (D3)',
    ]);
  });
});
