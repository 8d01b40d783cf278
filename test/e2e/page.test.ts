/** The page as a person meets it: the example, and what they do with it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, type OpenPage, openPageStand, type PageStand } from '../support/page.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds that is serious or worse. */
const seriousFaults = async (page: Page): Promise<string[]> => {
  // As a string: the policy of the page allows no inline script, the debugger's evaluation does not ask it.
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`);
  return Array.isArray(found) ? found.map(String) : ['axe-core gave no answer'];
};

const timeOf = async (page: Page): Promise<number> =>
  Number(await page.evaluate("document.querySelector('video').currentTime"));

const percentOf = async (page: Page, label: string): Promise<number> =>
  Number.parseInt(
    (await page
      .locator('.scores div', { hasText: new RegExp(`^${label}`) })
      .first()
      .locator('dd')
      .textContent()) ?? '',
    10,
  );

describe.skipIf(!hasChromium)('the page on the example (needs Chromium)', { timeout: 180_000 }, () => {
  const folder = temporaryFolder('page');
  let stand: PageStand;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    stand = await openPageStand(join(folder, 'data'));
    opened = await stand.open();
    page = opened.page;
  }, 120_000);
  afterAll(() => stand?.close());

  it('starts from less than 150 kB, and allows nothing inline', async () => {
    const html = readFileSync(join(ROOT, 'dist', 'web', 'index.html'), 'utf8');
    const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThanOrEqual(2);
    const bytes = files.map((file) => gzipSync(readFileSync(join(ROOT, 'dist', 'web', file))).length);
    expect(bytes.reduce((sum, size) => sum + size, gzipSync(html).length)).toBeLessThan(150_000);
    const policy = (await page.request.get(stand.url)).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('is reached by the keyboard alone, from the start to the reading', async () => {
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement?.textContent');
    for (let presses = 0; presses < 8 && (await focused()) !== 'Try the example'; presses += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toBe('Try the example');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('.answer h2').waitFor();
    expect(await page.locator('.answer h2').textContent()).toBe('Happiness');
    await page.locator('.lane-label').first().waitFor();
    const lanes = await page.locator('.lane-label b').allTextContents();
    expect(lanes).toEqual(expect.arrayContaining(['Words', 'Expression', 'AU12', 'AU25', 'Pitch', 'Loudness']));
  });

  it('plays, stops, steps by frames and changes its speed by keys', async () => {
    const time = (): Promise<number> => timeOf(page);
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('Space');
    await expect.poll(time, { timeout: 20_000 }).toBeGreaterThan(0.2);
    await page.keyboard.press('k');
    await page.keyboard.press('Home');
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await expect.poll(time).toBeCloseTo(0.2, 2);
    await page.keyboard.press('j');
    expect(await page.getByLabel('Speed').inputValue()).toBe('0.5');
    await page.keyboard.press('l');
    const moment = page.getByRole('slider', { name: 'Moment of the clip' });
    await expect.poll(() => moment.getAttribute('aria-valuetext')).toBe('0:00.2');
  });

  it('lights lane, face and words from a chip, and plays its moment when it is pressed', async () => {
    const chip = page.locator('.sentences .chip').first();
    await chip.scrollIntoViewIfNeeded();
    const unit = /\((AU\d+)/.exec((await page.locator('.sentences li').first().textContent()) ?? '')?.[1] ?? 'no unit';
    await chip.hover();
    await expect.poll(() => page.locator('.lane-label.lit b').allTextContents()).toContain(unit);
    await page.mouse.move(0, 0);
    await expect.poll(() => page.locator('.lane-label.lit').count()).toBe(0);
    const later = page.locator('.evidence-rows li', { hasText: /^o\d+(?:Between|From) 0:0[1-4]/ }).first();
    const startsAt = Number(/0:0(\d\.\d)–/.exec((await later.locator('.when').textContent()) ?? '')?.[1]);
    await later.locator('.chip').click();
    // A little before it begins.
    await expect.poll(() => timeOf(page), { timeout: 20_000 }).toBeGreaterThan(startsAt - 0.35);
    await page.keyboard.press('Escape');
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('k');
  });

  it('judges again at once without the evidence that is switched off, and shows both', async () => {
    const before = await percentOf(page, 'happiness');
    await page.locator('.evidence summary').click();
    const smiling = page.locator('.evidence-rows li', { hasText: /AU12|AU25/ }).getByRole('switch');
    for (const each of await smiling.all()) {
      await each.click();
    }
    await expect.poll(() => percentOf(page, 'happiness')).toBeLessThan(before);
    expect(await page.locator('.was-words').textContent()).toContain(`was Happiness, high confidence, ${before} %`);
    await page.getByRole('button', { name: 'Switch all on again' }).click();
    await expect.poll(() => percentOf(page, 'happiness')).toBe(before);
    expect(await page.locator('.was-words').count()).toBe(0);
  });

  it('explains a stretch that was dragged over', async () => {
    await page.evaluate('window.scrollTo(0, 0)');
    const lanes = page.locator('.tracks .over');
    const box = await lanes.boundingBox();
    expect(box).not.toBeNull();
    const { x, y, width } = box ?? { x: 0, y: 0, width: 0 };
    await page.mouse.move(x + width * 0.1, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.3, y + 60, { steps: 4 });
    await page.mouse.move(x + width * 0.5, y + 60, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Explain 0:00\.6–0:03\.0$/ }).click();
    await expect.poll(() => page.locator('.answer .eyebrow').textContent()).toBe('P1, 0:00.6–0:03.0');
    await page.getByRole('button', { name: 'Whole clip', exact: true }).click();
    await expect.poll(() => page.locator('.answer .eyebrow').textContent()).toBe('P1, 0:00.0–0:06.0');
  });

  it('sets a second reasoner beside the first, or says why it cannot', async () => {
    await page.getByLabel('Compare with').selectOption('clip');
    const beside = page.locator('.beside');
    await expect
      .poll(async () => (await beside.locator('.answer, [role=alert]').count()) > 0, { timeout: 60_000 })
      .toBe(true);
    expect(await page.locator('.answers > .answer h2').textContent()).toBe('Happiness');
    expect(await beside.innerText()).toMatch(/\S{3}/);
    await page.getByLabel('Compare with').selectOption('');
    await expect.poll(() => beside.count()).toBe(0);
  });

  it('shows the face as a mesh, exaggerated, beside rest, and without a unit', async () => {
    await page.getByRole('button', { name: 'Mesh', exact: true }).click();
    const mesh = page.getByRole('img', { name: /as a mesh/ });
    await mesh.waitFor();
    const picture = async (): Promise<string> => (await mesh.screenshot()).toString('base64');
    await page.waitForTimeout(500);
    const measured = await picture();
    await page.locator('.mesh').getByRole('button', { name: 'AU12' }).click();
    await page.waitForTimeout(500);
    const without = await picture();
    expect(without).not.toBe(measured);
    await page.getByRole('button', { name: 'Beside rest' }).click();
    await page.getByRole('slider', { name: /Exaggerate/ }).fill('2.5');
    await expect.poll(picture).not.toBe(without);
    await page.getByRole('button', { name: 'Mesh', exact: true }).click();
  });

  it('has nothing serious to mend for those who do not see or point, light or dark', async () => {
    for (const part of ['Landmarks', 'Gaze', 'Head', 'Heat map']) {
      await page.getByRole('button', { name: part, exact: true }).click();
    }
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^Theme: as your system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('complained of nothing and asked nothing of anybody else', () => {
    // The one refusal that was provoked above: a reasoner that is not set up.
    const provoked = /Failed to load resource: the server responded with a status of [45]\d\d/;
    expect(opened.complaints.filter((text) => !provoked.test(text))).toEqual([]);
    expect(opened.elsewhere).toEqual([]);
  });

  it('is usable on a telephone', async () => {
    const small = await stand.open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await small.page.getByRole('button', { name: 'Try the example' }).tap();
    await small.page.locator('.lane-label').first().waitFor();
    expect(await small.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(
      0,
    );
    expect(await seriousFaults(small.page)).toEqual([]);
    await small.page.context().close();
  });

  it('says in plain words why a file cannot be used', async () => {
    const { page: other } = await stand.open();
    const path = join(folder, 'diary.mp4');
    writeFileSync(path, 'Dear diary, this is not a film.\n');
    await other.locator('input[type=file]').first().setInputFiles(path);
    await other.getByRole('alert').waitFor();
    expect(await other.getByRole('alert').innerText()).toContain('diary.mp4');
    await other.getByRole('button', { name: 'Try the example' }).click();
    await other.locator('.answer h2').waitFor();
    await other.context().close();
  });

  it('shows names and words as words, whatever they look like', async () => {
    const { page: other, complaints } = await stand.open();
    const clip = readFileSync(join(ROOT, 'examples', 'clip.mp4'));
    const name = '<img src=x onerror=alert(1)>.mp4';
    const words =
      'WEBVTT\n\n00:00:00.900 --> 00:00:02.400\n&lt;script&gt;alert(2)&lt;/script&gt; I did not expect that\n';
    await other
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name, mimeType: 'video/mp4', buffer: clip },
        { name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from(words) },
      ]);
    await other.locator('.lane-label').first().waitFor();
    expect(await other.locator('.file-name').innerText()).toBe(name);
    expect(await other.locator('.explanation').innerText()).toContain('<script>alert(2)</script>');
    expect(await other.locator('img[src=x], .explanation script').count()).toBe(0);
    expect(complaints).toEqual([]);
    await other.context().close();
  });
});
