import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { type Difference, type FlipBy, OtherRun, rmcExtensions } from '../../nodes/index.js';
import { repository } from '../support/drillBook.js';

const words = language();

function timelineOf(text: string): Timeline {
  const parsed = parseDrill(text, 'test.drill', words);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return new Timeline({
    language: words,
    drill: parsed.drill,
    makeWorld: () => new World({ seed: 1, extensions: rmcExtensions }),
  });
}

const failover = readFileSync(join(repository, 'drills', 'failover.drill'), 'utf8');

/** The run at a time, with the other one beside it there. */
function besideAt(text: string, by: FlipBy, timeUs: number): { run: Timeline; other: OtherRun } {
  const run = timelineOf(text);
  run.gotoTime(timeUs);
  return { run, other: new OtherRun(run, by) };
}

const about = (differences: readonly Difference[], name: string, field = ''): Difference | undefined =>
  differences.find((one) => one.name === name && one.field === field);

/** All nodes and sessions there, in words. */
const kindsOf = (run: Timeline): string => run.command('nodes').lines.join('\n');

describe('the other kind beside a run', () => {
  it('S7 S14 D19 nodes that listen are flipped; new_session, which an EEE has not, counts as NULL and is told', () => {
    const { other } = besideAt(failover, 'kind', 1_500_000);
    expect(other.title).toBe('eee0 as SSC, ssc1 as EEE');
    expect(kindsOf(other.timeline)).toMatch(/eee0 +ssc[\s\S]*ssc1 +eee/i);
    const differences = other.differences();
    const [first] = differences;
    expect(first).toMatchObject({
      about: 'command',
      name: 'rmc_listen standby 9',
      field: '--new_session',
      one: 'heap',
    });
    expect(first?.other).toMatch(/^NULL: .*no new_session.*\(S14\)$/);
    expect(about(differences, 'standby/1', 'placed by')).toMatchObject({
      one: 'app standby, in new_session',
      other: 'RMC (EEE: always)',
    });
    expect(about(differences, 'standby/1', 'freed by')?.other).toBe('RMC; the app never');
    expect(about(differences, 'standby', 'live')).toMatchObject({ one: '2 blocks', other: '1 block' });
    expect(about(differences, 'eee0')?.one).toBe('EEE R1.1 off: server (gone), RMC (gone)');
    expect(about(differences, 'eee0')?.other).toBe('SSC R1.1 off: server with RMC inside (gone)');
  });

  it('D19 a failure of an RMC process cannot be on an SSC: the command is left out, and told', () => {
    const text = `node a eee\nnode b ssc\napp server --on a\napp client --on b
      rmc_listen server 9\nrmc_open client a:9\nrun 10ms\nkill a.rmc\nrun 10ms`;
    const { other } = besideAt(text, 'kind', 20_000);
    const differences = other.differences();
    expect(differences[0]).toMatchObject({ about: 'command', name: 'kill a.rmc', one: 'taken' });
    expect(differences[0]?.other).toMatch(/^left out: .*\(D19\)$/);
    expect(about(differences, 'server.1/1', 'state')).toMatchObject({
      one: 'CLOSED',
      other: 'ESTABLISHED',
    });
    expect(about(differences, 'client: that a failed')?.other).toBe('nothing failed here');
  });

  it('where nobody listens all nodes are flipped', () => {
    const { other } = besideAt('node a eee\nnode b ssc\nrun 1ms', 'kind', 1_000);
    expect(other.title).toBe('a as SSC, b as EEE');
  });

  it('a node whose words are written another way, or made in a repeat, is flipped too', () => {
    const text =
      `repeat 2\nnode \${i}a --release R1.1 ssc\nend\napp s --on a1\nrmc_listen s 9\nrun 1ms`.replace(
        /\$\{i\}a/,
        'a$' + '{i}',
      );
    const { other } = besideAt(text, 'kind', 1_000);
    expect(other.title).toBe('a1 as EEE');
    expect(kindsOf(other.timeline)).toMatch(/a1 +eee[\s\S]*a2 +ssc/i);
  });
});

describe('the other release beside a run', () => {
  it('S17 S19 S20 without abort_session the client is not told, and its session stays', () => {
    const { other } = besideAt(failover, 'release', 1_500_000);
    expect(other.title).toBe('all on R1.0.x');
    const differences = other.differences();
    expect(differences[0]).toMatchObject({ name: 'rmc_open client eee0:9', field: '--abort_session' });
    expect(differences[0]?.other).toMatch(/\(S19\)$/);
    const told = about(differences, 'client: that eee0 failed');
    expect(told?.one).toMatch(/^by abort_session after 300/);
    expect(told?.other).toMatch(/^not told/);
    expect(about(differences, 'client.1', 'state')).toMatchObject({ one: 'CLOSED', other: 'OPEN' });
  });

  it('S17 a run that is all R1.0.x stands beside R1.1; a restart with a release gets the other one too', () => {
    const text = `node a eee --release R1.0.x\nnode b ssc --release R1.0.x\nrun 1ms
      power off a\nrun 1ms\npower on a --release R1.0.x\nrun 1s`;
    const { other } = besideAt(text, 'release', 1_002_000);
    expect(other.title).toBe('all on R1.1');
    expect(kindsOf(other.timeline)).not.toContain('R1.0.x');
  });
});

describe('in lockstep', () => {
  it('the same command comes at the same time, though what the drill waits for never comes there', () => {
    // An R1.0.x sends no heartbeats, for which failover.drill waits.
    const { run, other } = besideAt(failover, 'release', 3_000_000);
    const timesOf = (timeline: Timeline): string[] =>
      timeline
        .command('events command')
        .lines.map((line) => /^\s*(\S+ \S+).*power off (\w+)/.exec(line)?.slice(1).join(' ') ?? '')
        .filter((text) => text !== '');
    expect(timesOf(run)).toHaveLength(2);
    expect(timesOf(other.timeline)).toEqual(timesOf(run));
  });

  it('at time 0 it has as many nodes as the run has so far', () => {
    const run = timelineOf(failover);
    const other = new OtherRun(run, 'kind');
    for (const nodes of [1, 2, 3]) {
      run.step();
      other.follow();
      expect(other.timeline.world.nodes.count).toBe(nodes);
    }
    run.back();
    other.follow();
    expect(other.timeline.world.nodes.count).toBe(2);
  });

  it('§2 whatever the session does, it stands at the same time, as one made anew would', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('goto' as const), timeUs: fc.nat(3_000_000) }),
      fc.record({ kind: fc.constant('back' as const), count: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ kind: fc.constant('run' as const), count: fc.integer({ min: 1, max: 60 }) }),
      fc.record({
        kind: fc.constant('give' as const),
        text: fc.constantFrom(
          'power off eee0',
          'hang server',
          'kill client',
          'kill eee0.rmc',
          'cut ssc0 ssc1',
        ),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom<FlipBy>('kind', 'release'),
        (steps, by) => {
          const run = timelineOf(failover);
          const other = new OtherRun(run, by);
          for (const one of steps) {
            if (one.kind === 'goto') run.gotoTime(one.timeUs);
            else if (one.kind === 'back') run.back(one.count);
            else if (one.kind === 'run') run.play({ moments: one.count });
            else run.command(one.text);
            other.follow();
            expect(other.timeline.world.nowUs).toBe(run.world.nowUs);
          }
          const anew = new OtherRun(run, by);
          expect(other.timeline.world.log.digest()).toBe(anew.timeline.world.log.digest());
          expect(other.differences()).toEqual(anew.differences());
        },
      ),
      { numRuns: 20 },
    );
  });
});
