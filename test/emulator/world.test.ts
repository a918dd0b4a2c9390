import { describe, expect, it } from 'vitest';
import { extensionKey } from '../../emulator/index.js';
import { eventsOf, eventsOnly, newWorld, noteEvent } from './bed.js';

describe('world', () => {
  it('§3 a run includes its end', () => {
    const world = newWorld();
    const ran: number[] = [];
    const kind = world.handler('note', (a) => ran.push(a));
    world.at(10, kind, 1);
    world.at(11, kind, 2);
    world.runTo(10);
    expect(ran).toEqual([1]);
    expect(world.nowUs).toBe(10);
  });

  it('§3 a step is one entry that shows, with all that it causes at that instant', () => {
    const world = newWorld();
    const note = world.eventType('note');
    const quiet = world.handler('quiet', () => {});
    const loud = world.handler('loud', () => world.log.emit(note, -1, -1, -1, -1));
    world.at(1, quiet);
    world.at(2, loud);
    world.at(3, quiet);
    expect(world.step()).toBe(true);
    expect([world.nowUs, world.steps, world.log.count]).toEqual([2, 1, 1]);
    expect(world.step()).toBe(false);
    expect(world.steps).toBe(1);
  });

  it('§3 a step within a time never goes past it, and ends there', () => {
    const world = newWorld();
    const note = world.eventType('note');
    const loud = world.handler('loud', () => world.log.emit(note, -1, -1, -1, -1));
    world.at(5, loud);
    world.at(20, loud);
    expect(world.stepWithin(5)).toBe(true);
    expect(world.stepWithin(10)).toBe(false);
    expect([world.nowUs, world.log.count]).toEqual([10, 1]);
    expect(world.stepWithin(20)).toBe(true);
  });

  it('§3 stepping and running count the same steps and give the same run', () => {
    const make = () => {
      const world = newWorld();
      const note = world.eventType('note');
      const loud = world.handler('loud', (left) => {
        if (left % 3 !== 0) world.log.emit(note, -1, -1, -1, -1, -1, left);
        if (left > 0) world.at(world.nowUs + 7, loud, left - 1);
      });
      world.at(0, loud, 30);
      return world;
    };
    const ran = make();
    ran.runTo(1000);
    const stepped = make();
    while (stepped.step());
    expect(stepped.steps).toBe(ran.steps);
    expect(stepped.log.digest()).toBe(ran.log.digest());
  });

  it('§2 an event knows its cause, over the queue', () => {
    const world = newWorld();
    const note = world.eventType('note');
    const kind = world.handler('note', (left) => {
      world.log.cause = world.log.emit(note, -1, -1, -1, -1, -1, left);
      if (left > 0) world.at(world.nowUs + 1, kind, left - 1);
    });
    world.log.cause = world.command('do something');
    world.at(5, kind, 2);
    world.log.cause = 0;
    world.runTo(10);
    expect(eventsOf(world).map((event) => [event.event, event.cause])).toEqual([
      ['command', 0],
      ['note', 1],
      ['note', 2],
      ['note', 3],
    ]);
    expect(world.log.read(1).fields.get('text')).toBe('do something');
  });

  it('an extension keeps what is its own in the world, by a typed key', () => {
    const world = newWorld();
    const key = extensionKey<{ count: number }>('counter');
    expect(world.has(key)).toBe(false);
    expect(() => world.get(key)).toThrow('counter is not attached');
    world.attach(key, { count: 3 });
    expect(world.get(key).count).toBe(3);
    expect(() => world.attach(key, { count: 4 })).toThrow('attached twice');
  });

  it('an extension that declares an event twice, or one with too much in it, is refused', () => {
    const twice = [eventsOnly([noteEvent], 'one'), eventsOnly([noteEvent], 'two')];
    expect(() => newWorld({ extensions: twice })).toThrow('event note is declared twice');
    const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
      name,
      type: 'int' as const,
      help: '',
    }));
    const wide = eventsOnly([{ name: 'wide', help: '', common: [], fields }]);
    expect(() => newWorld({ extensions: [wide] })).toThrow('more than 6 fields');
    const texts = fields.slice(0, 2).map((field) => ({ ...field, type: 'text' as const }));
    const wordy = eventsOnly([{ name: 'wordy', help: '', common: [], fields: texts }]);
    expect(() => newWorld({ extensions: [wordy] })).toThrow('more than one text');
  });

  it('a seed is a safe integer from 0', () => {
    expect(() => newWorld({ seed: -1 })).toThrow('a seed cannot be -1');
    expect(() => newWorld({ seed: 2 ** 60 })).toThrow();
    expect(newWorld().seed).toBe(1);
  });
});
