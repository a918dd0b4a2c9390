import { defineConfig } from 'vitest/config';

// What takes too long for `npm test`: files named *.long.test.ts.
export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: 2,
    include: ['test/**/*.long.test.ts'],
    testTimeout: 600_000,
  },
});
