import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startBeat } from '../../tui/run/beat.js';

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A world that keeps its pace, and what the beat did with it. */
function beating(changes: boolean) {
  const seen = { ticks: 0, frames: 0, elapsedMs: 0 };
  const stop = startBeat({
    tick(elapsedMs) {
      seen.ticks += 1;
      seen.elapsedMs += elapsedMs;
      return changes;
    },
    isBehind: false,
    draw() {
      seen.frames += 1;
    },
  });
  return { seen, stop };
}

test('a world that keeps its pace is looked at and drawn 25 times a second', () => {
  const { seen, stop } = beating(true);
  vi.advanceTimersByTime(1_050);
  expect(seen.ticks).toBe(26);
  expect(seen.frames).toBe(26);
  // No time is lost between two looks.
  expect(seen.elapsedMs).toBe(1_050);
  stop();
});

test('a world that stands is looked at, and not drawn', () => {
  const { seen, stop } = beating(false);
  vi.advanceTimersByTime(1_000);
  expect(seen.ticks).toBe(20);
  expect(seen.frames).toBe(0);
  stop();
  vi.advanceTimersByTime(1_000);
  expect(seen.ticks).toBe(20);
});

test('a world that is behind has all the time between frames, in moments', async () => {
  vi.useRealTimers();
  let ticks = 0;
  let frames = 0;
  const stop = startBeat({
    tick() {
      ticks += 1;
      const end = performance.now() + 2;
      while (performance.now() < end);
      return true;
    },
    isBehind: true,
    draw() {
      frames += 1;
    },
  });
  const end = performance.now() + 400;
  let turns = 0;
  while (performance.now() < end) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  stop();
  expect(ticks).toBeGreaterThan(3 * frames);
  expect(frames).toBeGreaterThan(1);
  expect(frames).toBeLessThanOrEqual(11);
  // Others had their turn after each moment.
  expect(turns).toBeGreaterThanOrEqual(ticks);
  const after = ticks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ticks).toBe(after);
});
