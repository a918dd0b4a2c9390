import { describe, test } from 'vitest';
import { plays } from './screens/plays.js';
import { checkFiles, isWriting, playScreens } from './support/keptScreens.js';

/** Other terminals are tried at this size alone. */
const SMALL = '80x24';

// Screens are kept as text that a reviewer can read; test/tui/screens/plays.ts lists them.
describe('kept screens', () => {
  for (const one of plays) {
    for (const size of one.sizes) {
      const names = one.shots.map(({ name }) => name).join(' ');
      test.concurrent(`rmc-emu ${one.command} at ${size}: ${names}`, ({ expect }) =>
        playScreens(expect, one, size));
      for (const term of isWriting || size !== SMALL ? [] : (one.terms ?? [])) {
        test.concurrent(`TERM=${term} shows the same at ${size}: ${names}`, ({ expect }) =>
          playScreens(expect, one, size, term));
      }
    }
  }

  test('there are no others', ({ expect }) => checkFiles(expect, plays));
});
