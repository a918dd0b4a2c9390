import { defineConfig } from 'vitest/config';

// What `npm run mutation` runs against each mutant: the tests of rmc-core and nodes, on the sources. Left out is what
// runs dist/, which has no mutants, what reads the sources as text, and what plays thousands of random worlds, which
// takes seconds for every mutant. fast-check has the same seed each time: else a mutant would be killed by luck.
const slow = 'anything|busFaults|comeAndGo|delivery|determinism|lostFrames|orderedChaos';

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    include: ['test/{rmc-core,nodes,ssc,eee}/**/*.test.ts', 'test/drills.test.ts'],
    exclude: ['test/**/*.real.test.ts', `test/**/@(${slow}).test.ts`],
    setupFiles: ['test/mutation/fixedSeed.ts'],
  },
});
