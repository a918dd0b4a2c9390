import { describe, expect, it } from 'vitest';
import { failing, newPlace, passing } from './command.js';

const { write, run } = newPlace();

describe('ui without a terminal', () => {
  it('prints the run of a drill as a timeline, then the ledger, and ends', () => {
    write('a.drill', passing);
    const { status, out, err } = run(['ui', 'a.drill']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^a\.drill, seed 1: time in seconds, event, who, what\n/);
    expect(out).toMatch(/^0\.000 000 +\d+ +> node ssc0 ssc$/m);
    expect(out).toMatch(/^\d\.\d{3} \d{3} +\d+ +server +gets "hello" on server\.1\/1 +because \d+$/m);
    expect(out).not.toMatch(/HEARTBEAT|frame_sent|alloc/);
    expect(out).toMatch(/^Nothing failed, so there was nothing to learn\.$/m);
    expect(out).toMatch(/^ +SESSION +TYPE +STATE +BLOCK +PLACED BY +WHO FREES IT, AND WHEN/m);
    expect(out).toMatch(/\npassed: .* digest [0-9a-f]{16}\n$/);
  });

  it('is what the program does with a drill and no command', () => {
    write('a.drill', passing);
    expect(run(['a.drill']).out).toBe(run(['ui', 'a.drill']).out);
  });

  it('ends with the exit status of the drill', () => {
    write('a.drill', failing);
    const { status, out } = run(['ui', 'a.drill']);
    expect(status).toBe(1);
    expect(out).toMatch(/^FAILED at a\.drill:10:1 expect abort_session/m);
  });

  it('shows the built-in scenario: who was told that eee0 died, and who was not', () => {
    const started = performance.now();
    const { status, out, err } = run([]);
    expect([status, err]).toEqual([0, '']);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(out).toMatch(/^Who has learned that eee0 lost its power/m);
    expect(out).toMatch(/^ +told +client .*abort_session .*S20/m);
    expect(out).toMatch(/^ +NEVER +old +ssc2 +R1\.0\.x/m);
  });

  it('shows what is wrong in a drill', () => {
    write('a.drill', 'nod x\n');
    const { status, out, err } = run(['a.drill']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^a\.drill:1:1: .*did you mean "node"/);
  });
});
