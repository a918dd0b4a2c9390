import { describe, expect, it } from 'vitest';
import { LimitReached, type LoggedEvent, type Subscription, type World } from '../../emulator/index.js';
import { newWorld } from './bed.js';

/** A world that logs `note` with size 1, 2, 3… every 10 us, two at a time. */
function ticking(log: 'kept' | 'counted' = 'kept', onTick: (world: World) => void = () => {}): World {
  const world = newWorld({ log });
  const note = world.eventType('note');
  const tick = world.handler('tick', () => {
    world.log.emit(note, -1, -1, -1, -1);
    onTick(world);
    world.log.emit(note, -1, -1, -1, -1);
    world.at(world.nowUs + 10, tick);
  });
  world.at(0, tick);
  return world;
}

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);

describe('subscription', () => {
  it('§2 gives the present list and all later changes, with no gap and no repeat', () => {
    const world = ticking();
    const seen: number[][] = [];
    for (const stop of [0, 25, 50]) {
      world.runTo(stop);
      const list: number[] = [];
      list.push(...world.subscribe((event) => list.push(event.number)).present.map(({ number }) => number));
      seen.push(list);
    }
    world.runTo(100);
    expect(seen).toEqual([upTo(22), upTo(22), upTo(22)]);
  });

  it('§2 subscribing in the middle of an entry neither misses nor repeats', () => {
    const list: number[] = [];
    const world = ticking('kept', (it) => {
      if (it.nowUs !== 50) return;
      list.push(...it.subscribe((event) => list.push(event.number)).present.map(({ number }) => number));
      expect(list).toEqual(upTo(11));
    });
    world.subscribe(() => {});
    world.runTo(100);
    expect(list).toEqual(upTo(22));
  });

  it('§2 an observer may subscribe another, and close any', () => {
    const world = ticking();
    const late: number[] = [];
    const victim: number[] = [];
    let closing: Subscription | undefined;
    world.subscribe((event) => {
      if (event.number === 5) {
        const { present } = world.subscribe((one) => late.push(one.number));
        late.push(...present.map(({ number }) => number));
      }
      if (event.number === 7) closing?.close();
    });
    closing = world.subscribe((event) => victim.push(event.number));
    world.runTo(100);
    expect(late).toEqual(upTo(22));
    expect(victim).toEqual(upTo(6));
  });

  it('§2 a throwing observer is dropped and noted, and the world goes on unharmed', () => {
    const quiet = ticking();
    quiet.runTo(100);
    const world = ticking();
    const others: number[] = [];
    world.subscribe((event) => {
      if (event.number === 3) throw new Error('oh no');
    });
    world.subscribe((event) => others.push(event.number));
    world.runTo(100);
    expect(others).toEqual(upTo(22));
    expect(world.observerFailures).toEqual([{ event: 3, message: 'oh no' }]);
    expect([world.log.digest(), world.stateDigest()]).toEqual([quiet.log.digest(), quiet.stateDigest()]);
  });

  it('§2 an observer cannot run the world', () => {
    const world = ticking();
    world.subscribe(() => world.step());
    world.runTo(100);
    expect(world.observerFailures[0]!.message).toBe('an observer must not run the world');
    expect(world.log.count).toBe(22);
  });

  it('§2 observers run after the entry or the command, never inside it', () => {
    const inside: boolean[] = [];
    let within = false;
    const world = newWorld();
    world.subscribe(() => inside.push(within));
    const kind = world.handler('x', () => {
      within = true;
      world.command('inside');
      within = false;
    });
    world.at(0, kind);
    world.step();
    world.command('typed');
    expect(inside).toHaveLength(1);
    world.settle();
    expect(inside).toEqual([false, false]);
  });

  it('§2 a closed subscription hears nothing more', () => {
    const world = ticking();
    const heard: LoggedEvent[] = [];
    const { close } = world.subscribe((event) => heard.push(event));
    world.runTo(10);
    close();
    world.runTo(100);
    expect(heard).toHaveLength(4);
  });

  it('§2 where not all events are kept, an observer still sees every one', () => {
    const world = ticking('counted');
    let seen = 0;
    world.subscribe((event) => {
      expect(event.number).toBe(seen + 1);
      seen += 1;
    });
    const note = world.eventType('note');
    for (let n = 0; n < 20_000; n += 1) world.log.emit(note, -1, -1, -1, -1);
    world.settle();
    expect(seen).toBe(20_000);
  });

  it('§1 too many observers show themselves', () => {
    const world = newWorld({ limits: { observers: 1 } });
    world.subscribe(() => {});
    expect(() => world.subscribe(() => {})).toThrow(LimitReached);
  });
});
