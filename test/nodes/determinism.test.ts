import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LogMode, parseDrill, runDrill, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { kinds, lab } from './lab.js';

const failover = readFileSync(new URL('../../drills/failover.drill', import.meta.url), 'utf8');

function runOf(seed: number, log: LogMode): { digest: string; state: string; passed: boolean } {
  const commands = language();
  const parsed = parseDrill(failover, 'failover.drill', commands);
  if ('problems' in parsed) throw new Error('the built-in scenario cannot be read');
  const world = new World({ seed, log, extensions: rmcExtensions });
  const { digest, passed } = runDrill(world, parsed.drill, commands);
  return { digest, state: world.stateDigest(), passed };
}

/** A run in which chance decides much. */
function noisy(kind: string, seed: number, log: LogMode = 'kept') {
  return lab(
    `
      node far ${kind}
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9 --on_message echo --as s
      rmc_open client far:9 --as c
      run 10ms
      link loss 20%
      link jitter 1ms
      inject duplicate --probability 30%
      rmc_send c --count 50
      run 5s
    `,
    { seed, log },
  );
}

describe('determinism', () => {
  it('§2 the failover scenario has one digest in one process, in every log mode', () => {
    const first = runOf(1, 'kept');
    expect(first.passed).toBe(true);
    expect(runOf(1, 'kept')).toEqual(first);
    expect(runOf(1, 'counted')).toEqual(first);
    expect(runOf(1, 'off')).toEqual(first);
  });

  describe.each(kinds)('on an %s', (kind) => {
    it('§2 chance comes from the seed alone', () => {
      const one = noisy(kind, 7);
      const other = noisy(kind, 7);
      expect(other.digest()).toBe(one.digest());
      expect(other.world.stateDigest()).toBe(one.world.stateDigest());
      expect(noisy(kind, 8).digest()).not.toBe(one.digest());
      expect(noisy(kind, 7, 'off').digest()).toBe(one.digest());
    });

    it('§2 a node more does not disturb what the others draw', () => {
      const drops = (lines: string) =>
        lab(`
          node far ${kind}
          node near ssc
          ${lines}
          app server --on far
          app client --on near
          rmc_listen server 9 --as s
          rmc_open client far:9 --as c
          run 10ms
          link loss 30% --from near --to far
          link loss 30% --from far --to near
          rmc_send c --count 40
          run 2s
        `)
          .events('frame_dropped')
          .map((event) => event.timeUs);
      expect(drops('node third ssc\napp other --on third\nrmc_open other far:8')).toEqual(drops(''));
    });

    it('§2 the state digest tells two moments apart, and looking changes nothing', () => {
      const emulator = noisy(kind, 1);
      const before = emulator.world.stateDigest();
      const log = emulator.digest();
      emulator.command('sessions\nnodes\nlearned\nmemory far\nevents\ndigest');
      emulator.view();
      expect(emulator.world.stateDigest()).toBe(before);
      expect(emulator.digest()).toBe(log);
      emulator.command('rmc_send c more');
      expect(emulator.world.stateDigest()).not.toBe(before);
    });
  });

  it('§2 what is due at one instant runs in the order in which it was made', () => {
    const emulator = lab(`
      node a ssc
      node b ssc
      node c ssc
      app one --on a
      app two --on b
      app server --on c
      rmc_listen server 9 --as s
      rmc_open two c:9 --as second
      rmc_open one c:9 --as first
      run 10ms
      rmc_send second b
      rmc_send first a
      run 10ms
    `);
    const sessions = emulator.events('message').map((event) => event.fields.get('text'));
    expect(sessions).toEqual(['b', 'a']);
    expect(emulator.sessions().map((session) => session.name)).toEqual([
      's',
      'second',
      'first',
      's/1',
      's/2',
    ]);
  });
});
