/** A line of text with a cursor: 0 is before the first character. */
export interface EditedLine {
  readonly text: string;
  readonly cursor: number;
}

export const emptyLine: EditedLine = { text: '', cursor: 0 };

/** Longest line that the editor takes; what is typed or pasted beyond it is left out. */
export const LINE_LIMIT = 4_000;

/** The line with `text` put in at the cursor. Newlines and other controls become spaces. */
export function insert(line: EditedLine, text: string): EditedLine {
  const room = LINE_LIMIT - line.text.length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here
  const printable = text.replace(/[\x00-\x1f\x7f]+/g, ' ').slice(0, Math.max(0, room));
  return {
    text: line.text.slice(0, line.cursor) + printable + line.text.slice(line.cursor),
    cursor: line.cursor + printable.length,
  };
}

/** The line with the cells from `start` to `end` replaced; the cursor stands behind what came in. */
export function replaceRange(line: EditedLine, start: number, end: number, text: string): EditedLine {
  return { text: line.text.slice(0, start) + text + line.text.slice(end), cursor: start + text.length };
}

function wordStart(line: EditedLine): number {
  let at = line.cursor;
  while (at > 0 && line.text[at - 1] === ' ') at -= 1;
  while (at > 0 && line.text[at - 1] !== ' ') at -= 1;
  return at;
}

function wordEnd(line: EditedLine): number {
  let at = line.cursor;
  while (at < line.text.length && line.text[at] === ' ') at += 1;
  while (at < line.text.length && line.text[at] !== ' ') at += 1;
  return at;
}

const to = (line: EditedLine, cursor: number): EditedLine => ({ text: line.text, cursor });

const editKeys: ReadonlyMap<string, (line: EditedLine) => EditedLine> = new Map<
  string,
  (line: EditedLine) => EditedLine
>([
  ['left', (line) => to(line, Math.max(0, line.cursor - 1))],
  ['right', (line) => to(line, Math.min(line.text.length, line.cursor + 1))],
  ['home', (line) => to(line, 0)],
  ['end', (line) => to(line, line.text.length)],
  ['ctrl-a', (line) => to(line, 0)],
  ['ctrl-e', (line) => to(line, line.text.length)],
  ['ctrl-b', (line) => to(line, Math.max(0, line.cursor - 1))],
  ['ctrl-f', (line) => to(line, Math.min(line.text.length, line.cursor + 1))],
  ['ctrl-left', (line) => to(line, wordStart(line))],
  ['ctrl-right', (line) => to(line, wordEnd(line))],
  ['alt-b', (line) => to(line, wordStart(line))],
  ['alt-f', (line) => to(line, wordEnd(line))],
  ['backspace', (line) => replaceRange(line, Math.max(0, line.cursor - 1), line.cursor, '')],
  ['delete', (line) => replaceRange(line, line.cursor, line.cursor + 1, '')],
  ['ctrl-d', (line) => replaceRange(line, line.cursor, line.cursor + 1, '')],
  ['ctrl-u', (line) => replaceRange(line, 0, line.cursor, '')],
  ['ctrl-k', (line) => replaceRange(line, line.cursor, line.text.length, '')],
  ['ctrl-w', (line) => replaceRange(line, wordStart(line), line.cursor, '')],
  ['alt-backspace', (line) => replaceRange(line, wordStart(line), line.cursor, '')],
]);

/** The line after an editing key, or undefined when the key is none. `text` is what a printable key types. */
export function edit(line: EditedLine, key: string, text: string): EditedLine | undefined {
  const change = editKeys.get(key);
  if (change !== undefined) return change(line);
  return text === '' ? undefined : insert(line, text);
}
