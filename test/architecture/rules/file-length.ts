import type { Rule } from '../rule.js';
import { isCode, isGenerated } from '../source.js';

const most = 400;

export const fileLength: Rule = {
  name: 'file-length',
  instead: `split it by what its parts are about; ${most} lines are the most`,
  check: (files) =>
    files
      .filter(({ path, lines }) => isCode(path) && !isGenerated(path) && lines > most)
      .map(({ path, lines }) => ({ path, line: most + 1, what: `${lines} lines` })),
};
