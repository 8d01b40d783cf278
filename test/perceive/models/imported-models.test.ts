/** The models that npm brings, imported into an empty cache. */
import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSessions, loadManifest, openModelStore } from '../../../src/perceive/models/index.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from './store-support.ts';

const builtIn = ['face-detection', 'face-mesh'];

describe('the models that come with npm', () => {
  it('import to the very bytes that the manifest states, and run as it says', async () => {
    const folder = await temporaryFolder();
    const store = await openModelStore({ environment: { WHYFACE_MODELS: folder } });
    const sessions = await createSessions({ store, threads: 1 });
    const manifest = await loadManifest();
    const graphs = manifest.models
      .filter(({ id }) => builtIn.includes(id))
      .flatMap(({ id, graphs: each }) => each.map(({ name }) => `${id}/${name}`));
    expect(graphs.length).toBeGreaterThanOrEqual(4);
    for (const name of graphs) {
      // Opening compares names, types and sizes of inputs and outputs with the manifest.
      const { session, reference } = await sessions.open(name);
      expect(session.inputNames.length).toBe(1);
      expect(reference.digest).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(sessions.references().map(({ id }) => id)).toEqual([...graphs].sort());
    await sessions.release();
    expect(await store.verify(builtIn)).toMatchObject([{ state: 'good' }, { state: 'good' }]);
  });

  it('are imported again when the cached import was tampered with', async () => {
    const folder = await temporaryFolder();
    const store = await openModelStore({ environment: { WHYFACE_MODELS: folder } });
    const { bytes } = await store.load('face-detection/short-range');
    const [name = ''] = await readdir(join(folder, 'imported'));
    const path = join(folder, 'imported', name);
    const changed = new Uint8Array(await readFile(path));
    changed.fill(0, 2000, 2100);
    await writeFile(path, changed);
    expect(Buffer.compare((await store.load('face-detection/short-range')).bytes, bytes)).toBe(0);
    expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
  });

  it('run from a folder that cannot be written', async () => {
    const folder = await temporaryFolder();
    // A file where a folder should be stops even the superuser, whom permissions do not.
    await writeFile(join(folder, 'blocked'), '');
    await chmod(join(folder, 'blocked'), 0o400);
    const store = await openModelStore({ environment: { WHYFACE_MODELS: join(folder, 'blocked', 'models') } });
    expect((await store.load('face-detection/short-range')).bytes.byteLength).toBeGreaterThan(100_000);
  });

  it('can be imported by two processes at once', async () => {
    const folder = await temporaryFolder();
    const script = [
      "import { openModelStore } from './src/perceive/models/index.ts';",
      `const store = await openModelStore({ environment: { WHYFACE_MODELS: ${JSON.stringify(folder)} } });`,
      "const { reference } = await store.load('face-detection/short-range');",
      'process.stdout.write(reference.digest);',
    ].join('\n');
    const path = join(folder, 'run.mts');
    await writeFile(path, script.replace('./src', join(ROOT, 'src')));
    const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', path], { cwd: ROOT });
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.stdout).toMatch(/^[0-9a-f]{64}$/);
    expect(second.stdout).toBe(first.stdout);
    expect((await readdir(join(folder, 'imported'))).length).toBe(1);
  });
});
