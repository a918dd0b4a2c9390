import { describe, expect, test } from 'vitest';
import { type EditedLine, edit, insert, LINE_LIMIT } from '../../tui/prompt/lineEditor.js';

/** A line written with `|` for the cursor. */
function at(marked: string): EditedLine {
  return { text: marked.replace('|', ''), cursor: marked.indexOf('|') };
}

function shown(line: EditedLine | undefined): string {
  return line === undefined ? 'none' : `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`;
}

describe('line editor', () => {
  test.each([
    ['left', 'ab|c', 'a|bc'],
    ['left', '|abc', '|abc'],
    ['right', 'ab|c', 'abc|'],
    ['right', 'abc|', 'abc|'],
    ['home', 'ab|c', '|abc'],
    ['end', 'a|bc', 'abc|'],
    ['ctrl-a', 'ab|c', '|abc'],
    ['ctrl-e', 'a|bc', 'abc|'],
    ['ctrl-left', 'run until| x', 'run |until x'],
    ['ctrl-right', 'run| until x', 'run until| x'],
    ['backspace', 'ab|c', 'a|c'],
    ['backspace', '|abc', '|abc'],
    ['delete', 'a|bc', 'a|c'],
    ['ctrl-u', 'power off| eee0', '| eee0'],
    ['ctrl-k', 'power off| eee0', 'power off|'],
    ['ctrl-w', 'power off eee0  |', 'power off |'],
  ])('%s: %s becomes %s', (key, before, after) => {
    expect(shown(edit(at(before), key, ''))).toBe(after);
  });

  test('a printable key is put in at the cursor', () => {
    expect(shown(edit(at('a|c'), 'b', 'b'))).toBe('ab|c');
    expect(shown(edit(at('a|c'), 'space', ' '))).toBe('a |c');
  });

  test('a key that is none changes nothing', () => {
    expect(edit(at('a|'), 'f5', '')).toBeUndefined();
  });

  test('pasted newlines become spaces, and a line has a limit', () => {
    expect(shown(insert(at('|'), 'run 1s\r\nstep\n'))).toBe('run 1s step |');
    expect(insert(at('|'), 'x'.repeat(LINE_LIMIT * 2)).text).toHaveLength(LINE_LIMIT);
  });
});
