import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../cli/program.js';
import type { Extension } from '../../emulator/index.js';
import { fakeHost } from './fakeHost.js';

const planted = vi.hoisted(() => ({ worlds: 0 }));

/** A part that breaks the promise: what it logs depends on what ran before. */
const forgetful: Extension = {
  name: 'forgetful',
  events: [
    {
      name: 'world_count',
      help: 'planted',
      common: [],
      fields: [{ name: 'count', type: 'int', help: 'planted' }],
    },
  ],
  commands: [],
  install(world) {
    planted.worlds += 1;
    const count = planted.worlds;
    const handler = world.handler('planted', () => {
      world.log.emit(world.eventType('world_count'), -1, -1, -1, -1, count);
    });
    world.at(1_000, handler);
  },
};

vi.mock('../../nodes/index.js', async (original) => {
  const nodes = await original<typeof import('../../nodes/index.js')>();
  return { ...nodes, rmcExtensions: [...nodes.rmcExtensions, forgetful] };
});

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'rmc-emu-planted-')), 'a.drill');
  writeFileSync(file, 'node ssc0 ssc\nrun 5ms\n');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

describe('--check-determinism', () => {
  it('ends with 3 and names the first event that differs', async () => {
    const host = fakeHost();
    expect(await runProgram(['drill', file, '--check-determinism'], host)).toBe(3);
    expect(host.told.out).toMatch(
      /first run and second run part at event @\d+\n.*first run:.*world_count count=\d+.*\n.*second run:.*world_count count=\d+/,
    );
    expect(host.told.out).toContain('; each was run twice, 1 came out differently');
    expect(host.told.out).toMatch(/run just this one: rmc-emu drill .*a\.drill --seed 1 --check-determinism/);
  });

  it('is what finds it: a plain run passes', async () => {
    expect(await runProgram(['drill', file], fakeHost())).toBe(0);
  });
});
