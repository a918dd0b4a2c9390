import { describe, expect, test } from 'vitest';
import { type InputEvent, KeyDecoder } from '../../tui/terminal/keyDecoder.js';

function names(events: readonly InputEvent[]): string[] {
  return events.map((event) => (event.kind === 'key' ? event.name : event.kind));
}

describe('keys', () => {
  test.each([
    ['a', 'a'],
    ['G', 'G'],
    [' ', 'space'],
    ['\r', 'enter'],
    ['\t', 'tab'],
    ['\x1b[Z', 'shift-tab'],
    ['\x7f', 'backspace'],
    ['\x03', 'ctrl-c'],
    ['\x1a', 'ctrl-z'],
    ['\x1b[A', 'up'],
    ['\x1bOA', 'up'],
    ['\x1b[1;5D', 'ctrl-left'],
    ['\x1b[5~', 'page-up'],
    ['\x1b[H', 'home'],
    ['\x1b[4~', 'end'],
    ['\x1bb', 'alt-b'],
  ])('%j is %s', (bytes, name) => {
    expect(names(new KeyDecoder().push(bytes))).toEqual([name]);
  });

  test('a sequence that arrives in parts is one key', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\x1b')).toEqual([]);
    expect(decoder.push('[')).toEqual([]);
    expect(names(decoder.push('B'))).toEqual(['down']);
    expect(decoder.pending).toBe(false);
  });

  test('an escape that stays alone is the Escape key, also before another key', () => {
    const decoder = new KeyDecoder();
    decoder.push('\x1b');
    expect(decoder.pending).toBe(true);
    expect(names(decoder.flush())).toEqual(['escape']);
    expect(names(decoder.push('\x1b:q'))).toEqual(['escape', ':', 'q']);
  });

  test('a paste is taken whole, however it arrives', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\x1b[200~power off')).toEqual([]);
    expect(decoder.push(' eee0\nq')).toEqual([]);
    expect(decoder.push('\x1b[201~q')).toEqual([
      { kind: 'paste', text: 'power off eee0\nq' },
      { kind: 'key', name: 'q', text: 'q' },
    ]);
  });

  test('clicks and the wheel have a cell; unknown sequences are dropped', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\x1b[<0;3;5M\x1b[<0;3;5m')).toEqual([
      { kind: 'mouse', action: 'press', x: 2, y: 4 },
    ]);
    expect(decoder.push('\x1b[<65;1;1M')).toEqual([{ kind: 'mouse', action: 'wheel-down', x: 0, y: 0 }]);
    expect(decoder.push('\x1b[?1;2c\x1b[99~')).toEqual([]);
  });
});
