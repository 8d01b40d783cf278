import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { d1Migrations } from '../../../src/jobs/d1/migrations.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the Worker', () => {
  const folder = temporaryFolder('worker');

  it('is below 1 MB, compressed', () => {
    // Wrangler's own start script asks for Node 22; what it starts works on 20.
    const wrangler = join(ROOT, 'node_modules/wrangler/wrangler-dist/cli.js');
    execFileSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
      cwd: ROOT,
      stdio: 'ignore',
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: folder, XDG_CONFIG_HOME: folder },
    });
    expect(gzipSync(readFileSync(join(folder, 'index.js'))).length).toBeLessThan(1_000_000);
  });

  it('has the tables of the service, in the files that wrangler applies', () => {
    const files = readdirSync(join(ROOT, 'migrations')).sort();
    const found = files.map((name) => ({ name, sql: readFileSync(join(ROOT, 'migrations', name), 'utf8') }));
    expect(found).toEqual(d1Migrations());
  });
});
