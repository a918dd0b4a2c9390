import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWord, splitLine } from '../../../emulator/monitor/words.js';

const words = (line: string) => splitLine(line).words.map(({ text }) => text);

describe('words', () => {
  it('§3 words split as in a shell, quotes included', () => {
    expect(words('rmc_send  client.1\t"two words" \'a"b\' x\\ y ""')).toEqual([
      ...['rmc_send', 'client.1', 'two words', 'a"b', 'x y', ''],
    ]);
    expect(words('a"b c"d\'e f\'')).toEqual(['ab cde f']);
    expect(words('"a\\"b\\\\c\\nd"')).toEqual(['a"b\\c\\nd']);
  });

  it('§3 # starts a comment where a word could begin', () => {
    expect(words('run 1ms # and wait')).toEqual(['run', '1ms']);
    expect(words('# nothing')).toEqual([]);
    expect(words('say a#b "#c"')).toEqual(['say', 'a#b', '#c']);
  });

  it('§3 columns count Unicode characters, a tab being one', () => {
    const { words: split } = splitLine('\tsay "😀😀" é x');
    expect(split.map(({ column, length }) => [column, length])).toEqual([
      [2, 3],
      [6, 4],
      [11, 1],
      [13, 1],
    ]);
  });

  it('§3 an open quote and a last backslash are faults with a place', () => {
    expect(splitLine('say "a b').faults).toMatchObject([{ column: 5, length: 4 }]);
    expect(splitLine("say 'a").faults).toMatchObject([{ column: 5, length: 2 }]);
    expect(splitLine('say a\\').faults).toMatchObject([{ column: 6, length: 1 }]);
  });

  it('§3 a quoted word says so, for it is no option', () => {
    expect(splitLine('--a "--b"').words.map(({ quoted }) => quoted)).toEqual([false, true]);
  });

  it('§3 any word round-trips through its quoting', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'\'"\\$ #{}-=a') }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (all) => {
        const { words: split, faults } = splitLine(all.map(quoteWord).join(' '));
        expect(faults).toEqual([]);
        expect(split.map(({ text }) => text)).toEqual(all);
      }),
      { numRuns: 2_000 },
    );
  });

  it('§3 any line is split without an exception, its words and faults inside of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        const { words: split, faults } = splitLine(line);
        const columns = [...line].length + 1;
        for (const { column, length } of [...split, ...faults]) {
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column + length).toBeLessThanOrEqual(columns + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
