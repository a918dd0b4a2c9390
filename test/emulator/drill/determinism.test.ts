import { describe, expect, it } from 'vitest';
import { checkDeterminism } from '../../../emulator/index.js';
import { drillOf, toyLanguage, toyWorld } from './toy.js';

const DRILL = 'toy a\ntoy b\nping a b\nexpect ponged\ntick a 3000\nrun 100ms\n';

describe('checkDeterminism', () => {
  it('§2 two runs of a drill are the same', () => {
    const { result, difference } = checkDeterminism(() => toyWorld(), drillOf(DRILL), toyLanguage);
    expect(difference).toBeUndefined();
    expect(result).toMatchObject({ passed: true, exitCode: 0 });
  });

  it('§2 a run that differs is found, with the first event that differs and exit code 3', () => {
    let seed = 0;
    const makeWorld = () => {
      seed += 1;
      return toyWorld(seed);
    };
    const { result, difference } = checkDeterminism(makeWorld, drillOf(DRILL), toyLanguage);
    expect(result).toMatchObject({ passed: false, exitCode: 3 });
    const first = difference?.event ?? 0;
    // Up to the first tick nothing is drawn, so both runs have the pings in common.
    expect(first).toBeGreaterThan(10);
    const [one, other] = difference?.views ?? [];
    expect(one?.text).not.toBe(other?.text);
    expect(result.failures[0]?.message).toContain(`part at event @${first}`);
  });
});

describe('a log that takes an event back', () => {
  it('§2 is as if the event had never been', () => {
    const world = toyWorld();
    world.command('one');
    const before = [world.log.count, world.log.digest(), world.log.countOf(world.eventType('command'))];
    const mark = world.log.mark();
    world.command('two');
    expect(world.log.takeBack(mark)).toBe(true);
    expect([world.log.count, world.log.digest(), world.log.countOf(world.eventType('command'))]).toEqual(
      before,
    );
    const other = toyWorld();
    for (const one of [world, other]) one.command('three');
    other.command('one');
    world.command('four');
    expect(world.log.read(2).fields.get('text')).toBe('three');
    expect(world.log.count).toBe(3);
  });

  it('§2 also at the end of a chunk, and only when it was the one event since', () => {
    const world = toyWorld();
    for (let n = 0; n < 2_048; n += 1) world.command(`c${n}`);
    const digest = world.log.digest();
    const mark = world.log.mark();
    world.command('last');
    expect(world.log.takeBack(mark)).toBe(true);
    expect(world.log.digest()).toBe(digest);
    world.command('again');
    world.command('and again');
    expect(world.log.takeBack(mark)).toBe(false);
    expect(world.log.read(2_049).fields.get('text')).toBe('again');
  });
});
