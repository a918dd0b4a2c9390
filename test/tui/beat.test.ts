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

test('a world that keeps its pace is looked at and drawn 30 times a second', () => {
  const { seen, stop } = beating(true);
  vi.advanceTimersByTime(1_050);
  expect(seen.ticks).toBe(31);
  expect(seen.frames).toBe(31);
  // No time is lost between two looks.
  expect(seen.elapsedMs).toBe(50 + 30 * 33);
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

test('a world that is behind has all the time between frames, in moments', () => {
  let nowMs = 0;
  const frames: number[] = [];
  let ticks = 0;
  const stop = startBeat(
    {
      tick() {
        ticks += 1;
        nowMs += 12;
        return true;
      },
      isBehind: true,
      draw() {
        frames.push(nowMs);
        nowMs += 5;
      },
    },
    () => nowMs,
  );
  // The first turn comes with a timer, and each other one at once after it: keys are taken in between.
  for (let turn = 0; turn < 100; turn++) vi.advanceTimersToNextTimer();
  expect(ticks).toBe(100);
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([41]));
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
