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

/** Differences, a line each. */
const listed = (differences: readonly Difference[]): string[] =>
  differences.map(({ about, name, field, one, other }) => `${about}: ${name} ${field}: ${one} | ${other}`);

/** A session without a drill, and what stands beside it. */
function besideSession(by: FlipBy, ...lines: string[]): OtherRun {
  const makeWorld = () => new World({ seed: 1, extensions: rmcExtensions });
  const run = new Timeline({ language: words, makeWorld });
  for (const line of lines) expect(run.command(line).problem, line).toBeUndefined();
  return new OtherRun(run, by);
}

describe('all that differs', () => {
  it('S13 S17 S19 S20 D30 of failover.drill on R1.0.x: commands, who was told, sessions, nodes, in this order', () => {
    const { other } = besideAt(failover, 'release', 3_000_000);
    expect(other.nodes).toEqual(['ssc0', 'eee0', 'ssc1']);
    expect(listed(other.differences())).toEqual([
      'command: rmc_open client eee0:9 --abort_session: reopen:ssc1:9 | NULL: rmc_open has no abort_session in R1.0.x; it came with R1.1 (S19)',
      "command: rmc_send client.2 'hello again' --count 3 --every 50ms : taken | left out: there is no session client.2 (yet)",
      'told: client: that eee0 failed : by abort_session after 300.1 ms (D15 S20) | not told: it died itself',
      'told: standby: that ssc0 failed : by close_session after 350.1 ms (D15 D16) | had no session with it',
      'session: client.1 state: CLOSED | lost with its process',
      'session: client.1 freed by: nobody: it is freed | nobody: gone with its process',
      'session: client.1 its block is: freed | gone with its process',
      'session: client.2 : OPEN OPEN | not there',
      'session: standby/1 : ACCEPT CLOSED | not there',
      'node: ssc0 : SSC R1.1 off: client with RMC inside (gone) | SSC R1.0.x off: client with RMC inside (gone)',
      'node: eee0 : EEE R1.1 off: server (gone), RMC (gone) | EEE R1.0.x off: server (gone), RMC (gone)',
      'node: ssc1 : SSC R1.1 on: standby with RMC inside | SSC R1.0.x on: standby with RMC inside',
    ]);
  });

  it('D21 of a hang: an EEE’s RMC answers for the application, an SSC’s hangs with it; that without a drill', () => {
    const other = besideSession(
      'kind',
      ...['node a eee', 'node b ssc', 'app s --on a', 'app c --on b', 'app t --on b', 'rmc_listen s 9'],
      ...['rmc_open c a:9 --abort_session notify', 'rmc_open t a:9 --abort_session notify', 'run 10ms'],
      ...['hang s', 'run 500ms', 'kill t', 'launch t', 'run 1s'],
    );
    expect([other.title, other.nodes]).toEqual(['a as SSC', ['a']]);
    expect(listed(other.differences())).toEqual([
      'told: c: that s on a failed : not told: RMC answers for the hung application | by abort_session after 340.2 ms (D15 S20)',
      'told: t: that s on a failed : not told: it died itself | by abort_session after 340.2 ms (D15 S20)',
      'told: s: that t on b failed : not told: its session is closed | not told: no close_session to tell it',
      'session: c.1 state: OPEN | FAILED',
      'session: c.1 freed by: app c: after rmc_close | app c: rmc_close, then free',
      'session: s.1/1 placed by: RMC (EEE: always) | RMC (library)',
      'session: s.1/2 state: CLOSED | ESTABLISHED',
      'session: s.1/2 placed by: RMC (EEE: always) | RMC (library)',
      'session: s.1/2 freed by: nobody: it is freed | RMC; the app never',
      'session: s.1/2 its block is: freed | live',
      'memory: RMC on a live: 1 block | 2 blocks',
      'node: a : EEE R1.1 on: s (hangs), RMC | SSC R1.1 on: s with RMC inside (hangs)',
    ]);
  });

  it('S17 only nodes of another release are other, with nothing on them too', () => {
    const other = besideSession('release', 'node a eee --release R1.0.x', 'node b ssc', 'run 1ms');
    expect([other.title, other.nodes, other.restarts]).toEqual(['all on R1.0.x', ['b'], 0]);
    expect(listed(other.differences())).toEqual(['node: b : SSC R1.1 on | SSC R1.0.x on']);
  });

  it('S19 commands that set no release are given as they are', () => {
    const other = besideSession(
      'release',
      'node a eee',
      'node b ssc',
      'heal',
      'power off b',
      'power on b',
      'run 1s',
    );
    expect(other.differences().filter(({ about: what }) => what === 'command')).toEqual([]);
  });

  it('D19 D30 what failed only here is told apart from what failed there too', () => {
    const other = besideSession(
      'kind',
      ...['node a eee', 'node b ssc', 'app s --on a', 'app c --on b', 'app t --on b'],
      ...['rmc_listen s 9 --close_session notify', 'rmc_open c a:9 --abort_session notify', 'rmc_open t a:9'],
      ...['run 10ms', 'kill t', 'run 500ms', 'kill a.rmc', 'run 1ms'],
    );
    expect(about(other.differences(), 'c: that a failed')?.other).toBe('nothing failed here');
  });

  it('D30 a telling names the application and what failed, as the ledger has them', () => {
    const text = `node a ssc\nnode b ssc\napp s --on a\napp c --on b\nrmc_listen s 9\n
      rmc_open c a:9 --abort_session reopen:a:9 --as c\nrun 10ms\npower off a\nrun 350ms\n`;
    const { other } = besideAt(text, 'release', 400_000);
    const told = other.differences().filter(({ about: what }) => what === 'told');
    expect(told.map(({ name, told: of }) => [name, of])).toEqual([
      ['c: that a failed', { app: 'c', about: 'a' }],
    ]);
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
