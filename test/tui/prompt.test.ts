import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { promptBox } from '../../tui/panes/promptBox.js';
import { HISTORY_LIMIT, historyOf, remembered } from '../../tui/prompt/history.js';
import { historyPath, loadHistory, saveHistory } from '../../tui/prompt/historyFile.js';
import {
  commonStart,
  openPrompt,
  type Prompt,
  promptKey,
  promptPaste,
  withProblem,
} from '../../tui/prompt/prompt.js';
import { textOf } from '../../tui/text/line.js';
import { FakeSource } from './support/fakeSource.js';

const source = new FakeSource();

/** Presses keys one after the other: names, or text to type in quotes. */
function press(start: Prompt, keys: readonly string[], lines: readonly string[] = []) {
  let prompt = start;
  let history = historyOf(lines);
  let wish = 'stay';
  const one = (key: string, text: string): void => {
    const step = promptKey(prompt, history, key, text, (line, cursor) => source.complete(line, cursor));
    ({ prompt, history, wish } = step);
  };
  for (const key of keys) {
    if (key.startsWith('"'))
      for (const letter of key.slice(1, -1)) one(letter === ' ' ? 'space' : letter, letter);
    else one(key, '');
  }
  return { prompt, history, wish };
}

describe('prompt', () => {
  test('up and down go through the history and come back to what was being written', () => {
    const lines = ['step', 'run 1s'];
    const open = openPrompt('command');
    expect(press(open, ['"po"', 'up'], lines).prompt.line.text).toBe('run 1s');
    expect(press(open, ['"po"', 'up', 'up'], lines).prompt.line.text).toBe('step');
    expect(press(open, ['"po"', 'up', 'up', 'up'], lines).prompt.line.text).toBe('step');
    expect(press(open, ['"po"', 'up', 'up', 'down', 'down'], lines).prompt.line.text).toBe('po');
  });

  test('Ctrl-R looks for older lines', () => {
    const lines = ['power off eee0', 'step', 'power on eee0'];
    const open = openPrompt('command');
    expect(press(open, ['ctrl-r', '"power"', 'tab'], lines).prompt.line.text).toBe('power on eee0');
    expect(press(open, ['ctrl-r', '"power"', 'ctrl-r', 'tab'], lines).prompt.line.text).toBe(
      'power off eee0',
    );
    expect(press(open, ['ctrl-r', '"ste"', 'enter'], lines).wish).toBe('submit');
    expect(press(open, ['"x"', 'ctrl-r', '"zzz"', 'escape'], lines).prompt.line.text).toBe('x');
  });

  test('Tab completes what all candidates share, then goes through them, and shows the usage', () => {
    const open = openPrompt('command');
    expect(press(open, ['"pow"', 'tab']).prompt.line.text).toBe('power o');
    expect(press(open, ['"pow"', 'tab', 'tab']).prompt.line.text).toBe('power off');
    expect(press(open, ['"pow"', 'tab', 'tab', 'tab']).prompt.line.text).toBe('power on');
    expect(press(open, ['"pow"', 'tab', 'shift-tab']).prompt.line.text).toBe('power on');
    expect(press(open, ['"power off e"', 'tab']).prompt.line.text).toBe('power off eee0 ');
    expect(press(open, ['"power "']).prompt.usage).toBe('power off|on <node>');
    expect(commonStart(['power off', 'power on'])).toBe('power o');
  });

  test('Enter submits and is remembered; Escape, and Backspace on nothing, cancel', () => {
    const open = openPrompt('command');
    expect(press(open, ['"step"', 'enter'])).toMatchObject({ wish: 'submit', history: { lines: ['step'] } });
    expect(press(open, ['"step"', 'escape']).wish).toBe('cancel');
    expect(press(open, ['backspace']).wish).toBe('cancel');
  });

  test('a colon before a command is no part of it; after a wrong line it begins a new one', () => {
    const open = openPrompt('command');
    expect(press(open, ['":"', '"step"']).prompt.line.text).toBe('step');
    const wrong = withProblem(openPrompt('command', 'kill eee0'), { column: 6, length: 4, message: 'no' });
    const again = press(wrong, ['":hang server"']).prompt;
    expect(again.line.text).toBe('hang server');
    expect(again.problem).toBeUndefined();
    expect(press(open, ['"rmc_open client eee0:9"']).prompt.line.text).toBe('rmc_open client eee0:9');
    expect(press(openPrompt('filter'), ['":"']).prompt.line.text).toBe(':');
  });

  test('a paste is put in whole and submits nothing', () => {
    expect(promptPaste(openPrompt('command', 'a '), 'b\nc').line.text).toBe('a b c');
  });

  test('a problem stands under its place with a caret', () => {
    const prompt = withProblem(openPrompt('command', 'power of eee0'), {
      column: 7,
      length: 2,
      message: 'not a word here',
    });
    const rows = promptBox(prompt, historyOf([]), 40).lines.map((row) => textOf(row).trimEnd());
    expect(rows).toEqual([':power of eee0', '       ^^', ' ! not a word here']);
  });

  test('a long line scrolls with the cursor', () => {
    const box = promptBox(openPrompt('command', 'x'.repeat(100)), historyOf([]), 20);
    expect(box.cursorX).toBeLessThan(20);
    expect(textOf(box.lines[0] ?? [])).toHaveLength(20);
  });
});

describe('history', () => {
  test('a line twice in a row is kept once, and there is a limit', () => {
    expect(remembered(historyOf(['a']), 'a').lines).toEqual(['a']);
    const many = Array.from({ length: HISTORY_LIMIT + 5 }, (_, index) => `line ${index}`);
    expect(historyOf(many).lines).toHaveLength(HISTORY_LIMIT);
  });

  test('is kept in the state folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-history-'));
    const path = historyPath({ XDG_STATE_HOME: folder });
    expect(path).toBe(join(folder, 'rmc-emu', 'history'));
    expect(loadHistory(path)).toEqual([]);
    expect(saveHistory(path, ['step', 'run 1s'])).toBeUndefined();
    expect(loadHistory(path)).toEqual(['step', 'run 1s']);
  });

  test('a folder that cannot be written is a message, not a crash', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-history-'));
    writeFileSync(join(folder, 'rmc-emu'), 'a file where a folder is expected');
    const path = historyPath({ XDG_STATE_HOME: folder });
    expect(loadHistory(path)).toEqual([]);
    expect(saveHistory(path, ['step'])).toMatch(/^the history is not kept: /);
  });

  test('a relative XDG_STATE_HOME is not followed', () => {
    expect(historyPath({ XDG_STATE_HOME: 'here' })).toMatch(/\.local\/state\/rmc-emu\/history$/);
  });
});
