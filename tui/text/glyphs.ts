import stringWidth from 'string-width';

/**
 * The glyphs that the panes draw with, and the ASCII character that stands for each where the locale is not UTF-8.
 * One to one, so that no layout depends on the locale.
 */
const asciiFor: ReadonlyMap<string, string> = new Map([
  ['─', '-'],
  ['│', '|'],
  ['┌', '+'],
  ['┐', '+'],
  ['└', '+'],
  ['┘', '+'],
  ['╒', '+'],
  ['╕', '+'],
  ['╘', '+'],
  ['╛', '+'],
  ['├', '|'],
  ['┤', '|'],
  ['┬', '+'],
  ['┴', '+'],
  ['╌', '-'],
  ['╎', ':'],
  ['┆', ':'],
  ['┼', '+'],
  ['═', '='],
  ['╧', '='],
  ['╤', '='],
  ['✓', '+'],
  ['✗', 'x'],
  ['→', '>'],
  ['←', '<'],
  ['↔', '='],
  ['↑', '^'],
  ['↓', 'v'],
  ['▸', '>'],
  ['▶', '>'],
  ['◀', '<'],
  ['●', '*'],
  ['■', '#'],
  ['○', 'o'],
  ['█', '#'],
  ['▌', '#'],
  ['░', '.'],
  ['▁', '_'],
  ['▂', '.'],
  ['▃', ','],
  ['▄', '-'],
  ['▅', '='],
  ['▆', '+'],
  ['▇', '*'],
  ['…', '~'],
  ['≈', '~'],
  // Not `!`, which also means told, failed and corrupt.
  ['≠', '%'],
  ['·', '.'],
  ['µ', 'u'],
  ['’', "'"],
  ['×', 'x'],
  ['–', '-'],
]);

const plainAscii = /^[\x20-\x7e]*$/;

/** Text in which every character is exactly one cell wide; what is not (controls, emoji, wide letters) becomes `?`. */
export function clean(text: string): string {
  if (plainAscii.test(text)) return text;
  let out = '';
  for (const character of text) {
    if (character === '\t' || character === '\n' || character === '\r') out += ' ';
    else if (asciiFor.has(character) || plainAscii.test(character)) out += character;
    else out += character.length === 1 && stringWidth(character) === 1 ? character : '?';
  }
  return out;
}

/** The same text in ASCII, of the same width. */
export function toAscii(text: string): string {
  if (plainAscii.test(text)) return text;
  let out = '';
  for (const character of text) {
    out += plainAscii.test(character) ? character : (asciiFor.get(character) ?? '?');
  }
  return out;
}
