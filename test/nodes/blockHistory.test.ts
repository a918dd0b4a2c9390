import { describe, expect, it } from 'vitest';
import { memoryErrors, told } from '../support/openers.js';
import { kinds, lab, pair } from './lab.js';

describe.each(kinds)('blocks of sessions with an %s', (kind) => {
  it('D8 a session that took over a block is in the same block, and the list shows the one that lives', () => {
    const emulator = pair(kind);
    emulator.command('kill client\nlaunch client\nrmc_open client far:9 --as d\nrun 1ms');
    emulator.command('expect session s/2 ESTABLISHED --same-block s/1');
    const row = emulator.command('memory server').find((line) => line.includes('s/'))!;
    expect(row).toContain('s/2 ESTABLISHED');
    expect(row).not.toContain('s/1');
  });

  it('D13 a block at the same place is not the same block', () => {
    const emulator = pair(kind);
    emulator.command('kill client\nlaunch client\nrmc_open client far:9 --as d\nrun 1ms');
    expect(() => emulator.command('expect session d OPEN --same-block c')).toThrow(
      /expected d in the block of c at (0x\w+), but it is in another block at that place/,
    );
    emulator.command('rmc_open client far:9 --as e\nrun 1ms');
    expect(() => emulator.command('expect session e OPEN --same-block d')).toThrow(
      /expected e in the block of d at 0x1000, but it is at 0x1080/,
    );
    expect(() => emulator.command('expect session s/1 CLOSED --same-block c')).toThrow(
      /expected s\/1 in the block of c at/,
    );
  });
});

describe('what hardware does not see', () => {
  it('D29 a block that was handed out twice says so in the report, and what it lay on is off the list', () => {
    const emulator = lab('node far ssc\nnode near ssc --policy hardware\napp client --on near');
    emulator.command('rmc_open client far:9 --as c\nrun 1ms\nrmc_close c\nrun 1ms\nfree c\nfree c');
    emulator.command('rmc_listen client 1 --as d\nrmc_listen client 2 --as e\nfree e');
    const rows = emulator.command('memory client').filter((line) => line.startsWith('0x'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('e LISTENING');
    const report = emulator.memoryReports().at(-1)!.join('\n');
    expect(report).toContain('free-in-use');
    expect(report).toMatch(/over {5}it was handed out on top of a block in use: event \d+/);
    expect(report).toMatch(/another block began here: made event \d+ .*; never freed$/m);
  });
});

describe('what is said of an address', () => {
  it('D28 just past the end of a block counts from its end', () => {
    const emulator = pair('ssc');
    emulator.command('poke client c+130 00');
    expect(emulator.memoryReports()[0]!.join('\n')).toContain(
      '2 bytes past the end of a live block of 128 bytes',
    );
  });
});

describe('trap', () => {
  it('D27 D29 on an SSC a block found overwritten ends the process before abort_session runs', () => {
    const emulator = lab(`
      node far ssc
      node near ssc --policy trap
      app server --on far
      app client --on near
      rmc_listen server 9
      rmc_open client far:9 --abort_session close --as c
      run 1ms
      poke client c 00000000
      power off far
      run 1s`);
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['server power', 'client crash']);
    expect(memoryErrors(emulator)).toEqual(['corrupted']);
    expect(emulator.events('abort_session')).toEqual([]);
  });
});
