import { defineConfig } from 'vitest/config';

// Two projects: `unit` runs the sources; `real` (files named *.real.test.ts) starts the built command, in a
// pseudo-terminal or as a child process, and so needs dist/. What takes long is in vitest.long.config.ts.
export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['index.ts', 'emulator/**', 'nodes/**', 'rmc-core/**', 'tui/**', 'cli/**'],
      // Every branch of the protocol machine and of the nodes; exceptions say why (test/coverageExceptions.test.ts).
      thresholds: {
        'rmc-core/**': { branches: 100, functions: 100 },
        'nodes/**': { branches: 100, functions: 100 },
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.real.test.ts', 'test/**/*.long.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.real.test.ts'],
        },
      },
    ],
  },
});
