import { describe, expect, it } from 'vitest';
import { worst } from '../../cli/exitStatus.js';
import { wantsColor } from '../../cli/host.js';
import { printable } from '../../cli/printable.js';
import { shellFile, shellWord } from '../../cli/shellWord.js';
import { fakeHost } from './fakeHost.js';

describe('exit status', () => {
  it('is the worst of several: 4, 3, 2, 1', () => {
    expect(worst([])).toBe(0);
    expect(worst([0, 1, 0])).toBe(1);
    expect(worst([1, 3, 2])).toBe(3);
    expect(worst([3, 4, 1])).toBe(4);
  });
});

describe('colour', () => {
  it.each([
    ['no terminal', undefined, {}, false, false],
    ['a terminal', undefined, {}, true, true],
    ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, true],
    ['a dumb terminal', undefined, { TERM: 'dumb' }, true, false],
    ['--color', true, { NO_COLOR: '1' }, false, true],
    ['--no-color', false, {}, true, false],
  ])('with %s', (_name, option, environment, onTerminal, wanted) => {
    expect(wantsColor(option, fakeHost(environment, onTerminal))).toBe(wanted);
  });
});

describe('words for a shell', () => {
  it.each([
    ['drills/a-1.drill', 'drills/a-1.drill'],
    ['my drills/a.drill', "'my drills/a.drill'"],
    ["it's", "'it'\\''s'"],
    ['$HOME', "'$HOME'"],
    ['', "''"],
    ['ä', "'ä'"],
  ])('%s is written %s', (text, word) => {
    expect(shellWord(text)).toBe(word);
  });

  it('a file that begins with - is no option', () => {
    expect(shellFile('-a b')).toBe("'./-a b'");
  });
});

describe('texts for people', () => {
  it('show control characters instead of sending them to a terminal', () => {
    expect(printable('a\u001b[31mb\r\nc\td')).toBe('a\\x1b[31mb\\x0d\nc d');
  });
});
