import { describe, expect, it } from 'vitest';
import { parseDrill, runDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { plansOf } from '../model/harness/compare.js';
import { play } from '../model/harness/worlds.js';

const words = language();

const worldOf = (seed: number): World => new World({ seed, extensions: rmcExtensions });

function drillOf(text: string) {
  const parsed = parseDrill(text, 'test.drill', words);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems[0]));
  return parsed.drill;
}

/** A session in which an operator gave these lines. */
function sessionOf(lines: readonly string[], seed: number): Timeline {
  const timeline = new Timeline({ language: words, makeWorld: () => worldOf(seed) });
  for (const line of lines) timeline.command(line);
  return timeline;
}

function savedText(timeline: Timeline): string {
  const saved = timeline.save({ expect: true });
  if ('problem' in saved) throw new Error(saved.problem);
  return saved.text;
}

const PAIR = ['node ssc0 ssc', 'node eee0 eee', 'app client --on ssc0', 'app server --on eee0'];

describe('save --expect', () => {
  it('§3 whatever happened in a random world: the drill passes its checks, and comes to the digest of the session', () => {
    let checks = 0;
    for (const plan of plansOf(2026, 40)) {
      const timeline = sessionOf(play(plan).lines, plan.seed);
      timeline.back(plan.seed % 7);
      const text = savedText(timeline);
      const result = runDrill(worldOf(plan.seed), drillOf(text), words);
      expect(result.digest).toBe(timeline.world.log.digest());
      // What is wrong at the end was wrong in the session, and is said in the drill.
      const atEnd = result.failures.filter(({ command }) => command.startsWith('(at the end)'));
      expect(result.failures).toEqual(atEnd);
      expect(text.includes('# it fails, as the session does: (at the end)')).toBe(atEnd.length > 0);
      checks += result.checksPassed;
    }
    expect(checks).toBeGreaterThan(400);
  });

  it('D15, D30 says what each application was told, with no address and no time but the window', () => {
    const timeline = sessionOf(
      [
        ...PAIR,
        'rmc_listen server 9 --close_session notify',
        'rmc_open client eee0:9 --abort_session close',
        'run 10ms',
        'rmc_send client.1 hello --count 3',
        'run 10ms',
        'power off eee0',
        'run 1s',
      ],
      1,
    );
    const text = savedText(timeline);
    expect(text.split('\n').filter((line) => line.startsWith('expect '))).toEqual([
      'expect open_done --app client --session client.1 --status RMC_OK --within 200us',
      'expect message --app server --session server.1/1 --count 3 --within 105us',
      'expect io_done --app client --session client.1 --status RMC_OK --count 3 --within 200us',
      'expect abort_session --app client --session client.1 --reason silence --within 340200us',
      'expect learned --app client --session client.1 --about eee0 --how abort_session --rule S20 --within 340200us',
      'expect close_done --app client --session client.1 --status RMC_OK --within 340200us',
    ]);
    expect(text).not.toContain('# it fails');
    expect(runDrill(worldOf(1), drillOf(text), words)).toMatchObject({ passed: true, checksPassed: 6 });
  });

  it('S9, D28 a session with an error and a leak saves as a drill that says that it fails, and why', () => {
    const timeline = sessionOf(
      [
        ...PAIR.slice(0, 3),
        'rmc_listen client 9 --new_session heap --close_session never-free',
        'rmc_open client ssc0:9 --as self',
        'run 10ms',
        'rmc_close self --then-free',
        'run 10ms',
        'rmc_send client.1 late',
      ],
      1,
    );
    const text = savedText(timeline);
    expect(text).toMatch(
      /^# it fails, as the session does: \(at the end\) no memory error .*: memory error leak/m,
    );
    expect(text).toMatch(
      /^# it fails, as the session does: \(at the end\) no rmc_… call .*: rmc_send returned /m,
    );
    expect(text).toMatch(
      /^expect close_session --app client --session client\.1\/1 --rmc_free_session TRUE/m,
    );
  });
});
