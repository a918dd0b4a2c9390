import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPlace, passing } from './command.js';

const { folder, write, run } = newPlace();

describe('monitor over a pipe', () => {
  it('answers commands, with no prompt and no echo', () => {
    const { status, out, err } = run(['monitor'], 'node ssc0 ssc\nnodes\n');
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/ssc0/);
    expect(out).not.toMatch(/^node ssc0 ssc$/m);
    expect(out).not.toMatch(/^(> |rmc-emu)/m);
  });

  it('goes on after an error, says the line and the column, and ends with 2', () => {
    const { status, out } = run(['monitor'], 'nodee x\nnode ssc0 ssc\nnodes\n');
    expect(status).toBe(2);
    expect(out).toMatch(/^error: line 1, column 1: .*did you mean "node"\?$/m);
    expect(out).toMatch(/^.*ssc0/m);
  });

  it('ends with 1 when the world refused a command, or a check failed', () => {
    const no = run(['monitor'], 'node ssc0 ssc\npower on ssc0\n');
    expect([no.status, no.out]).toEqual([1, expect.stringMatching(/^error: line 2: .*ssc0/m)]);
    const failed = run(['monitor'], 'node ssc0 ssc\nexpect node_down --within 1ms\nnodes\n');
    expect(failed.status).toBe(1);
    expect(failed.out).toMatch(/^error: line 2: /m);
    expect(failed.out).toMatch(/ssc0/);
  });

  it.each(['', 'quit\n'])('says of a repeat that has no end that it was not run: %j', (end) => {
    const { status, out } = run(['monitor'], `node ssc0 ssc\nrepeat 2\nnodes\n${end}`);
    expect([status, out]).toEqual([2, 'error: line 2: this repeat has no end: it was not run\n']);
  });

  it.each(['quit', 'exit'])('%s ends it; what follows is not read', (word) => {
    const { status, out } = run(['monitor'], `${word}\nnodee\n`);
    expect([status, out]).toEqual([0, '']);
  });

  it('takes comments, empty lines and a last line without an end', () => {
    const { status, out } = run(['monitor'], '# nothing\n\nnode ssc0 ssc\nnodes');
    expect([status, out]).toEqual([0, expect.stringMatching(/ssc0/)]);
  });

  it('helps', () => {
    expect(run(['monitor'], 'help\nhelp power off\n').out).toMatch(/power off/);
  });

  it('stands before the first line of a drill, and runs it', () => {
    write('a.drill', passing);
    const before = run(['monitor', 'a.drill'], 'nodes\n');
    expect([before.status, before.out]).toEqual([0, expect.not.stringMatching(/eee0/)]);
    const after = run(['monitor', 'a.drill'], 'continue\nnodes\nevents message\n');
    expect(after.status).toBe(0);
    expect(after.out).toMatch(/eee0/);
    expect(after.out).toMatch(/hello/);
  });

  it('goes back and forward', () => {
    write('a.drill', passing);
    const { status, out } = run(['monitor', 'a.drill'], 'continue\ndigest\nback 3\nforward 3\ndigest\n');
    expect(status).toBe(0);
    const digests = out.match(/\b[0-9a-f]{16}\b/g) ?? [];
    expect(digests.length).toBeGreaterThanOrEqual(2);
    expect(new Set(digests.slice(0, digests.length / 2))).toEqual(new Set(digests.slice(digests.length / 2)));
  });

  it('saves a drill of the same digest', () => {
    const lines = `${passing}run 50ms\nsave saved.drill\ndigest\n`;
    const { status, out } = run(['monitor'], lines);
    expect([status, out]).toEqual([0, expect.stringMatching(/[0-9a-f]{16}/)]);
    const digest = /\b[0-9a-f]{16}\b/.exec(out)?.[0];
    expect(readFileSync(join(folder(), 'saved.drill'), 'utf8')).toMatch(/rmc_open client eee0:7/);
    const again = run(['drill', 'saved.drill', '--reporter', 'json']);
    expect(again.out).toContain(digest);
    const twice = run(['monitor'], lines);
    expect([twice.status, twice.out]).toEqual([1, expect.stringMatching(/error: line \d+: .*saved\.drill/)]);
    expect(run(['monitor'], lines.replace('save saved.drill', 'save saved.drill --force')).status).toBe(0);
  });

  it('saves a drill with checks for what came, which passes', () => {
    const { status, out } = run(['monitor'], `${passing}run 50ms\nsave seen.drill --expect\ndigest\n`);
    expect([status, out]).toEqual([0, expect.stringMatching(/^saved seen\.drill$/m)]);
    expect(readFileSync(join(folder(), 'seen.drill'), 'utf8')).toMatch(/^expect open_done --app client /m);
    const again = run(['drill', 'seen.drill', '--reporter', 'json']);
    expect([again.status, again.out]).toEqual([0, expect.stringContaining(/\b[0-9a-f]{16}\b/.exec(out)![0])]);
  });

  it('says why it cannot write a drill, and leaves the world as it was', () => {
    write('kept.drill', '# mine\n');
    for (const [file, why] of [
      ['kept.drill', /^error: line \d+: kept\.drill is there already; --force writes over it$/m],
      ['no/such/folder/x.drill', /^error: line \d+: there is no folder no\/such\/folder$/m],
      ['kept.drill/x.drill', /^error: line \d+: .*kept\.drill\/x\.drill/m],
      ['. --force', /^error: line \d+: \..*/m],
    ] as const) {
      const { status, out } = run(['monitor'], `${passing}digest\nsave ${file} --expect\ndigest\n`);
      expect([status, out]).toEqual([1, expect.stringMatching(why)]);
      const [before, state, after, stateAfter] = out.match(/\b[0-9a-f]{16}\b/g)!;
      expect([after, stateAfter]).toEqual([before, state]);
    }
    expect(readFileSync(join(folder(), 'kept.drill'), 'utf8')).toBe('# mine\n');
  });

  it('shows what is wrong in a drill, and does not start', () => {
    write('a.drill', 'nod x\n');
    const { status, out, err } = run(['monitor', 'a.drill'], 'nodes\n');
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^a\.drill:1:1: /);
  });
});
