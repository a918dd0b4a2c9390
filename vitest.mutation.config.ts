import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// What `npm run mutation` runs against each mutant: the tests of rmc-core and nodes, on the sources. Left out is what
// runs dist/, which has no mutants, what reads the sources as text, and what plays thousands of random worlds, which
// takes seconds for every mutant; test/mutation/setup.ts passes over single tests and drills for the same reason.
const slow =
  'anything|busFaults|comeAndGo|delivery|determinism|longRun|lostFrames|manySessions|orderedChaos|saveExpect|timeTravel';

/** A mutant is done with at its first failed test, so the quick tests of the protocol machine come first, drills last. */
const order = ['test/rmc-core/', 'test/ssc/', 'test/eee/', 'test/nodes/', 'test/drills.test.ts'];

/**
 * `MUTATION_TESTS=rmc-core npm run mutation -- --incremental` asks the tests of the protocol machine alone, which take a
 * second in all; run again without it, it asks the others about what survived. Several with commas: `nodes,ssc,drills`.
 */
const only = process.env['MUTATION_TESTS'];
const all = ['test/{rmc-core,nodes,ssc,eee}/**/*.test.ts', 'test/drills.test.ts'];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => order.findIndex((part) => moduleId.includes(part));
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    sequence: { sequencer: QuickestFirst },
    include: only?.split(',').flatMap((name) => [`test/${name}/**/*.test.ts`, `test/${name}.test.ts`]) ?? all,
    exclude: ['test/**/*.real.test.ts', `test/**/@(${slow}).test.ts`],
    setupFiles: ['test/mutation/setup.ts'],
  },
});
