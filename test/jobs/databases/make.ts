/**
 * Writes the database that this version of the program makes, to be kept for ever:
 *
 *     node --import tsx test/jobs/databases/make.ts
 *
 * Only for a version that has none yet: those of earlier versions are what they were.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SCHEMA_VERSION } from '../../../src/jobs/sqlite/migrations.ts';
import { createApiKey } from '../../../src/present/http/access/api-key.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService } from '../../support/service.ts';
import { ROOT } from '../../support/shared.ts';

const target = join(ROOT, 'test', 'jobs', 'databases', `v${SCHEMA_VERSION}.db`);
if (existsSync(target)) {
  process.stderr.write(`${target} is there and stays as it is.\n`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'whyface-database-'));
const service = await openTestService(folder);
const response = await service.request('/v1/analyses?stills=true&filename=clip.mp4', {
  method: 'POST',
  body: fakeClip({ marker: 'fixture' }),
});
const { id } = z.object({ id: z.string() }).parse(await response.json());
await service.request(`/v1/analyses/${id}/corrections`, {
  method: 'POST',
  body: JSON.stringify({ observation: 'o1', note: 'as a fixture' }),
  headers: { 'content-type': 'application/json' },
});
await createApiKey(
  service.jobs.keys,
  { name: 'fixture', scopes: ['read'], purpose: null, concurrency: null, requestsPerMinute: null, expiresAt: null },
  Date.now,
);
await service.stop(0);
copyFileSync(join(folder, 'whyface.db'), target);
rmSync(folder, { recursive: true, force: true });
