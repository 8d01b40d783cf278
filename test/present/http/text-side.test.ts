import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe } from 'vitest';
import record from '../../../examples/expected/astronaut.json' with { type: 'json' };
import { analysis as analysisSchema } from '../../../src/contracts/index.ts';
import { createSqliteKeyStore } from '../../../src/jobs/sqlite/key-store.ts';
import { openDatabase } from '../../../src/jobs/sqlite/open-database.ts';
import { createApiKey } from '../../../src/present/http/access/api-key.ts';
import { talkGroups } from '../../../src/present/http/talk-groups.ts';
import { createEdgeSteps } from '../../../src/present/worker/edge-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { textSideSuite } from './text-side-suite.ts';

const FACTS = {
  scopes: ['read' as const, 'analyse' as const],
  purpose: null,
  concurrency: null,
  requestsPerMinute: null,
};

/** The suite of `test/workers`, on Node: one app, two runtimes. */
describe('the text side on Node', () => {
  const folder = temporaryFolder('text-side');
  const open: TestService[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((service) => service.stop(0)));
  });

  textSideSuite(async () => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const database = await openDatabase(join(dataDir, 'whyface.db'));
    const keys = createSqliteKeyStore(database);
    const keyFor = async (name: string): Promise<string> =>
      (await createApiKey(keys, { ...FACTS, name, expiresAt: null }, Date.now)).key;
    const made = { ada: await keyFor('ada'), bob: await keyFor('bob') };
    database.close();
    const settings = { requireKeys: true, purpose: 'research' };
    const service = await openTestService(dataDir, {
      settings,
      steps: createEdgeSteps({ env: {} }),
      groups: talkGroups({}),
    });
    open.push(service);
    return { fetch: service.request, keys: made };
  }, analysisSchema.parse(record.analysis));
});
