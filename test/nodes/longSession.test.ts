import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits, parseDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';

const words = language();
const KEPT = 6_000;

/** An SSC that sends to an EEE: some 28,000 events. */
const DRILL = `node a ssc
node b eee
app client --on a
app server --on b
rmc_listen server 9 --as s
rmc_open client b:9 --as c
expect session c OPEN --within 1s
rmc_send c hello --count 4000 --every 100us
run 500ms
`;

function timelineOf(mode: 'recent' | 'kept', recentEvents = KEPT): Timeline {
  const parsed = parseDrill(DRILL, 'test.drill', words);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return new Timeline({
    language: words,
    drill: parsed.drill,
    makeWorld: () =>
      new World({
        ...{ seed: 1, log: mode, extensions: rmcExtensions },
        limits: { ...defaultLimits, recentEvents },
      }),
    checkpoints: { spacingEvents: 500 },
  });
}

function atEnd(mode: 'recent' | 'kept' = 'recent'): Timeline {
  const timeline = timelineOf(mode);
  timeline.play({});
  return timeline;
}

describe('a session that lasts longer than its log', () => {
  it('§2 it lets go of the oldest events, and is the same run as one that keeps all', () => {
    const [recent, kept] = [atEnd('recent'), atEnd('kept')];
    const { log } = recent.world;
    expect(log.count).toBeGreaterThan(4 * KEPT);
    expect(log.count - log.firstKept).toBeGreaterThanOrEqual(KEPT - 1);
    expect(log.count - log.firstKept).toBeLessThan(KEPT + 2 * 2048);
    expect(log.digest()).toBe(kept.world.log.digest());
    expect(log.read(log.firstKept)).toEqual(kept.world.log.read(log.firstKept));
  });

  it('§2 it goes back and forward over what is kept, to the same world, as often as one likes', () => {
    const timeline = atEnd();
    const end = timeline.world.log.digest();
    const kept = atEnd('kept');
    const { events } = timeline.oldest;
    fc.assert(
      fc.property(fc.integer({ min: events + 1, max: timeline.lastEvent }), (event) => {
        expect(timeline.command(`goto @${event}`).problem).toBeUndefined();
        kept.gotoEvent(event);
        expect(timeline.world.log.digest()).toBe(kept.world.log.digest());
        expect(timeline.world.stateDigest()).toBe(kept.world.stateDigest());
      }),
      { numRuns: 20 },
    );
    timeline.gotoEvent(timeline.lastEvent);
    timeline.forward(timeline.horizon);
    expect(timeline.world.log.digest()).toBe(end);
  });

  it('§2 it says from where on one can go back, and stays where it is', () => {
    const timeline = atEnd();
    const digest = timeline.world.log.digest();
    const { events, position } = timeline.oldest;
    for (const line of ['goto @1', `goto @${events}`, 'goto 0s', `back ${timeline.steps}`]) {
      expect(timeline.command(line).problem, line).toContain(
        `the first ${events} events are no longer kept; one can go back to @${events + 1}`,
      );
      expect(timeline.world.log.digest()).toBe(digest);
    }
    const left = timeline.steps - position.moment;
    expect(timeline.command(`back ${left + 1}`).problem).toMatch(new RegExp(`, ${left} steps back$`));
    expect(timeline.command(`back ${left}`).problem).toBeUndefined();
    expect(timeline.position).toEqual(position);
    expect(timeline.command('back').problem).toContain('0 steps back');
  });

  it('§2 a log too short for a way back to the last checkpoint is a mistake of the program', () => {
    expect(() => timelineOf('recent', 1_000)).toThrow('recentEvents is 1000: it has to be 1500 or more');
    expect(() => timelineOf('recent', 1_500)).not.toThrow();
  });

  it('§2 what would need the whole run is refused with the reason; a branch of what is kept is not', () => {
    const timeline = atEnd();
    timeline.gotoEvent(timeline.world.log.count - 100);
    expect(timeline.command('power off b').problem).toBeUndefined();
    timeline.command('run 1ms');
    expect(timeline.command('diff main').problem).toContain('the run is too long');
    expect(timeline.command('branch main').problem).toBeUndefined();
    expect(timeline.world.log.digest()).toBe(atEnd('kept').world.log.digest());
    const saved = timeline.save({ expect: true });
    expect('problem' in saved && saved.problem).toContain('are no longer kept: save without --expect');
    expect(timeline.save()).toHaveProperty('text');
    const old = timeline.command('why @1').problem ?? timeline.command('why @1').lines.join('\n');
    expect(old).not.toContain('--log kept');
  });
});
