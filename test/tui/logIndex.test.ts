import { expect, test } from 'vitest';
import { FILTER_PART, LogIndex } from '../../tui/reading/logIndex.js';
import { manyFrames } from './support/trafficSource.js';

test('a filter reads a long log in parts, and comes to its end', () => {
  const source = manyFrames(FILTER_PART);
  const log = new LogIndex();
  log.setFilter('frame_sent');
  expect(log.sync(source)).toBe(true);
  expect(log.numbers).toHaveLength(FILTER_PART / 2);
  expect(log.sync(source)).toBe(false);
  expect(log.numbers).toHaveLength(FILTER_PART);
  expect(log.numbers.at(-1)).toBe(2 * FILTER_PART - 1);
});

test('without a filter a log is read at once; frames are left out, or shown with all else', () => {
  const source = manyFrames(FILTER_PART);
  const log = new LogIndex();
  expect(log.sync(source)).toBe(false);
  expect(log.numbers).toHaveLength(0);
  log.setDetails(true);
  expect(log.sync(source)).toBe(false);
  expect(log.numbers).toHaveLength(2 * FILTER_PART);
});

test('of very many events the newest are looked at', () => {
  const source = manyFrames(150_000);
  const log = new LogIndex();
  log.setDetails(true);
  log.sync(source);
  expect([log.numbers[0], log.numbers.at(-1)]).toEqual([100_001, 300_000]);
});
