// Reads vitest's JSON reports and prints CI's closing line. In CI a skip for want of Chromium or Redis is a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, status] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
const reports = readdirSync(folder).filter((name) => name.endsWith('.json'));
for (const report of reports) {
  const { testResults } = JSON.parse(readFileSync(join(folder, report), 'utf8'));
  for (const file of testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      failed += 1;
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        passed += 1;
      } else if (test.status === 'failed') {
        failed += 1;
      } else if (/needs (?:Chromium|Redis)/i.test(test.fullName)) {
        console.log(`skipped in CI, which has it: ${test.fullName}`);
        failed += 1;
      } else {
        skipped += 1;
      }
    }
  }
}
if (reports.length === 0) {
  console.log('no test report');
}
if (status !== '0' && failed === 0) {
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
