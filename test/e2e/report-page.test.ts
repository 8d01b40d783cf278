import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyface } from '../support/cli.ts';
import { ROOT } from '../support/shared.ts';

const CHROMIUM = '/usr/bin/chromium';

describe.skipIf(!existsSync(CHROMIUM))('the HTML report in a browser (needs Chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whyface-report-'));
  const report = join(folder, 'report.html');
  let browser: Browser;

  beforeAll(async () => {
    await whyface(['explain', join(ROOT, 'examples', 'astronaut.png'), '--format', 'html', '-o', report]);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    [1440, 900],
    [390, 844],
  ])('asks nothing of the network, breaks no rule of its own policy and fits %i pixels', async (width, height) => {
    const page = await browser.newPage({ viewport: { width, height } });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(report).href);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });

  it('leads from a citation to the observation it names', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pathToFileURL(report).href);
    const chip = page.locator('a[href^="#"]:visible', { hasText: /^o\d+$/ }).first();
    const id = await chip.textContent();
    const target = await chip.getAttribute('href');
    await chip.click();
    expect(await page.locator(`[id="${(target ?? '').slice(1)}"]`).textContent()).toContain(id ?? 'no chip');
    await page.close();
  });
});
