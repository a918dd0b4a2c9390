import { describe, expect, test } from 'vitest';
import { LogIndex } from '../../tui/reading/logIndex.js';
import { PlotData } from '../../tui/reading/plotData.js';
import { Scrubber } from '../../tui/reading/scrubber.js';
import { Story } from '../../tui/reading/story.js';
import { PART_LIMIT, TrafficIndex } from '../../tui/reading/trafficIndex.js';
import type { UiSource } from '../../tui/run/source.js';
import { appOn, press, rowsOf } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';
import { manyFrames } from './support/trafficSource.js';

/** A run of much traffic; more events than are read in one call. */
function busy(): ReturnType<typeof sourceOf> {
  const source = sourceOf();
  const lines = ['node a ssc', 'node b eee', 'app c --on a', 'app s --on b', 'rmc_listen s 9 --as s'];
  for (const line of [
    ...lines,
    'rmc_open c b:9 --as x',
    'run 10ms',
    'rmc_send x hello --count 1500',
    'run 1s',
  ])
    expect(source.command(line).problem, line).toBeUndefined();
  expect(source.eventCount()).toBeGreaterThan(2 * PART_LIMIT);
  return source;
}

/** The numbers of the events that were read of a source. */
function watched<Source extends UiSource>(source: Source): number[] {
  const read: number[] = [];
  const eventName = source.eventName.bind(source);
  source.eventName = (number) => {
    read.push(number);
    return eventName(number);
  };
  return read;
}

/** Reads until there is no more. */
function readAll(reader: { sync(source: UiSource): unknown }, source: UiSource): void {
  while (reader.sync(source) === true);
}

/** Everything that has been read. */
class Readers {
  readonly log = new LogIndex();
  readonly traffic = new TrafficIndex();
  readonly plots = new PlotData();
  readonly story = new Story();
  readonly scrubber = new Scrubber();

  constructor() {
    this.log.setDetails(true);
  }

  /** Those that are read always, and of the others the ones that `looks` says. */
  read(source: UiSource, looks: (which: 'traffic' | 'plots' | 'story') => boolean): void {
    readAll(this.log, source);
    this.scrubber.sync(source);
    if (looks('story')) this.story.sync(source);
    if (looks('traffic')) readAll(this.traffic, source);
    if (looks('plots')) readAll(this.plots, source);
  }

  found(source: UiSource): unknown {
    const view = source.view();
    const count = source.eventCount();
    return {
      log: this.log.numbers,
      frames: this.traffic.all,
      plots: this.plots.plots(source, view),
      told: this.story.latest?.caption(view),
      changes: view.sessions.map(({ name }) => [name, this.story.lastChange(name)]),
      marks: this.scrubber.shown.filter(({ event }) => event <= count),
    };
  }
}

/** Numbers that look like chance, the same ones each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

describe('going back', () => {
  test('leaves what was read before that place: nothing of it is read again', () => {
    const source = busy();
    const [log, traffic, story] = [new LogIndex(), new TrafficIndex(), new Story()];
    for (const reader of [log, traffic, story]) readAll(reader, source);
    const whole = source.eventCount();
    const read = watched(source);
    source.command('back 3');
    expect(source.eventCount()).toBeLessThan(whole);
    for (const reader of [log, traffic, story])
      expect(reader.sync(source), reader.constructor.name).not.toBe(true);
    expect(read).toEqual([]);
    expect(traffic.note).toBe('');
    source.command('forward 3');
    const back = source.eventCount();
    for (const reader of [log, traffic, story]) reader.sync(source);
    expect(read.length).toBeGreaterThan(0);
    expect(Math.min(...read)).toBeGreaterThan(back - 50);
  });

  test('one step in the pane of traffic leaves nothing to be read', () => {
    const app = appOn(busy(), 120, 40);
    press(app, '7');
    for (let turn = 0; turn < 50 && app.tick(50, () => 0); turn++);
    expect(rowsOf(app).join('\n')).not.toContain('reading:');
    press(app, ',');
    expect(rowsOf(app).join('\n')).not.toContain('reading:');
  });

  test('of another branch only what comes after the place where the two part is read', () => {
    const source = busy();
    const traffic = new TrafficIndex();
    readAll(traffic, source);
    source.command('back 100');
    const parting = source.eventCount();
    source.command('kill s');
    const read = watched(source);
    expect(traffic.sync(source)).toBe(false);
    expect(read[0]).toBe(parting + 1);
  });

  test('what was left out of a very long log is read where the run goes back to it', () => {
    const source = manyFrames(150_000);
    const log = new LogIndex();
    log.setDetails(true);
    log.sync(source);
    expect(log.numbers[0]).toBe(100_001);
    source.count = 299_000;
    log.sync(source);
    expect([log.numbers[0], log.numbers.at(-1)]).toEqual([100_001, 299_000]);
    source.count = 101_000;
    log.sync(source);
    expect([log.numbers[0], log.numbers.at(-1)]).toEqual([1, 101_000]);
  });

  test('frames that were let go of are read again where the run goes back to them', () => {
    const source = manyFrames(20_000);
    const traffic = new TrafficIndex({ events: 200_000, frames: 8_000 });
    readAll(traffic, source);
    const first = traffic.all[0]?.number ?? 0;
    expect(first).toBeGreaterThan(20_000);
    source.count = first + 100;
    readAll(traffic, source);
    expect(traffic.all.length).toBeGreaterThan(2_000);
    expect(traffic.all.at(-1)?.number).toBe(first + 99 + ((first + 100) % 2));
  });
});

describe('whichever way the run goes', () => {
  const commands = (pick: (below: number) => number): readonly string[] => {
    const node = ['ssc0', 'ssc1', 'eee0'][pick(3)];
    const changes = [`power off ${node}`, `power on ${node}`, 'kill client', 'rmc_send client.1 x'];
    const moves = [`back ${1 + pick(30)}`, `forward ${1 + pick(20)}`, `goto ${pick(2_600)}ms`, 'step 5'];
    const of = (list: readonly string[]): string => list[pick(list.length)] ?? '';
    switch (pick(6)) {
      case 0:
        return [of(changes)];
      case 1:
        return [`branch ${pick(4) === 0 ? 'main' : `b${2 + pick(8)}`}`];
      case 2:
        // Two branches in one command.
        return ['repeat 2', `back ${1 + pick(20)}`, of(changes), 'end'];
      case 3:
        return [`run ${pick(400)}ms`];
      default:
        return [of(moves)];
    }
  };

  test.each([1, 2, 3, 4, 5, 6])('what was read is what a first reading finds: %i', (seed) => {
    const pick = chance(seed * 7_919);
    const source = sourceOf('failover.drill');
    const readers = new Readers();
    const branches = new Set<string>();
    for (let turn = 0; turn < 60; turn++) {
      // What is wrong or refused changes nothing, and is no harm here.
      for (const line of commands(pick)) source.command(line);
      branches.add(source.horizon().branch);
      readers.read(source, () => pick(3) === 0);
      if (turn % 4 > 0) continue;
      readers.read(source, () => true);
      const fresh = new Readers();
      fresh.read(source, () => true);
      expect(readers.found(source), `turn ${turn}`).toEqual(fresh.found(source));
    }
    expect(branches.size).toBeGreaterThan(1);
  });
});
