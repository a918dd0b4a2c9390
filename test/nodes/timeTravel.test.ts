import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDrill, runDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { plansOf } from '../model/harness/compare.js';
import { play } from '../model/harness/worlds.js';

const words = language();

function drillOf(text: string) {
  const parsed = parseDrill(text, 'test.drill', words);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.drill;
}

const worldOf = (seed: number): World => new World({ seed, extensions: rmcExtensions });

function timelineOf(text: string, seed: number, spacingEvents?: number): Timeline {
  return new Timeline({
    language: words,
    makeWorld: () => worldOf(seed),
    ...(text === '' ? {} : { drill: drillOf(text) }),
    ...(spacingEvents === undefined ? {} : { checkpoints: { spacingEvents } }),
  });
}

/** A client and a server at work, and a node that has nothing to do with them. */
const LONG = `
  node far eee
  node near ssc
  node spare ssc
  app server --on far
  app client --on near
  app idle --on spare
  rmc_listen server 9 --on_message echo --as s
  rmc_open client far:9 --abort_session notify --as c
  rmc_open idle far:9 --as i
  expect session c OPEN --within 1s
  rmc_send c hello --count 300 --every 2ms
  run 1s
`;

/** Random worlds: both kinds and releases, all calls and behaviours, faults, crashes, power. */
const randomWorlds = (seed: number, count: number) =>
  plansOf(seed, count).map((plan) => ({ seed: plan.seed, text: `${play(plan).lines.join('\n')}\n` }));

describe('time travel over RMC nodes', () => {
  it('§2 whatever happened in a random world: back N and forward N is the same world, events and state', () => {
    for (const { seed, text } of randomWorlds(4711, 25)) {
      const timeline = timelineOf(text, seed, 25);
      const logs = [timeline.world.log.digest()];
      while (timeline.state === 'running' && timeline.step() > 0) logs.push(timeline.world.log.digest());
      // A state digest reads all memory of all nodes: some moments have to do.
      const states = new Map<number, string>();
      const moments = fc.array(fc.nat(logs.length - 2), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(moments, (wanted) => {
          for (const moment of wanted) {
            if (moment < timeline.steps) timeline.back(timeline.steps - moment);
            else timeline.forward(moment - timeline.steps);
            expect([timeline.steps, timeline.world.log.digest()]).toEqual([moment, logs[moment]]);
            const state = timeline.world.stateDigest();
            expect(states.get(moment) ?? state).toBe(state);
            states.set(moment, state);
          }
        }),
        { numRuns: 3 },
      );
      // And against a run that never went back.
      const fresh = timelineOf(text, seed, 1_000_000);
      for (const moment of [...states.keys()].sort((one, other) => one - other)) {
        fresh.step(moment - fresh.steps);
        expect(fresh.world.stateDigest()).toBe(states.get(moment));
      }
    }
  });

  it('§2 whatever was gone back over: running on from there ends as a run that never went back', () => {
    for (const { seed, text } of randomWorlds(815, 30)) {
      const whole = runDrill(worldOf(seed), drillOf(text), words);
      const timeline = timelineOf(text, seed, 40);
      for (const moments of [30, 200, 100, 400]) {
        timeline.play({ moments });
        timeline.back(Math.floor(moments / 3));
      }
      timeline.play({});
      expect(timeline.world.log.digest()).toBe(whole.digest);
    }
  });

  it('D20: 500 events back, another node’s power off, and on: as a fresh run with that command there', () => {
    const timeline = timelineOf(LONG, 1, 200);
    timeline.play({});
    const { count } = timeline.world.log;
    expect(count).toBeGreaterThan(1_000);
    timeline.gotoEvent(count - 500);
    expect(timeline.command('power off spare').problem).toBeUndefined();
    timeline.play({ untilUs: timeline.world.nowUs + 2_000_000 });
    const saved = timeline.save();
    if ('problem' in saved) throw new Error(saved.problem);
    const fresh = runDrill(worldOf(1), drillOf(saved.text), words);
    expect(fresh.digest).toBe(timeline.world.log.digest());
    expect(saved.text).toContain('power off spare');
  });

  it('§4 a limit that stops RMC in the middle of its work: what goes back over it works as before', () => {
    const script = LONG.replace('run 1s', '').trim();
    const limited = new Timeline({
      language: words,
      makeWorld: () => new World({ extensions: rmcExtensions, limits: { keptTextBytes: 700 } }),
    });
    for (const line of script.split('\n')) expect(limited.command(line.trim()).problem).toBeUndefined();
    const { problem } = limited.command('run 1s');
    expect(problem).toMatch(/^limit reached: more than 700 bytes/);
    const { count } = limited.world.log;
    expect(limited.command('power off spare').problem).toBe(`refused: ${problem}; go back first`);
    expect(limited.world.log.count).toBe(count);
    limited.command('back 20');
    limited.forward(19);
    const free = timelineOf('', 1);
    for (const line of script.split('\n')) free.command(line.trim());
    free.step(limited.steps - free.steps);
    expect(limited.world.log.digest()).toBe(free.world.log.digest());
  });

  it('§4 a command that a limit stops in the middle leaves the world as it was', () => {
    const limited = new Timeline({
      language: words,
      makeWorld: () => new World({ extensions: rmcExtensions, limits: { queueEntries: 9 } }),
      checkpoints: { spacingEvents: 5 },
    });
    const free = timelineOf('', 1);
    for (const timeline of [limited, free]) {
      for (const line of LONG.slice(0, LONG.indexOf('rmc_send')).trim().split('\n')) {
        expect(timeline.command(line.trim()).problem, line).toBeUndefined();
      }
    }
    expect(limited.command('rmc_send c hello --count 50').problem).toMatch(/^refused: limit reached/);
    for (const timeline of [limited, free]) {
      timeline.command('rmc_send c later');
      timeline.command('run 100ms');
    }
    expect(limited.world.log.digest()).toBe(free.world.log.digest());
  });

  it('§2 whatever a random world did: a command after going back is as a fresh run with that command there', () => {
    for (const { seed, text } of randomWorlds(99, 25)) {
      const timeline = timelineOf(text, seed, 30);
      timeline.play({ moments: 400 });
      timeline.back(Math.min(timeline.steps, 100));
      const node = [...timeline.scope.names('node')].at(-1);
      if (node === undefined) continue;
      timeline.command(`power off ${node}`);
      timeline.play({ moments: 200 });
      const saved = timeline.save();
      // Its last lines may already have asked for what only the end shows.
      if ('problem' in saved) continue;
      const fresh = timelineOf(saved.text, seed);
      fresh.play({});
      expect(fresh.world.log.digest()).toBe(timeline.world.log.digest());
      expect(fresh.world.stateDigest()).toBe(timeline.world.stateDigest());
    }
  });
});
