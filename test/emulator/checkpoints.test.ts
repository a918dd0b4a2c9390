import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Checkpointer } from '../../emulator/checkpoint/checkpointer.js';
import { OwnFields } from '../../emulator/checkpoint/held.js';

/** Something of everything that a checkpoint may meet. */
function makeState() {
  const shared = { n: 0 };
  return {
    bytes: new Uint8Array(10_001),
    words: new Float64Array(600),
    list: [1, 2, 3] as unknown[],
    map: new Map<unknown, unknown>([['a', shared]]),
    set: new Set<unknown>(['x']),
    inner: { shared, more: {} as Record<string, unknown> },
    frozen: Object.freeze({ never: 1 }),
  };
}

type State = ReturnType<typeof makeState>;

const changes: fc.Arbitrary<(state: State) => unknown> = fc.oneof(
  fc.tuple(fc.nat(10_000), fc.nat(255)).map(
    ([at, value]) =>
      (state: State) =>
        state.bytes.fill(value, at, at + 1),
  ),
  fc.tuple(fc.nat(599), fc.double()).map(
    ([at, value]) =>
      (state: State) =>
        state.words.fill(value, at, at + 1),
  ),
  fc.constant((state: State) => void state.bytes.fill(0)),
  fc.nat(9).map((value) => (state: State) => void state.list.push({ value })),
  fc.constant((state: State) => void state.list.shift()),
  fc.tuple(fc.string(), fc.nat()).map(
    ([key, value]) =>
      (state: State) =>
        void state.map.set(key, { value }),
  ),
  fc.constant((state: State) => {
    const [key] = state.map.keys();
    state.map.delete(key);
  }),
  fc.nat(9).map((value) => (state: State) => void state.set.add(value)),
  fc.tuple(fc.string(), fc.anything()).map(([key, value]) => (state: State) => {
    if (key !== '__proto__') state.inner.more[key] = value;
  }),
  fc.constant((state: State) => {
    for (const key of Object.keys(state.inner.more)) delete state.inner.more[key];
  }),
  fc.nat().map((value) => (state: State) => void Object.assign(state.inner.shared, { n: value })),
);

describe('checkpoints', () => {
  it('§2 whatever happened in between: what is put back is what was there, in the same containers and in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(changes, { maxLength: 6 }), { minLength: 1, maxLength: 6 }), (rounds) => {
        const state = makeState();
        const { bytes, map, list } = state;
        const { shared } = state.inner;
        const checkpointer = new Checkpointer([state]);
        const taken = rounds.map((round) => {
          for (const change of round) change(state);
          return { checkpoint: checkpointer.take(), copy: structuredCloneOf(state) };
        });
        for (const { checkpoint, copy } of [...taken].reverse().concat(taken)) {
          checkpointer.restore(checkpoint);
          expect(structuredCloneOf(state)).toEqual(copy);
          expect([state.bytes === bytes, state.map === map, state.list === list]).toEqual([true, true, true]);
          expect(state.inner.shared).toBe(shared);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('§2 what did not change takes no more room, and what is dropped gives it back', () => {
    const state = { bytes: new Uint8Array(1_000_000), list: [1, 2, 3] };
    state.bytes.fill(7);
    const checkpointer = new Checkpointer([state]);
    const first = checkpointer.take();
    expect(checkpointer.bytes).toBeGreaterThan(1_000_000);
    const before = checkpointer.bytes;
    state.bytes[500_000] = 1;
    const second = checkpointer.take();
    expect(checkpointer.bytes - before).toBeLessThan(20_000);
    checkpointer.drop(first);
    checkpointer.restore(second);
    expect([state.bytes[499_999], state.bytes[500_000]]).toEqual([7, 1]);
    checkpointer.drop(second);
    expect(checkpointer.bytes).toBe(0);
  });

  it('§2 memory that nothing was written to takes next to no room', () => {
    const checkpointer = new Checkpointer([{ bytes: new Uint8Array(64 * 1024 * 1024) }]);
    checkpointer.take();
    expect(checkpointer.bytes).toBeLessThan(1_000_000);
  });

  it('§2 an object of a class that knows nothing of checkpoints takes part with its own fields', () => {
    class Counter {
      count = 0;
      readonly seen: number[] = [];
    }
    const counter = new Counter();
    const checkpointer = new Checkpointer([new OwnFields(counter)]);
    const checkpoint = checkpointer.take();
    counter.count = 5;
    counter.seen.push(5);
    checkpointer.restore(checkpoint);
    expect([counter.count, counter.seen]).toEqual([0, []]);
  });
});

/** The state as it is now, for comparison: order included. */
function structuredCloneOf(state: State): unknown {
  return {
    bytes: notZero(state.bytes),
    words: notZero(state.words),
    list: JSON.stringify(state.list),
    map: JSON.stringify([...state.map]),
    set: JSON.stringify([...state.set]),
    more: Object.entries(state.inner.more).sort(([one], [other]) => (one < other ? -1 : 1)),
    n: state.inner.shared.n,
  };
}

/** Where something other than zero stands, and what. */
function notZero(values: Uint8Array | Float64Array): string {
  const found: string[] = [];
  values.forEach((value, at) => {
    if (!Object.is(value, 0)) found.push(`${at}: ${Object.is(value, -0) ? '-0' : value}`);
  });
  return found.join(', ');
}
