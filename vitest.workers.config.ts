import { join } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

const reports = process.env.WHYFACE_TEST_REPORTS;

/** What runs in workerd, with the bindings of `wrangler.toml`. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: { TEST_MIGRATIONS: await readD1Migrations('./migrations'), WHYFACE_REQUESTS_PER_MINUTE: '30' },
      },
    })),
  ],
  test: {
    include: ['test/workers/**/*.test.ts'],
    testTimeout: 60_000,
    // The Worker's log is its console.
    silent: 'passed-only',
    reporters:
      reports === undefined ? ['default'] : ['default', ['json', { outputFile: join(reports, 'workers.json') }]],
  },
});
