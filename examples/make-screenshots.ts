/** Takes the pictures of docs/screenshots: the page on the example, wide and narrow, light and dark. Needs Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openPageStand } from '../test/support/page.ts';

const OUT = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

const keep = async (page: Page, name: string): Promise<void> => {
  // Pictures of a page have few colours beside the face: a palette makes them a third as large.
  const picture = await page.screenshot();
  await sharp(picture)
    .png({ palette: true, quality: 92, effort: 8 })
    .toFile(join(OUT, `page-${name}.png`));
};

const folder = mkdtempSync(join(tmpdir(), 'whyface-screenshots-'));
const stand = await openPageStand(join(folder, 'data'));
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [WIDE, NARROW]) {
      const name = `${viewport.width}-${colorScheme}`;
      const { page } = await stand.open({ viewport, colorScheme });
      await keep(page, `start-${name}`);
      await page.getByRole('button', { name: 'Try the example' }).click();
      await page.locator('.lane-label').first().waitFor();
      await page.evaluate('document.activeElement?.blur()');
      for (let frame = 0; frame < 30; frame += 1) {
        await page.keyboard.press('ArrowRight');
      }
      await page.waitForTimeout(800);
      await keep(page, `reading-${name}`);
      if (viewport === WIDE) {
        await page.getByRole('button', { name: 'Mesh', exact: true }).click();
        await page.getByRole('button', { name: 'Beside rest' }).click();
        await page.getByRole('button', { name: 'Landmarks', exact: true }).click();
        await page.locator('.sentences .chip').first().hover();
        await page.waitForTimeout(1_500);
        await keep(page, `mesh-${name}`);
        await page.getByRole('button', { name: 'Landmarks', exact: true }).click();
        const smiling = page.locator('.evidence-rows li', { hasText: /AU12|AU25/ }).getByRole('switch');
        for (const each of await smiling.all()) {
          if (await each.isVisible()) {
            await each.click();
          }
        }
        await page.locator('.was-words').waitFor();
        await page.evaluate('window.scrollTo(0, 0)');
        await page.waitForTimeout(800);
        await keep(page, `evidence-off-${name}`);
      } else {
        await page.locator('.answer h2').scrollIntoViewIfNeeded();
        await page.evaluate("document.querySelector('.answer').scrollIntoView()");
        await page.waitForTimeout(300);
        await keep(page, `answer-${name}`);
      }
      await page.context().close();
    }
  }
} finally {
  await stand.close();
  rmSync(folder, { recursive: true, force: true });
}
