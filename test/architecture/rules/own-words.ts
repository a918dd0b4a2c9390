import type { Rule } from '../rule.js';

/** Names of places outside the repository; pieced together so that this file does not hold them. */
const foreign = [['.', 'library'].join(''), ['..', 'shared'].join('/')];

export const ownWords: Rule = {
  name: 'own-words',
  instead: 'say here what is meant; the repository has to be read without what lies around it',
  check: (files) =>
    files.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          foreign
            .filter((word) => line.includes(word))
            .map((word) => ({ path, line: index + 1, what: `names ${word}` })),
        ),
    ),
};
