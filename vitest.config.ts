import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const reports = process.env.WHYFACE_TEST_REPORTS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/workers/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two forks: the reference machine has two cores, and native sessions are not shared between tests.
    pool: 'forks',
    maxWorkers: 2,
    reporters: reports === undefined ? ['default'] : ['default', ['json', { outputFile: join(reports, 'node.json') }]],
  },
});
