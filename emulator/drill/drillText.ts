import type { Place, Problem } from '../monitor/problem.js';

/** Characters that a drill's text may have. */
export const LONGEST_DRILL = 1_048_576;

/** What is wrong with a text before its lines are looked at: it is too large, or no text at all. */
export function checkText(text: string, file: string, via: Place['via']): Problem | undefined {
  const at = (line: number, column: number, message: string): Problem => ({
    ...{ file, line, column, length: 1, via },
    message,
    expected: 'a text file of monitor commands',
  });
  if (text.length > LONGEST_DRILL) {
    return at(1, 1, `the text is too long: ${text.length} characters, and ${LONGEST_DRILL} are allowed`);
  }
  const nul = text.indexOf('\u0000');
  if (nul < 0) return undefined;
  const before = text.slice(0, nul).split(/\r\n|\n|\r/);
  const last = before[before.length - 1]!;
  return at(before.length, [...last].length + 1, 'this is no text: it holds NUL bytes');
}
