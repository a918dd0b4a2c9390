import { describe, expect, it } from 'vitest';
import { withOption, withoutOption } from '../../emulator/beside/mend.js';
import type { Problem } from '../../emulator/index.js';

const problemAt = (column: number): Problem => ({
  ...{ file: '', line: 1, column, length: 1, via: [] },
  message: 'not here',
});

/** A problem about the first place at which a text stands in a line. */
const about = (line: string, part: string): Problem => problemAt(line.indexOf(part) + 1);

describe('a line without what another world refuses', () => {
  const line = 'rmc_listen s 9 --new_session heap --as x # why';

  it('§3 an option goes with its value, wherever in it the problem is, and the rest stays as written', () => {
    const wanted = {
      text: 'rmc_listen s 9  --as x # why',
      option: { name: 'new_session', value: 'heap' },
    };
    expect(withoutOption(line, about(line, 'heap'))).toEqual(wanted);
    expect(withoutOption(line, about(line, '--new_session'))).toEqual(wanted);
  });

  it('§3 an option that is one word with its value goes as one word', () => {
    const text = 'rmc_listen s 9 --new_session=heap --as x';
    expect(withoutOption(text, about(text, 'heap'))).toEqual({
      text: 'rmc_listen s 9  --as x',
      option: { name: 'new_session', value: 'heap' },
    });
  });

  it('§3 columns count characters, not code units', () => {
    const text = "send '😀😀' --to x";
    const taken = withoutOption(text, problemAt(11));
    expect(taken?.option).toEqual({ name: 'to', value: 'x' });
    expect(taken?.text).toBe("send '😀😀'");
  });

  it('§3 a line whose word is at fault, or of which nothing stands there, cannot do without', () => {
    expect(withoutOption(line, about(line, 's 9'))).toBeUndefined();
    expect(withoutOption(line, problemAt(200))).toBeUndefined();
  });
});

describe('a line with an option', () => {
  it.each([
    ['node a ssc', 'node a ssc --release R1.0.x'],
    ['node a ssc # old', 'node a ssc --release R1.0.x # old'],
    ['node a ssc --release R1.1 --memory 8KiB', 'node a ssc --release R1.0.x --memory 8KiB'],
    ['node --release=R1.1 a ssc', 'node --release=R1.0.x a ssc'],
    ['', ''],
  ])('§3 %s', (line, wanted) => {
    expect(withOption(line, 'release', 'R1.0.x')).toBe(wanted);
  });
});
