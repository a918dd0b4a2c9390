import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryErrorKinds } from '../../emulator/index.js';
import { createEmulator, type Emulator } from '../../index.js';
import { memoryErrorMeanings } from '../../nodes/index.js';
import { kinds, lab } from './lab.js';

const setUp = (kind: string, policy = 'hardware'): string => `
  node far ssc
  node near ${kind} --policy ${policy}
  app server --on far
  app client --on near
  rmc_listen server 9 --as s
  rmc_open client far:9 --as c
  expect session c OPEN --within 10ms
`;

describe.each(kinds)('the policy hardware on an %s', (kind) => {
  it('D29 a free in use is carried out, and RMC writes on into whatever lies there then', () => {
    const emulator = lab(setUp(kind));
    emulator.command('free c\nrmc_open client far:9 --as d\nrun 1ms');
    const [c, d] = ['c', 'd'].map((name) => emulator.sessions().find((one) => one.name === name)!);
    expect([d!.address, c!.block, d!.block]).toEqual([c!.address, 'freed', 'live']);
    emulator.command('rmc_send c x');
    const found = emulator.events('memory_error').map((event) => event.fields.get('kind'));
    expect(found).toEqual(['free-in-use', 'bad-placement', 'use-after-free', 'corrupted']);
    expect(emulator.sessions().map(({ name, state }) => `${name} ${state}`)).toContain('c FAILED');
  });

  it('D29 a session whose block is free works on as long as nobody else has it', () => {
    const emulator = lab(setUp(kind));
    emulator.command('free c\nrmc_send c hello\nexpect io_done --session c --status RMC_OK --within 1ms');
    const found = emulator.events('memory_error').map((event) => event.fields.get('kind'));
    expect(found).toEqual(['free-in-use', 'use-after-free']);
  });

  it('D29 a node that loses power, and a process that ends, leave no damage behind', () => {
    const emulator = lab(setUp(kind));
    emulator.command('free c\nfree c\nrmc_open client far:9 --as d\nrmc_open client far:9 --as e\nrun 1ms');
    emulator.command('power off near\npower on near\nrun 1s\nlaunch client\nrmc_open client far:9 --as f');
    emulator.command('expect session f OPEN --within 10ms\nrmc_close f --then-free\nrun 1ms');
    expect(emulator.memoryOverTime('near').find(({ owner }) => owner === 'client')?.liveBlocks).toBe(0);
  });
});

describe('memory over time', () => {
  it.each(kinds)('D28 of an %s: the series, the view and the monitor say the same', (kind) => {
    const emulator = lab(setUp(kind, 'report'));
    emulator.command('run 1ms\nrmc_close c --then-free\nrun 1ms');
    const series = emulator.memoryOverTime('near').find(({ owner }) => owner === 'client')!;
    expect([series.liveBlocks, series.liveBytes, Math.max(...series.peakBytes)]).toEqual([0, 0, 128]);
    expect(emulator.view().nodes.find(({ name }) => name === 'near')!.memory).toContainEqual(series);
    const lines = emulator.command('memory near --series');
    expect(lines.find((line) => line.startsWith('app client'))).toMatch(/0 blk 0 B +1 blk 128 B +\|█+ *\|$/);
    expect(emulator.command('memory client --series')[0]).toContain('full bar 128');
  });

  it('D28 in log mode counted too, over starts of the process', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command(setUp('ssc', 'report'));
    emulator.command('kill client\nrun 1ms\nlaunch client\nrun 1ms');
    const all = emulator.memoryOverTime('near').filter(({ owner }) => owner === 'client');
    expect(all).toHaveLength(1);
    expect([all[0]!.liveBytes, Math.max(...all[0]!.peakBytes)]).toEqual([0, 128]);
    expect(emulator.memoryOverTime('nowhere')).toEqual([]);
  });
});

describe('what is said of memory', () => {
  it('D28 each kind of memory error has its meaning, its rules and the right code', () => {
    expect(memoryErrorMeanings.map(({ kind }) => kind)).toEqual(memoryErrorKinds);
    for (const { rules, right } of memoryErrorMeanings) {
      expect(rules).toContain(rules.includes('D27') ? 'D27' : 'D28');
      expect(right).not.toMatch(/\.$/);
    }
  });

  it('D28 memory lists blocks with their history: who made and freed them, which session lies there', () => {
    const emulator = lab(setUp('ssc', 'report'));
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\nrmc_close d --then-free\nrun 1ms');
    const [, first, second] = emulator.command('memory client');
    expect(first).toMatch(
      /^0x1000 +128 +app client +heap +c OPEN +@\d+ .* by rmc_open client far:9 --as c +- +1$/,
    );
    expect(second).toMatch(/^0x1080 .* d CLOSED .* by rmc_open .*--as d +@\d+ .* by close_done d +0$/);
  });

  it('D28 a memory error reads like a sanitizer’s report', () => {
    const emulator = lab(setUp('ssc', 'report'));
    emulator.command('rmc_close c --then-free\nrun 1ms\nfree c\npoke client c+3 00\npoke client 0x9000 00');
    const [twice, inside, nowhere] = emulator.memoryReports();
    const text = twice!.join('\n');
    expect(twice![0]).toMatch(
      /^memory error @\d+: double-free at 0x1000: a free of a block that is free already$/,
    );
    expect(text).toContain(
      'where    the start of a freed block of 128 bytes (heap, of client), in the memory of client',
    );
    expect(text).toMatch(/by {7}client; event \d+ at 0\.\d{3} \d{3} s, from @\d+ free c/);
    expect(text).toMatch(/made {5}event \d+ .* from @\d+ rmc_open client far:9 --as c/);
    expect(text).toMatch(/freed {4}event \d+ .* from @\d+ close_done c/);
    expect(text).toContain('rules    S5 S9 D28');
    expect(text).toContain('right    the right code frees a block once');
    expect(inside!.join('\n')).toContain('byte 3 of a freed block of 128 bytes');
    expect(nowhere!.join('\n')).toContain('in no block');
  });

  it('D28 a failing drill prints the report', () => {
    const failing = lab(setUp('ssc', 'report'));
    expect(() => failing.command('free c\nexpect no memory_error')).toThrow(
      /memory error @\d+: free-in-use[\s\S]*right {4}the right code closes first/,
    );
  });
});

const step = fc.oneof(
  fc.constantFrom(
    'free c',
    'free d',
    'free s',
    'free t',
    'run 1ms',
    'run 200us',
    'kill client',
    'launch client',
  ),
  fc.constantFrom(
    'rmc_open client far:9 --as d',
    'rmc_close c',
    'rmc_close d',
    'rmc_send c x',
    'rmc_send d y',
  ),
  fc.constantFrom('rmc_open server near:7 --as e', 'rmc_close e --then-free', 'rmc_send e z', 'stop client'),
  fc.constantFrom(
    'rmc_listen client 7 --close_session always-free --as t',
    'rmc_shutdown t',
    'poke near c 00',
  ),
  fc.constantFrom('power off near', 'power on near', 'kill server', 'launch server', 'run 600ms'),
);

/** The command, or nothing where the world refuses it. */
function attempt(emulator: Emulator, line: string): void {
  try {
    emulator.command(line);
  } catch (error) {
    const isRefusal = error instanceof Error && error.constructor === Error;
    if (!isRefusal || /has no owner|no RMC instance|has the index/.test(error.message)) throw error;
  }
}

describe('the policy hardware, whatever the application does', () => {
  it.each(kinds)('D29 an %s survives: no exception, no endless loop, counts that hold', (kind) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (lines) => {
        const emulator = lab(setUp(kind));
        for (const line of lines) attempt(emulator, line);
        emulator.run(5_000_000);
        for (const node of emulator.view().nodes) {
          for (const series of node.memory) expect(series.liveBlocks).toBeGreaterThanOrEqual(0);
          const boxes = node.boxes.reduce((sum, box) => sum + box.liveBytes, 0);
          const series = node.memory.reduce((sum, one) => sum + one.liveBytes, 0);
          if (node.kind === 'ssc') expect(boxes).toBe(series);
        }
        expect(emulator.world.observerFailures).toEqual([]);
        emulator.command('memory near\nmemory near --series');
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
