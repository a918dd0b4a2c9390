import { describe, expect, test } from 'vitest';
import { clockText } from '../../emulator/index.js';
import { Canvas } from '../../tui/text/canvas.js';
import { clean, toAscii } from '../../tui/text/glyphs.js';
import { cell, fill, line, sized, span, textOf, widthOf, wrapped } from '../../tui/text/line.js';
import { darkTheme, plainTheme, sgr, themes } from '../../tui/text/theme.js';
import { spanText } from '../../tui/text/times.js';

describe('text', () => {
  test('a line is cut or filled to exactly the width asked for', () => {
    const spans = [span('client.1'), span(' FAILED', 'bad')];
    for (const width of [0, 1, 3, 8, 9, 14, 15, 16, 40]) expect(widthOf(sized(spans, width))).toBe(width);
    expect(textOf(sized(spans, 10))).toBe('client.1 …');
    expect(textOf(sized(spans, 17))).toBe('client.1 FAILED  ');
  });

  test('what is not one cell wide is replaced', () => {
    expect(clean('a😀b')).toBe('a?b');
    expect(clean('漢x')).toBe('?x');
    expect(clean('a\r\nb\x1b[31m')).toBe('a  b?[31m');
    expect(clean('✓ ─ é')).toBe('✓ ─ é');
  });

  test('every text has an ASCII form of the same width', () => {
    const text = '┌─ ● ✗ ✓ → ← ░█▌ … ═╧╌╎ é';
    expect(toAscii(text)).toHaveLength(text.length);
    expect(toAscii(text)).toMatch(/^[\x20-\x7e]*$/);
  });

  test('a canvas keeps what is put on it within its rectangle', () => {
    const canvas = new Canvas(6, 3);
    canvas.put({ x: 2, y: 1, width: 3, height: 1 }, [line('abcdef'), line('zzz')]);
    expect(canvas.lines().map(textOf)).toEqual(['      ', '  abc ', '      ']);
  });

  test('text is wrapped at words, and a word that is too long at the width', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  test('cells and blocks of lines have their size', () => {
    expect(cell('abc', 5)).toBe('abc  ');
    expect(cell('abcdef', 4)).toBe('abc…');
    expect(fill([line('x')], 4, 2).map(textOf)).toEqual(['x   ', '    ']);
  });

  test('virtual time reads in seconds, milliseconds, microseconds', () => {
    expect(clockText(1_330_100)).toBe('1.330 100');
    expect(spanText(100)).toBe('100 us');
    expect(spanText(330_100)).toBe('330 ms');
    expect(spanText(5_250)).toBe('5.3 ms');
    expect(spanText(999_900)).toBe('1 s');
    expect(spanText(2_000_000)).toBe('2 s');
  });
});

describe('theme', () => {
  test('uses 16 colours at most, and neither red nor green', () => {
    for (const theme of Object.values(themes)) {
      expect([...theme.keys()]).toEqual([...darkTheme.keys()]);
      for (const attributes of theme.values()) {
        const { colour = 0 } = attributes;
        expect(colour).toBeLessThan(16);
        expect([1, 2, 9, 10]).not.toContain(attributes.colour);
      }
    }
    expect(sgr({ bold: true, colour: 12 })).toBe('\x1b[1;94m');
    expect(sgr({})).toBe('');
  });

  test('NO_COLOR: the same roles without a colour', () => {
    expect([...plainTheme.keys()]).toEqual([...darkTheme.keys()]);
    for (const attributes of plainTheme.values()) expect(attributes.colour).toBeUndefined();
  });
});
