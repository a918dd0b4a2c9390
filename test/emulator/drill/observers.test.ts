import { describe, expect, it } from 'vitest';
import type { Timeline } from '../../../emulator/index.js';
import { toyTimeline } from './toy.js';

function give(timeline: Timeline, ...lines: string[]): void {
  for (const line of lines) expect(timeline.command(line).problem, line).toBeUndefined();
}

describe('observers of a session that goes back', () => {
  it('§2 observers see what they have not seen, whatever lies between the checkpoints: no gap, no repeat', () => {
    const timeline = toyTimeline(undefined, { checkpoints: { spacingEvents: 7 } });
    const seen: number[] = [];
    timeline.world.subscribe(({ number }) => seen.push(number));
    const came = () => seen.splice(0);
    const upTo = (from: number) =>
      Array.from({ length: timeline.world.log.count - from }, (_, at) => from + at + 1);
    give(timeline, 'toy a', 'toy b', 'tick a 40', 'run 1s');
    const last = timeline.world.log.count;
    expect(came()).toEqual(upTo(0));
    for (const jump of ['back 5', 'goto @15', 'goto @9', 'goto 1us']) {
      give(timeline, jump);
      expect(came(), jump).toEqual([]);
      const { count } = timeline.world.log;
      give(timeline, 'forward 2');
      expect(came()).toEqual(upTo(count));
      expect(timeline.command('power on a').problem).toContain('is on already');
      expect(came()).toEqual([]);
    }
    const from = timeline.world.log.count;
    give(timeline, `goto @${last}`);
    expect(came()).toEqual(upTo(from));
    give(timeline, 'back 9');
    const fork = timeline.world.log.count;
    give(timeline, 'ping a b', 'run 1s');
    expect(came()).toEqual(upTo(fork));
    give(timeline, 'branch main');
    expect(came()).toEqual(upTo(fork));
  });
});
