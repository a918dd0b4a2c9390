import { describe, expect, it } from 'vitest';
import { CallRun, remembered, World } from '../../../emulator/index.js';
import { toyExtension, toyWorld } from './toy.js';

/** Logs a text, as something that a program does. */
function say(world: World, text: string): void {
  world.log.emit(world.eventType('said'), -1, -1, -1, -1, world.log.textOf(text));
}

describe('a world that a program works on', () => {
  it('§2 goes back over what the program did, and does it again on the way forward', () => {
    const world = toyWorld();
    const run = new CallRun<string>(world, true, { spacingEvents: 2 });
    for (const text of ['one', 'two', 'three', 'four', 'five']) run.change(text, () => say(world, text));
    const digest = world.log.digest();
    expect(run.back(3)).toBe(3);
    expect([world.log.count, run.calls.map(({ call }) => call)]).toEqual([2, ['one', 'two']]);
    expect(run.forward(2)).toBe(2);
    expect(run.back(100)).toBe(4);
    expect(run.back(0)).toBe(0);
    run.gotoEvent(5);
    expect(world.log.digest()).toBe(digest);
    expect(run.forward(1)).toBe(0);
    run.gotoEvent(3);
    run.change('other', () => say(world, 'other'));
    expect(run.calls.map(({ call }) => call)).toEqual(['one', 'two', 'three', 'other']);
    expect(() => run.gotoEvent(5)).toThrow('event @5 has not come; the last is @4');
  });

  it('§2 what failed half done cannot be made again; what failed before it did anything was not done', () => {
    const world = toyWorld();
    const run = new CallRun<string>(world, true);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => run.change('a', fail)).toThrow('no');
    expect(run.calls).toEqual([]);
    const failLate = () => {
      say(world, 'half');
      fail();
    };
    expect(() => run.change('b', failLate)).toThrow('no');
    expect(() => run.calls).toThrow('no');
    run.back(1);
    expect([world.log.count, run.calls]).toEqual([0, []]);
  });

  it('§2 a place where no such run stands is not reached', () => {
    const world = toyWorld();
    const run = new CallRun<string>(world, false);
    expect(run.reach({ steps: 0, timeUs: 50, isFinished: true })).toBe(true);
    expect([world.nowUs, run.position.isFinished]).toEqual([50, true]);
    expect(run.reach({ steps: 1, timeUs: 60, isFinished: false })).toBe(false);
    world.at(
      100,
      world.handler('tell', () => say(world, 'a step')),
    );
    expect(run.reach({ steps: 0, timeUs: 1_000, isFinished: true })).toBe(false);
  });

  it('§2 more calls than a journal takes: it says so, and the world runs on', () => {
    const world = new World({ extensions: [toyExtension] });
    const run = new CallRun<number>(world, true, { spacingEvents: 1_000_000 });
    for (let call = 0; call <= 100_000; call += 1) run.change(call, () => undefined);
    expect(() => run.calls).toThrow('more than 100000 calls: they are not all on record');
    expect(() => run.back(1)).toThrow('more than 100000 calls');
    run.run(10);
    expect(world.nowUs).toBe(10);
  });
});

describe('what is remembered of an object', () => {
  it('§2 is what it says that it holds, private fields too, else its own fields, to any depth', () => {
    class Private {
      readonly #list: number[] = [];
      get held(): readonly unknown[] {
        return [this.#list];
      }
      get list(): string {
        return this.#list.join(' ');
      }
      add(value: number): void {
        this.#list.push(value);
      }
    }
    const one = new Private();
    one.add(1);
    const other = { deep: { map: new Map([['a', [1]]]) }, text: 'x' };
    const back = [remembered(one), remembered(other)];
    one.add(2);
    other.deep.map.get('a')!.push(2);
    other.deep.map.set('b', []);
    other.text = 'y';
    for (const each of back) each();
    expect([one.list, other]).toEqual(['1', { deep: { map: new Map([['a', [1]]]) }, text: 'x' }]);
  });
});
