import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProblem } from '../../tui/jsonPlace.js';

describe('the place of what is no JSON', () => {
  test.each([
    ['{ "theme": ', 11, 'a value'],
    ['', 0, 'a value'],
    ['{\n  "theme": "dark",\n}', 21, 'a name in quotes'],
    ['{ theme: "dark" }', 2, 'a name in quotes'],
    ['{ "theme" "dark" }', 10, '":"'],
    ['{ "theme": dark }', 11, '"dark" in quotes'],
    ['{ "ascii": yes }', 11, 'true'],
    ['{ "mouse": Off }', 11, 'false'],
    ['{ "a": true "b": 1 }', 12, '"," or "}"'],
    ['[1, 2', 5, '"," or "]"'],
    ['{"a":true} x', 11, 'the end of the file'],
    ['{ "a": "open }', 7, 'a value'],
  ])('%j: offset %i, expected %s', (text, offset, expected) => {
    expect(jsonProblem(text)).toEqual({ offset, expected });
  });

  test('all that is JSON is right', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonProblem(text) === undefined));
  });

  test('it agrees with JSON.parse on what is broken, and the place is in the text', () => {
    const put = fc.constantFrom('', '}', ',', 'x', ':', '"', '\\', '\n', '\u00a0', '0', '.');
    fc.assert(
      fc.property(fc.json(), fc.nat(), put, (text, where, character) => {
        const at = where % (text.length + 1);
        const broken = text.slice(0, at) + character + text.slice(at + 1);
        const problem = jsonProblem(broken);
        return (problem === undefined) === isJson(broken) && (problem?.offset ?? 0) <= broken.length;
      }),
      { numRuns: 2_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
