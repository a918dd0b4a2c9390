import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { bytesByColumn, memoryOverTime, sparkline } from '../../nodes/memory/memoryOverTime.js';
import {
  causeText,
  eventAt,
  memoryReport,
  momentText,
  reportOfEvent,
} from '../../nodes/memory/memoryReport.js';
import { lab, pair } from './lab.js';

/** The report of the last memory error: its first line without its meaning, then the rows. */
function report(emulator: Emulator): readonly string[] {
  const error = emulator.world.memory.errors.at(-1)!;
  const [first, ...rows] = memoryReport(emulator.world, error);
  expect(reportOfEvent(emulator.world, error.event)).toEqual([first, ...rows]);
  return [first!.split(':')[1]!.trim(), ...rows.map((row) => row.trim())].filter(
    (row) => !row.startsWith('right'),
  );
}

function reportAfter(kind: string, lines: string): readonly string[] {
  const emulator = pair(kind);
  emulator.command(lines);
  return report(emulator);
}

describe('the report of a memory error', () => {
  it('D28 tells where it was, whose mistake it was, and the story of the block', () => {
    expect(reportAfter('ssc', 'rmc_close c --then-free\nrun 10ms\nfree c')).toEqual([
      'double-free at 0x1000',
      'where    the start of a freed block of 128 bytes (heap, of client), in the memory of client',
      expect.stringMatching(/^by {7}client; event \d+ at 0\.110 200 s, from @\d+ free c$/),
      expect.stringMatching(/^made {5}event \d+ at 0\.000 000 s, from @\d+ rmc_open client far:9 /),
      expect.stringMatching(/^freed {4}event \d+ at 0\.100 400 s, from @\d+ close_done c$/),
      'rules    S5 S9 D28',
    ]);
  });

  it('D3 D28 tells of the references that RMC has', () => {
    expect(reportAfter('ssc', 'free c')).toEqual([
      'free-in-use at 0x1000',
      expect.stringMatching(/^where {4}the start of a live block/),
      expect.stringMatching(/^by {7}client; event \d+/),
      expect.stringMatching(/^made {5}event \d+/),
      'held     RMC has 1 reference to it (D3)',
      'rules    S9 D3 D8 D28',
    ]);
  });

  it.each([
    ['poke client c+128 00', '0 bytes past the end of a live block of 128 bytes (heap, of client) at 0x1000'],
    ['poke client c+130 00', '2 bytes past the end of a live block of 128 bytes (heap, of client) at 0x1000'],
    ['poke client c+127 0000', 'byte 127 of a live block of 128 bytes (heap, of client) at 0x1000'],
    ['poke client c+5000 00', 'in no block'],
  ])('D28 says how far beside the block it was: %s', (lines, where) => {
    expect(reportAfter('ssc', lines)[1]).toBe(`where    ${where}, in the memory of client`);
  });

  it('D27 tells which session it was, who has its block, and who found it', () => {
    expect(reportAfter('ssc', 'poke client c 00\nrmc_send c x').slice(2, 5)).toEqual([
      'session  c, OPEN of client',
      'of       client',
      expect.stringMatching(
        /^found by RMC, when it read the block; event \d+ at 0\.100 200 s, from @\d+ rmc_send c$/,
      ),
    ]);
  });

  it('D28 of no block at all has no place', () => {
    const emulator = pair('ssc');
    emulator.command(
      'app small --on near --heap 128\nrmc_open small far:9 --as d\nrmc_open small far:9 --as e',
    );
    expect(report(emulator)[1]).toBe('where    no address, in the memory of small');
    expect(reportOfEvent(emulator.world, 1)).toEqual([]);
  });
});

describe('an event in a few words', () => {
  it('D28 is the command’s text, or its name and whom it is about; only what the log has is told', () => {
    const { world } = lab('node s ssc\napp a --on s\nrmc_listen a 9 --as l\npower off s');
    const all = Array.from({ length: world.log.count }, (_, at) => causeText(world, at + 1));
    expect(all).toEqual([
      ...['node s ssc', 'app a --on s', 'process_start a'],
      ...['rmc_listen a 9 --as l', 'alloc a', 'rmc_listen l', 'session_state l'],
      ...['power off s', 'node_down', 'process_exit a'],
    ]);
    expect(momentText(world, 1)).toBe('event 1 at 0.000 000 s');
    expect(momentText(world, 3)).toBe('event 3 at 0.000 000 s, from @2 app a --on s');
    expect([eventAt(world, 0), eventAt(world, world.log.count + 1)]).toEqual([undefined, undefined]);
  });
});

describe('memory over time', () => {
  const series = {
    ...{ owner: '', space: '', node: 1, kind: 'app', spanUs: 1 },
    timesUs: [0, 10, 20, 40],
    blocks: [1, 2, 0, 1],
    bytes: [100, 200, 0, 50],
    peakBlocks: [1, 3, 2, 1],
    peakBytes: [100, 300, 200, 50],
  } as unknown as Parameters<typeof bytesByColumn>[0];

  it('D28 shows the most of each stretch of time, a peak only where it was', () => {
    expect(bytesByColumn(series, 0, 40, 4)).toEqual([100, 300, 200, 50]);
    expect(bytesByColumn(series, 0, 40, 2)).toEqual([300, 200]);
    expect(bytesByColumn(series, 0, 30, 3)).toEqual([100, 300, 200]);
    expect(bytesByColumn(series, 10, 40, 3)).toEqual([300, 200, 50]);
    expect(bytesByColumn(series, 0, 80, 8)).toEqual([100, 300, 200, 0, 50, 50, 50, 50]);
  });

  it('D28 as bars: nothing is a blank, the most is a full one', () => {
    expect(sparkline([0, 1, 50, 99, 100, 101], 100)).toBe(' ▁▄███');
    expect(sparkline([0, 12.5, 13], 100)).toBe(' ▁▂');
    expect(sparkline([5, 0, -1], 0)).toBe('   ');
  });

  it('D28 is that of the owners on one node, and a copy', () => {
    const { world } = pair('ssc');
    const [near] = memoryOverTime(world, 2);
    expect(near?.blocks.length).toBe(near?.timesUs.length);
    expect(near?.bytes).not.toBe(memoryOverTime(world, 2)[0]?.bytes);
    expect(memoryOverTime(world, 1).map(({ owner }) => owner)).toEqual(['server', 'server RMC']);
    expect(memoryOverTime(world, 2).map(({ owner }) => owner)).toEqual(['client', 'client RMC']);
  });
});
