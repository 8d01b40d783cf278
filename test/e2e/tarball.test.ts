import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../support/shared.ts';

const PROGRAM = `
import { explain, observe, WhyfaceError } from 'whyface';
import { analysis } from 'whyface/contracts';

const result = await explain(process.argv[2]);
const [first] = result.explanations;
analysis.parse(result.analysis);
let refused = null;
try {
  await observe('no-such-file.mp4');
} catch (error) {
  refused = WhyfaceError.isInstance(error) ? error.code : String(error);
}
console.log(JSON.stringify({ label: first.judgement.expression.label, sentences: first.keyObservations.length, refused }));
`;

const TYPED = `
import { type Explanation, explain } from 'whyface';
const explanations: Explanation[] = (await explain('x.png', { reasoner: 'facs', signal: AbortSignal.timeout(1) })).explanations;
// @ts-expect-error there is no such reasoner
await explain('x.png', { reasoner: 'oracle' });
export const text: string | undefined = explanations[0]?.conclusion.text;
`;

describe('the packed tarball', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whyface-tarball-'));
  const modules = join(folder, 'node_modules');

  // The dependencies are linked rather than installed anew: what is tried is the tarball's own content.
  beforeAll(() => {
    mkdirSync(modules);
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    mkdirSync(join(modules, 'whyface'));
    execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', join(modules, 'whyface')]);
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('explains a photo through its exports, offline', () => {
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
    const out = execFileSync(process.execPath, ['program.mjs', join(ROOT, 'examples', 'astronaut.png')], {
      cwd: folder,
      env: { ...process.env, WHYFACE_OFFLINE: '1' },
      encoding: 'utf8',
    });
    const answer = z.object({ label: z.string(), sentences: z.number(), refused: z.string() }).parse(JSON.parse(out));
    expect(answer).toMatchObject({ label: 'happiness', refused: 'input-not-found' });
    expect(answer.sentences).toBeGreaterThan(1);
  });

  it('runs its command', () => {
    const out = execFileSync(process.execPath, [join(modules, 'whyface', 'bin', 'whyface.js'), '--version'], {
      encoding: 'utf8',
    });
    expect(out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('carries its types', () => {
    writeFileSync(join(folder, 'typed.ts'), TYPED);
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ];
    expect(() =>
      execFileSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, 'typed.ts'], {
        cwd: folder,
        stdio: 'pipe',
      }),
    ).not.toThrow();
  });
});
