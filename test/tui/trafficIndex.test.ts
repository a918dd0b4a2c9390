import { describe, expect, test } from 'vitest';
import { PART_LIMIT, type TrafficFrame, TrafficIndex } from '../../tui/reading/trafficIndex.js';
import { FakeSource } from './support/fakeSource.js';
import { event, failoverEvents, failoverView } from './support/fixtures.js';
import { manyFrames, ran } from './support/trafficSource.js';

const synced = (source: FakeSource, limits?: ConstructorParameters<typeof TrafficIndex>[0]): TrafficIndex => {
  const index = new TrafficIndex(limits);
  index.sync(source);
  return index;
};
const numbers = (frames: readonly TrafficFrame[]): number[] => frames.map(({ number }) => number);

/** Two nodes whose first two requests and first message are lost, and whose close request comes twice. */
const lossy = `
  node a ssc
  node b eee
  app c --on a
  app s --on b
  rmc_listen s 7
  inject loss --frame OPEN_REQ --count 2
  inject loss --frame DATA --count 1
  inject duplicate --frame CLOSE_REQ --count 1
  rmc_open c b:7 --as x
  run 200ms
  rmc_send x hello
  rmc_send x hello
  run 200ms
  rmc_close x
  run 10ms
`;

describe('the index of frames', () => {
  test('says of each frame what became of it, when, and by which event', () => {
    const [heartbeat, request] = synced(new FakeSource()).frames;
    expect(heartbeat).toMatchObject({
      ...{ number: 3, timeUs: 1_100_000, frame: 'HEARTBEAT', from: 'ssc0', to: 'eee0', session: '' },
      ...{ fate: 'dropped', reason: 'off', endEvent: 4, endUs: 1_100_100, ends: 1 },
    });
    expect(request).toMatchObject({
      number: 9,
      fate: 'delivered',
      reason: '',
      endEvent: 10,
      endUs: 1_330_100,
    });
  });

  test('a frame is in flight until its end is in the log, and again when the run goes back before it', () => {
    const source = new FakeSource(failoverView, failoverEvents, 9);
    const index = synced(source);
    const inFlight = { number: 9, fate: 'in flight', endEvent: 0, endUs: -1, ends: 0 };
    expect(index.frames[1]).toMatchObject(inFlight);
    source.count = 11;
    index.sync(source);
    expect(index.frames[1]).toMatchObject({ fate: 'delivered', endEvent: 10 });
    source.count = 9;
    index.sync(source);
    expect(index.frames[1]).toMatchObject(inFlight);
    source.count = 8;
    index.sync(source);
    expect(numbers(index.frames)).toEqual([3]);
  });

  test('another branch with nothing in common is read again from its beginning, even where its log is longer', () => {
    const source = new FakeSource();
    const index = synced(source);
    source.events = manyFrames(20).events;
    source.count = 40;
    index.sync(source);
    expect(numbers(index.frames)).not.toContain(1);
    source.branch = 'b2';
    index.sync(source);
    expect(numbers(index.frames)).toHaveLength(20);
  });

  test('tells what is sent again after a loss from what is sent once more, and counts copies', () => {
    const { source } = ran(lossy);
    const index = synced(source);
    const of = (type: string) => index.frames.filter(({ frame, from }) => frame === type && from === 'a');
    const requests = of('OPEN_REQ');
    expect(requests.map(({ fate }) => fate)).toEqual(['dropped', 'dropped', 'delivered']);
    expect(requests.map(({ againOf }) => againOf)).toEqual([0, requests[0]?.number, requests[0]?.number]);
    const [first, second, ...repeated] = of('DATA');
    expect([first?.againOf, second?.againOf]).toEqual([0, 0]);
    expect(repeated.length).toBeGreaterThan(0);
    for (const frame of repeated) expect(frame.againOf).toBe(first?.number);
    expect(of('CLOSE_REQ').map(({ ends, againOf }) => [ends, againOf])).toEqual([[2, 0]]);
    expect(of('HEARTBEAT').length).toBeGreaterThan(1);
    for (const frame of of('HEARTBEAT')) expect(frame.againOf).toBe(0);
  });

  test('one copy that was delivered is enough, whatever became of the other', () => {
    const fields = { frame: 'DATA', from: 'a', to: 'b', session: 's' };
    const events = [
      event(1, 0, 'frame_sent', fields),
      event(2, 100, 'frame_dropped', { ...fields, reason: 'corrupt' }, 1),
      event(3, 200, 'frame_delivered', fields, 1),
    ];
    const source = new FakeSource(failoverView, events, 2);
    const index = synced(source);
    expect(index.frames[0]).toMatchObject({ fate: 'dropped', reason: 'corrupt', endUs: 100 });
    source.count = 3;
    index.sync(source);
    expect(index.frames[0]).toMatchObject({ fate: 'delivered', reason: '', endUs: 200, ends: 2 });
    source.count = 2;
    index.sync(source);
    expect(index.frames[0]).toMatchObject({ fate: 'dropped', reason: 'corrupt', endUs: 100, ends: 1 });
  });

  test('is cut down to a text, a session with its far end, or a node', () => {
    const { source } = ran(lossy);
    const index = synced(source);
    const total = index.frames.length;
    index.setFilter({ text: 'open_ack' });
    expect(index.frames.map(({ frame }) => frame)).toEqual(['OPEN_ACK']);
    expect(index.all).toHaveLength(total);
    index.setFilter({ text: 'INJECT' });
    expect(index.frames.map(({ reason }) => reason)).toEqual(['inject', 'inject', 'inject']);
    index.setFilter({ text: 'again', session: 'x' });
    expect(index.frames.length).toBeGreaterThan(0);
    for (const frame of index.frames) expect(frame.againOf).toBeGreaterThan(0);
    index.setFilter({ text: '', session: 'x' });
    expect(new Set(index.frames.map(({ session }) => session))).toEqual(new Set(['x', 's.1/1', '']));
    expect(index.frames.map(({ frame }) => frame)).not.toContain('HEARTBEAT');
    index.setFilter({ session: '', node: 'nobody' });
    expect(index.frames).toEqual([]);
    index.setFilter({ node: 'b' });
    expect(index.frames).toHaveLength(total);
  });

  test('a filter holds for what comes later', () => {
    const source = new FakeSource(failoverView, failoverEvents, 4);
    const index = synced(source);
    index.setFilter({ session: 'client.2' });
    expect(index.frames).toEqual([]);
    source.count = 11;
    index.sync(source);
    expect(numbers(index.frames)).toEqual([9]);
  });

  test('finds the frame of an event: where it was sent, delivered or dropped', () => {
    const source = new FakeSource();
    const index = synced(source);
    expect([9, 10, 4, 2].map((number) => index.frameOf(source.event(number))?.number)).toEqual([
      9,
      9,
      3,
      undefined,
    ]);
  });

  test('keeps only the newest frames, with their fates', () => {
    const source = manyFrames(100);
    source.count = 101;
    const index = synced(source, { events: 1_000, frames: 10 });
    expect(numbers(index.frames)).toEqual([83, 85, 87, 89, 91, 93, 95, 97, 99, 101]);
    expect(index.frames[9]).toMatchObject({ fate: 'in flight' });
    source.count = 102;
    index.sync(source);
    expect(index.frames[9]).toMatchObject({ number: 101, fate: 'delivered', endEvent: 102 });
  });

  test('a log that grew by more than is read in one call begins anew, with no frame in flight for ever', () => {
    const source = manyFrames(100);
    source.count = 1;
    const index = synced(source, { events: 20, frames: 1_000 });
    expect(index.frames[0]).toMatchObject({ number: 1, fate: 'in flight' });
    source.count = 200;
    index.sync(source);
    expect(numbers(index.frames)).toEqual([181, 183, 185, 187, 189, 191, 193, 195, 197, 199]);
    for (const frame of index.frames) expect(frame.fate).toBe('delivered');
  });

  test('reads a long log in parts, the oldest first, and says how much is to come', () => {
    const frames = PART_LIMIT / 2 + 10;
    const source = manyFrames(frames);
    const index = new TrafficIndex();
    index.setFilter({ text: 'data' });
    expect(index.sync(source)).toBe(true);
    expect(index.all).toHaveLength(PART_LIMIT / 2);
    expect(index.note).toBe('reading: 20 events to go');
    expect(index.sync(source)).toBe(false);
    expect(index.all).toHaveLength(frames);
    expect(index.note).toBe('/data');
    expect(index.sync(source)).toBe(false);
  });
});
