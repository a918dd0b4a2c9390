import { partOf } from '../parts.js';
import type { Rule } from '../rule.js';
import { isCode, isGenerated } from '../source.js';

const most = 150;

export const medianLength: Rule = {
  name: 'median-length',
  instead: `write smaller files; half of the sources have to stay under ${most} lines`,
  check(files) {
    const sources = files
      .filter(({ path }) => isCode(path) && !isGenerated(path) && partOf(path) !== 'outside')
      .sort((a, b) => a.lines - b.lines);
    const middle = sources[Math.floor(sources.length / 2)];
    if (middle === undefined || middle.lines < most) return [];
    return [{ path: middle.path, line: 1, what: `the median source has ${middle.lines} lines` }];
  },
};
