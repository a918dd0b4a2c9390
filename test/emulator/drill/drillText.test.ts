import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDrill, type ReadFile, runDrill } from '../../../emulator/index.js';
import { drillOf, problemsOf, toyLanguage, toyWorld } from './toy.js';

/** Files that an include finds, by name. */
const files =
  (texts: Record<string, string>): ReadFile =>
  (path) =>
    texts[path] === undefined ? { problem: `there is no file ${path}` } : { file: path, text: texts[path] };

const run = (source: string, options: Parameters<typeof drillOf>[1] = {}) => {
  const world = toyWorld();
  const result = runDrill(world, drillOf(source, options), toyLanguage);
  return { world, result };
};

/** What the drill said, in order. */
function saidBy(source: string, options: Parameters<typeof drillOf>[1] = {}): readonly unknown[] {
  const { world } = run(source, options);
  const filter = world.filter('said');
  const texts: unknown[] = [];
  for (let at = filter.next(1); at > 0; at = filter.next(at + 1))
    texts.push(world.log.read(at).fields.get('text'));
  return texts;
}

const texts = (source: string, options: Parameters<typeof problemsOf>[1] = {}) =>
  problemsOf(source, options).map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('repeat', () => {
  it(`§3 runs its lines n times, and \${i} counts from 1`, () => {
    expect(saidBy(`toy a\nrepeat 3\nsay a "round \${i}"\nend\n`)).toEqual(['round 1', 'round 2', 'round 3']);
  });

  it(`§3 repeats stand in each other; \${i} is the round of the innermost`, () => {
    const source = `toy a\nrepeat 2\nsay a o\${i}\nrepeat 2\nsay a i\${i}\nend\nend\n`;
    expect(saidBy(source)).toEqual(['o1', 'i1', 'i2', 'o2', 'i1', 'i2']);
  });

  it('§3 each round makes names of its own, checked before anything runs', () => {
    expect(problemsOf(`repeat 3\ntoy t\${i}\nend\nping t1 t3\n`)).toEqual([]);
    expect(texts(`repeat 3\ntoy t\${i}\nend\nping t1 t4\n`)).toEqual(['4:9 there is no node "t4"']);
    expect(texts(`toy t3\nrepeat 5\ntoy t\${i}\nend\n`)).toEqual(['3:5 there is a node "t3" already']);
    expect(texts('repeat 5\ntoy t\nend\n')).toEqual(['2:5 there is a node "t" already']);
  });

  it('§3 without its end, without its beginning, without a number', () => {
    expect(texts('toy a\nrepeat 2\nsay a x\n')).toEqual(['2:1 this repeat has no end']);
    expect(texts('toy a\nend\n')).toEqual(['2:1 this end belongs to no repeat']);
    expect(texts('toy a\nrepeat x\nsay a x\nend\n')).toEqual(['2:8 "x" is no whole number']);
    expect(texts('toy a\nrepeat 0\nsay a x\nend\n')).toEqual(['2:8 0 is out of bounds']);
  });

  it('§3 a huge or endless repeat is refused at once', () => {
    expect(texts('toy a\nrepeat 99999999999999\nsay a x\nend\n')[0]).toBe(
      '2:8 99999999999999 is out of bounds',
    );
    expect(texts('toy a\nrepeat 1000000\nsay a x\nsay a y\nend\n')).toEqual([
      '2:1 this repeat would run more than 1000000 lines',
    ]);
    const nested = `toy a\n${'repeat 1000000\n'.repeat(20)}say a x\n${'end\n'.repeat(20)}`;
    expect(texts(nested)[0]).toContain('would run more than 1000000 lines');
    expect(problemsOf(`toy a\n${'repeat 2\n'.repeat(40)}${'end\n'.repeat(40)}`)[0]?.message).toContain(
      '32 deep',
    );
  });

  it('§3 an empty repeat does nothing', () => {
    expect(saidBy('toy a\nrepeat 1000000\nrepeat 1000000\nend\nend\nsay a x\n')).toEqual(['x']);
  });

  it(`§3 \${i} outside of a repeat is a problem with its column`, () => {
    expect(texts(`toy a\nsay a \${i}\n`)).toEqual([`2:7 \${i} has no meaning outside of a repeat`]);
    expect(texts(`toy a\nrepeat 2\ninclude f\${i}\nend\n`)[0]).toContain(
      `\${i} has no meaning in a line "include"`,
    );
  });
});

describe('default', () => {
  it(`§3 gives \${name} its value, and --define wins`, () => {
    const source = `default who a\ndefault text "two words"\ntoy \${who}\nsay \${who} "<\${text}>"\n`;
    expect(saidBy(source)).toEqual(['<two words>']);
    expect(saidBy(source, { defines: new Map([['text', 'x # y']]) })).toEqual(['<x # y>']);
  });

  it("§3 stays one word, and is left alone in '…'", () => {
    expect(saidBy(`default t "a b"\ntoy n\nsay n \${t}\nsay n '\${t}'\nsay n "\\\${t}"\n`)).toEqual([
      'a b',
      `\${t}`,
      `\${t}`,
    ]);
  });

  it('§3 a define that no default declares is a problem', () => {
    const problems = problemsOf('default count 3\ntoy a\n', { defines: new Map([['cuont', '4']]) });
    expect(problems).toMatchObject([{ line: 1, column: 1, nearest: 'count' }]);
  });

  it('§3 a name that has no value, or none yet', () => {
    expect(problemsOf(`default kind loud\ntoy a \${knid}\n`)).toMatchObject([
      { line: 2, column: 7, nearest: 'kind' },
    ]);
    expect(texts(`toy \${late}\ndefault late a\n`)[0]).toContain(`\${late} has no value`);
    expect(texts(`toy a\nsay a \${open\n`)).toEqual(['2:7 a name that is not closed']);
    expect(texts('default i 4\ntoy a\n')[0]).toContain('the name i is taken');
  });

  it('§3 twice in one file is a problem; of two files the first one counts', () => {
    expect(texts('default n 1\ndefault n 2\ntoy a\n')[0]).toContain('a default n in this file already');
    const readFile = files({ inner: `default n 2\ntoy a\nsay a \${n}\n` });
    expect(saidBy('default n 1\ninclude inner\n', { readFile })).toEqual(['1']);
  });
});

describe('include', () => {
  it('§3 puts the lines of another file in its place', () => {
    const readFile = files({ nodes: '# two\r\ntoy a\r\ntoy b\r\n' });
    expect(run('include nodes\nping a b\nexpect pinged\n', { readFile }).result.passed).toBe(true);
  });

  it('§3 of itself, in a circle, or of what is not there is a problem', () => {
    const readFile = files({ 'toy.drill': 'include toy.drill', a: 'include b', b: 'include a' });
    expect(texts('include toy.drill\n', { readFile })).toEqual(['1:1 toy.drill includes itself']);
    expect(problemsOf('include a\n', { readFile })).toMatchObject([
      {
        file: 'b',
        line: 1,
        message: 'a includes itself by way of others',
        via: [
          { file: 'toy.drill', line: 1 },
          { file: 'a', line: 1 },
        ],
      },
    ]);
    expect(texts('toy a\ninclude nowhere\n', { readFile })).toEqual(['2:1 there is no file nowhere']);
  });

  it('§3 that doubles again and again is bounded', () => {
    const doubling: Record<string, string> = { last: 'toy x\n'.repeat(1_000) };
    for (let n = 0; n < 30; n += 1)
      doubling[`f${n}`] = `include ${n === 29 ? 'last' : `f${n + 1}`}\n`.repeat(2);
    const problems = problemsOf('include f0\n', { readFile: files(doubling) });
    expect(problems.some(({ message }) => message.includes('more than 200000 lines'))).toBe(true);
  });

  it('§3 a failure in an included file names both places', () => {
    const readFile = files({ inner: 'toy a\n\nexpect said --within 1ms\n' });
    const { result } = run('\ninclude inner\n', { readFile });
    expect(result.failures[0]).toMatchObject({ file: 'inner', line: 3, column: 1 });
    expect(result.failures[0]?.message).toContain('included at toy.drill:2');
  });
});

describe('the text of a drill', () => {
  it('§3 empty, or only comments: a clear problem', () => {
    for (const source of ['', '\n\n', '# nothing\n  # here\n', '\uFEFF', 'default a 1\n']) {
      expect(texts(source)).toEqual(['1:1 there is no command in this drill']);
    }
  });

  it('§3 binary, or 10 MB: a clear problem at once', () => {
    expect(texts('toy a\n\u0000\u0001ELF\n')).toEqual(['2:1 this is no text: it holds NUL bytes']);
    expect(texts('say a x\n'.repeat(1_310_720))[0]).toContain('the text is too long: 10485760 characters');
  });

  it('§3 CRLF, tabs, a byte order mark, and no newline at the end', () => {
    expect(saidBy('\uFEFFtoy\ta\r\n\tsay a\t"x"\r\nsay a y')).toEqual(['x', 'y']);
  });

  it('§3 all problems are reported, with line and column, and nothing has run', () => {
    const source = 'toy a\ntoi b\nping a c\n\n  expect pingd --within 3x\nsay a x y\nlink los 1%\n';
    const problems = problemsOf(source);
    expect(problems.map(({ line, column, nearest }) => [line, column, nearest])).toEqual([
      [2, 1, 'toy'],
      [3, 8, undefined],
      [5, 10, 'pinged'],
      [5, 25, undefined],
      [6, 9, undefined],
      [7, 6, 'loss'],
    ]);
    expect(problems.every(({ file }) => file === 'toy.drill')).toBe(true);
  });

  it('§3 a line with a problem still makes its names, so that they bring no further problems', () => {
    expect(texts('toy a lodu\nping a a\n')).toEqual(['1:7 "lodu" is no kind']);
  });

  it('§3 what belongs to the prompt is refused in a drill', () => {
    for (const line of ['back', 'forward 2', 'goto 1s', 'goto last said', 'continue', 'save x']) {
      expect(texts(`toy a\n${line}\n`)[0]).toContain('belongs to the prompt');
    }
  });

  it('§3 any text: no exception, and every problem has its place inside of the text', () => {
    const word = fc.constantFrom(
      'toy',
      'a',
      'ping',
      'expect',
      'no',
      'repeat',
      'end',
      '3',
      '--count',
      '"',
      "'",
      '#',
      `\${i}`,
      '\\',
      'default',
      '\t',
      'run',
      '1ms',
      '😀',
      '--',
      'include',
      'x',
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (some) => {
        const source = some.join('\n');
        const parsed = parseDrill(source, 'any', toyLanguage, { readFile: () => ({ problem: 'no' }) });
        if ('drill' in parsed) return;
        const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const problem of parsed.problems) {
          const text = lines[problem.line - 1];
          expect(text).toBeDefined();
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.column).toBeLessThanOrEqual([...(text ?? '')].length + 1);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
