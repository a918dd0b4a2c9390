import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySeries, MOST_POINTS, type SeriesState } from '../../emulator/memorySeries.js';
import { bed } from './bed.js';

const of = { space: 'a', owner: 'x', kind: 'app', node: 1 } as const;

interface Change {
  readonly timeUs: number;
  readonly blocks: number;
  readonly bytes: number;
}

/** What a series of that width has to hold, counted again from every change. */
function recount(changes: readonly Change[], widthUs: number): Omit<SeriesState, keyof typeof of> {
  const found = {
    widthUs,
    timesUs: [] as number[],
    blocks: [] as number[],
    bytes: [] as number[],
    peakBlocks: [] as number[],
    peakBytes: [] as number[],
  };
  let live = { blocks: 0, bytes: 0 };
  const starts = [...new Set(changes.map(({ timeUs }) => Math.floor(timeUs / widthUs) * widthUs))];
  for (const start of starts) {
    const inside = changes.filter(({ timeUs }) => timeUs >= start && timeUs < start + widthUs);
    const moments = [live];
    for (const { blocks, bytes } of inside) {
      live = { blocks: live.blocks + blocks, bytes: live.bytes + bytes };
      moments.push(live);
    }
    found.timesUs.push(start);
    found.blocks.push(live.blocks);
    found.bytes.push(live.bytes);
    found.peakBlocks.push(Math.max(...moments.map((one) => one.blocks)));
    found.peakBytes.push(Math.max(...moments.map((one) => one.bytes)));
  }
  return { ...found, liveBlocks: live.blocks, liveBytes: live.bytes };
}

describe('memory over time', () => {
  it('D28 a series says what was live after each change, and the most in between', () => {
    const clock = { nowUs: 0 };
    const series = new MemorySeries(of, clock);
    clock.nowUs = 10;
    series.change(1, 128);
    series.change(1, 64);
    series.change(-1, -128);
    clock.nowUs = 20;
    series.change(-1, -64);
    expect(series.state).toEqual({
      ...of,
      widthUs: 1,
      timesUs: [0, 10, 20],
      blocks: [0, 1, 0],
      bytes: [0, 64, 0],
      peakBlocks: [0, 2, 1],
      peakBytes: [0, 192, 64],
      liveBlocks: 0,
      liveBytes: 0,
    });
  });

  it('D28 however many changes there are, a series equals a recount, and stays small', () => {
    const step = fc.record({
      afterUs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1e6 })),
      bytes: fc.integer({ min: -3, max: 3 }).map((n) => n * 8),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 1200, size: 'max' }), (steps) => {
        const clock = { nowUs: 0 };
        const series = new MemorySeries(of, clock);
        const changes: Change[] = [{ timeUs: 0, blocks: 0, bytes: 0 }];
        for (const { afterUs, bytes } of steps) {
          clock.nowUs += afterUs;
          const change = { timeUs: clock.nowUs, blocks: Math.sign(bytes), bytes };
          changes.push(change);
          series.change(change.blocks, change.bytes);
        }
        expect(series.state.timesUs.length).toBeLessThanOrEqual(MOST_POINTS);
        expect(series.state).toEqual({ ...of, ...recount(changes, series.state.widthUs) });
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('D28 an owner that comes again under its name goes on with its series', () => {
    const { world } = bed(['a']);
    const first = world.memory.create('client', 1024);
    const one = first.owner('client', 'app', world.processes.start(1, 'client'), 1024);
    first.alloc(128, one);
    world.runTo(1000);
    world.memory.drop(first);
    world.runTo(2000);
    const second = world.memory.create('client', 1024);
    const two = second.owner('client', 'app', world.processes.start(1, 'client'), 1024);
    second.alloc(64, two);
    expect(world.memory.overTime).toHaveLength(1);
    expect(world.memory.overTime[0]).toMatchObject({
      owner: 'client',
      node: 1,
      timesUs: [0, 1000, 2000],
      bytes: [128, 0, 64],
      peakBytes: [128, 128, 64],
    });
  });
});
