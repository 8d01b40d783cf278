/**
 * Every fault of the list against the tests that show it, with 500 mutants of each kind of media:
 *
 *     npm run faults [-- --mutants 500] [--seed 20261123] [--write-only]
 *
 * Prints a row an id, writes docs/reliability.md, and ends with 1 where a test failed or did not run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../support/shared.ts';
import { FAULTS, type FaultTest } from './faults.ts';
import { renderReliability } from './render.ts';

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '500' },
    seed: { type: 'string', default: '20261123' },
    'write-only': { type: 'boolean', default: false },
  },
});

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ title: z.string(), ancestorTitles: z.array(z.string()), status: z.string() }),
      ),
    }),
  ),
});

/** Files that other files run: the suite of the text side. */
const RUN_BY: Readonly<Record<string, string>> = { 'present/http/text-side-suite.ts': 'workers/text-side.test.ts' };
const inWorkerd = (file: string): boolean => file.startsWith('workers/');
const runs = (file: string): string => RUN_BY[file] ?? file;

/** The places of `it.each` in a title stand for anything. */
const patternOf = (title: string): RegExp =>
  new RegExp(`^${title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/%[sdijo#]|\\\$\w+/g, '.*')}$`, 's');

const folder = mkdtempSync(join(tmpdir(), 'whyface-faults-'));

const run = (
  files: readonly string[],
  config: readonly string[],
  name: string,
): z.infer<typeof report>['testResults'] => {
  const outputFile = join(folder, `${name}.json`);
  spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${outputFile}`,
      ...files.map((file) => join('test', file)),
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, WHYFACE_FAULT_MUTANTS: values.mutants, WHYFACE_FAULT_SEED: values.seed },
    },
  );
  return report.parse(JSON.parse(readFileSync(outputFile, 'utf8'))).testResults;
};

writeFileSync(join(ROOT, 'docs', 'reliability.md'), renderReliability());
if (!values['write-only']) {
  const files = [...new Set(Object.values(FAULTS).flatMap(({ tests }) => tests.map(([file]) => runs(file))))].sort();
  const results = [
    ...run(
      files.filter((file) => !inWorkerd(file)),
      [],
      'node',
    ),
    ...run(files.filter(inWorkerd), ['-c', 'vitest.workers.config.ts'], 'workers'),
  ];
  const resultOf = ([file, title]: FaultTest): 'passed' | 'failed' | 'skipped' | 'missing' => {
    const pattern = patternOf(title);
    const path = join(ROOT, 'test', runs(file));
    const found = results
      .filter(({ name }) => name === path)
      .flatMap(({ assertionResults }) => assertionResults)
      .filter((test) => pattern.test(test.title) || test.ancestorTitles.some((ancestor) => pattern.test(ancestor)));
    if (found.length === 0) {
      return 'missing';
    }
    if (found.some(({ status }) => status === 'failed')) {
      return 'failed';
    }
    return found.some(({ status }) => status === 'passed') ? 'passed' : 'skipped';
  };
  let bad = 0;
  for (const [id, { fault, tests }] of Object.entries(FAULTS)) {
    process.stdout.write(`${id.padEnd(4)} ${fault}\n`);
    for (const test of tests) {
      const result = resultOf(test);
      bad += result === 'failed' || result === 'missing' ? 1 : 0;
      process.stdout.write(
        `     ${result === 'passed' ? '✓' : result === 'skipped' ? '-' : '✗'} ${result.padEnd(8)} ${test[0]}: ${test[1]}\n`,
      );
    }
  }
  process.stdout.write(bad === 0 ? 'Every fault is withstood.\n' : `${bad} tests failed or did not run.\n`);
  process.exitCode = bad === 0 ? 0 : 1;
}
rmSync(folder, { recursive: true, force: true });
