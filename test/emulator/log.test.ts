import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column, LimitReached, type LogMode, type World } from '../../emulator/index.js';
import { eventsOf, newWorld } from './bed.js';

const word = fc.string({ maxLength: 8 });
const aNote = fc.record({
  gapUs: fc.integer({ min: 0, max: 2 ** 34 }),
  names: fc.array(fc.option(word), { minLength: 4, maxLength: 4 }),
  word: fc.option(word),
  size: fc.option(fc.maxSafeNat()),
  text: fc.option(fc.uint8Array({ maxLength: 200 })),
  done: fc.option(fc.boolean()),
});
type Note = typeof aNote extends fc.Arbitrary<infer T> ? T : never;

/** Logs the notes, each caused by the one before it. */
function logNotes(world: World, notes: readonly Note[]): void {
  const type = world.eventType('note');
  const id = (name: string | null): number => (name === null ? -1 : world.strings.intern(name));
  for (const note of notes) {
    world.runTo(world.nowUs + note.gapUs);
    const text = note.text === null ? -1 : world.log.text(note.text, 0, note.text.length);
    const [node, app, session, peer] = note.names.map(id);
    const done = note.done === null ? -1 : Number(note.done);
    const size = note.size ?? -1;
    world.log.cause = world.log.emit(type, node!, app!, session!, peer!, id(note.word), size, text, done);
  }
}

describe('event log', () => {
  it('§2 what is read back from kept storage is what was logged', () => {
    fc.assert(
      fc.property(fc.array(aNote, { maxLength: 60 }), (notes) => {
        const world = newWorld();
        logNotes(world, notes);
        let timeUs = 0;
        const expected = notes.map((note, index) => {
          timeUs += note.gapUs;
          const fields: [string, string | number][] = [];
          ['node', 'app', 'session', 'peer'].forEach((name, at) => {
            const value = note.names[at];
            if (value !== null && value !== undefined) fields.push([name, value]);
          });
          if (note.word !== null) fields.push(['word', note.word]);
          if (note.size !== null) fields.push(['size', note.size]);
          if (note.text !== null) fields.push(['text', new TextDecoder().decode(note.text)]);
          if (note.done !== null) fields.push(['done', note.done ? 'TRUE' : 'FALSE']);
          return { number: index + 1, timeUs, cause: index, event: 'note', fields };
        });
        const read = eventsOf(world).map((event) => ({ ...event, fields: [...event.fields] }));
        expect(read).toEqual(expected);
      }),
    );
  });

  it('§2 the digest is the same in every log mode, and whatever names were interned before', () => {
    fc.assert(
      fc.property(fc.array(aNote, { minLength: 1, maxLength: 30 }), fc.array(word), (notes, before) => {
        const digests = (['kept', 'counted', 'off'] as const).map((log) => {
          const world = newWorld({ log });
          for (const name of before) if (log === 'counted') world.strings.intern(name);
          logNotes(world, notes);
          return world.log.digest();
        });
        expect(new Set(digests).size).toBe(1);
      }),
    );
  });

  it('§2 the digest differs when any part of any event differs', () => {
    const base = { gapUs: 5, names: ['n', 'a', 's', 'p'], word: 'w', size: 7, done: true };
    const note: Note = { ...base, text: new Uint8Array([1, 2, 3, 4, 5]) };
    const changes: Partial<Note>[] = [
      { gapUs: 6 },
      { gapUs: 5 + 2 ** 32 },
      { size: 7 + 2 ** 32 },
      { size: 8 },
      { word: 'v' },
      { word: null },
      { text: new Uint8Array([1, 2, 3, 4, 6]) },
      { text: new Uint8Array([1, 2, 3, 4]) },
      { text: new Uint8Array([1, 2, 3, 4, 5, 0]) },
      { text: null },
      { done: false },
      ...[0, 1, 2, 3].map((at) => ({ names: base.names.map((name, index) => (index === at ? 'x' : name)) })),
    ];
    const digestOf = (notes: readonly Note[]): string => {
      const world = newWorld();
      logNotes(world, notes);
      return world.log.digest();
    };
    const digests = [[note], [note, note], ...changes.map((change) => [{ ...note, ...change }])].map(
      digestOf,
    );
    expect(new Set(digests).size).toBe(digests.length);
    expect(digestOf([note, { ...note, word: 'x' }])).not.toBe(digestOf([{ ...note, word: 'x' }, note]));
  });

  it('§2 the digest of a known run stays what it is', () => {
    const world = newWorld();
    const note: Note = { gapUs: 5, names: ['n', 'a', 's', 'p'], word: 'w', size: 7, text: null, done: true };
    logNotes(world, [note, { ...note, text: new TextEncoder().encode('hello') }]);
    expect(world.log.digest()).toMatchInlineSnapshot(`"9761a17d64349de5"`);
  });

  it('§2 counted counts by kind; off counts nothing but numbers the events', () => {
    const counts = (['kept', 'counted', 'off'] as const).map((log: LogMode) => {
      const world = newWorld({ log });
      world.command('one');
      world.command('two');
      return [world.log.count, world.log.countOf(world.eventType('command'))];
    });
    expect(counts).toEqual([
      [2, 2],
      [2, 2],
      [2, 0],
    ]);
  });
});

describe('what the log keeps', () => {
  const emitMany = (world: World, many: number): void => {
    const type = world.eventType('note');
    for (let n = 0; n < many; n += 1) {
      const text = world.log.textOf(`text ${world.log.count + 1}`);
      world.log.emit(type, -1, -1, -1, -1, -1, n, text);
    }
  };

  it('counted keeps what retainFrom asks for, with its texts, and drops the rest', () => {
    const world = newWorld({ log: 'counted' });
    emitMany(world, 1000);
    world.log.retainFrom(900);
    emitMany(world, 20_000);
    expect(world.log.firstKept).toBeLessThanOrEqual(900);
    expect(world.log.read(900).fields.get('text')).toBe('text 900');
    expect(world.log.read(21_000).fields.get('text')).toBe('text 21000');
    world.log.retainFrom(20_990);
    emitMany(world, 20_000);
    expect(world.log.firstKept).toBeGreaterThan(10_000);
    expect(world.log.read(20_990).fields.get('text')).toBe('text 20990');
    expect(() => world.log.value(900, Column.time)).toThrow('event 900 is not kept');
  });

  it('off and counted still have the latest events', () => {
    const world = newWorld({ log: 'off' });
    emitMany(world, 100_000);
    expect(world.log.firstKept).toBeGreaterThan(90_000);
    expect(world.log.read(99_000).fields.get('text')).toBe('text 99000');
  });

  it('§1 a full log shows itself', () => {
    const world = newWorld({ limits: { keptEvents: 100 } });
    emitMany(world, 100);
    expect(() => emitMany(world, 1)).toThrow(LimitReached);
    expect(() => emitMany(world, 1)).toThrow('more than 100 kept events');
    expect(world.log.count).toBe(100);
    const texts = newWorld({ limits: { keptTextBytes: 1000 } });
    expect(() => emitMany(texts, 200)).toThrow('more than 1000 bytes of event texts');
    const names = newWorld({ limits: { strings: 200 } });
    expect(() => {
      for (let n = 0; n < 200; n += 1) names.strings.intern(`name ${n}`);
    }).toThrow('more than 200 different names');
  });

  it('a text may be longer than a chunk, and is cut at 1 MiB', () => {
    const world = newWorld();
    const type = world.eventType('note');
    const long = 'ab'.repeat(100_000);
    world.log.emit(type, -1, -1, -1, -1, -1, 1, world.log.textOf(long));
    world.log.emit(type, -1, -1, -1, -1, -1, 2, world.log.textOf('c'.repeat(2 ** 21)));
    expect(world.log.read(1).fields.get('text')).toBe(long);
    expect(String(world.log.read(2).fields.get('text')).length).toBe(2 ** 20 - 1);
  });
});

describe('event filter', () => {
  it('§3 finds events by kind and by the values of fields', () => {
    const world = newWorld();
    const type = world.eventType('note');
    const id = (name: string): number => world.strings.intern(name);
    const emit = (node: string, w: string, size: number, text: string, done: number): number =>
      world.log.emit(type, id(node), -1, -1, -1, id(w), size, world.log.textOf(text), done, 16, 99);
    world.command('start');
    emit('n1', 'red', 1, 'hello', 0);
    emit('n2', 'red', 2, 'hello', 1);
    emit('n1', 'blue', 2, 'world', 1);
    const found = (event: string, ...conditions: [string, string][]): number[] => {
      const filter = world.filter(event, conditions);
      return eventsOf(world).flatMap(({ number }) => (filter.matches(number) ? [number] : []));
    };
    expect(found('note')).toEqual([2, 3, 4]);
    expect(found('')).toEqual([1, 2, 3, 4]);
    expect(found('note', ['node', 'n1'])).toEqual([2, 4]);
    expect(found('note', ['node', 'n1'], ['word', 'blue'])).toEqual([4]);
    expect(found('', ['size', '2'])).toEqual([3, 4]);
    expect(found('note', ['address', '0x10'], ['after', '99'])).toEqual([2, 3, 4]);
    expect(found('note', ['text', 'hello'])).toEqual([2, 3]);
    expect(found('note', ['done', 'TRUE'])).toEqual([3, 4]);
    expect(found('note', ['app', 'x'])).toEqual([]);
    expect(found('note', ['nothing', 'x'])).toEqual([]);
    expect(found('note', ['size', ''])).toEqual([]);
    expect(world.filter('note', [['word', 'red']]).next(3)).toBe(3);
    expect(world.filter('note', [['word', 'red']]).next(4)).toBe(0);
  });

  it('§2 a filter interns nothing, and still finds a name that comes later', () => {
    const world = newWorld();
    const before = world.strings.count;
    const filter = world.filter('note', [['node', 'late']]);
    expect(filter.next(1)).toBe(0);
    expect(world.strings.count).toBe(before);
    world.log.emit(world.eventType('note'), world.strings.intern('late'), -1, -1, -1);
    expect(filter.next(1)).toBe(1);
  });
});
