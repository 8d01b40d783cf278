import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VERSION } from '../src/kit/version.ts';
import { ROOT } from './support/shared.ts';

const manifest = z
  .object({
    version: z.string(),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

describe('package.json', () => {
  it('has the version that analyses carry', () => {
    expect(manifest.version).toBe(VERSION);
  });

  it('pins every dependency exactly', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  });

  it('names every production dependency and its version in THIRD-PARTY.md', () => {
    const page = readFileSync(join(ROOT, 'THIRD-PARTY.md'), 'utf8');
    const missing = Object.entries(manifest.dependencies).filter(
      ([name, version]) => !page.split('\n').some((line) => line.includes(`\`${name}\``) && line.includes(version)),
    );
    expect(missing).toEqual([]);
  });

  it('keeps registry hosts out of the lockfile', () => {
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":\s*"https?:/);
  });
});
