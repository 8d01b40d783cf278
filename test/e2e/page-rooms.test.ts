/** The rooms beside the clip: talking about it, its people, corrections, exports and evaluation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctionSet } from '../../src/contracts/index.ts';
import { hasChromium, type OpenPage, openPageStand, type PageStand } from '../support/page.ts';
import { SHARED } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const seriousFaults = async (page: Page): Promise<unknown> => {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`);
};

const downloaded = async (page: Page, button: Locator): Promise<Buffer> => {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync(await download.path());
};

/** Machines that run tests are busy. */
const SOON = { timeout: 20_000 };

const openRoom = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();

describe.skipIf(!hasChromium)('the rooms beside the clip (needs Chromium)', () => {
  const folder = temporaryFolder('page-rooms');
  let stand: PageStand;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    stand = await openPageStand(join(folder, 'data'));
    opened = await stand.open();
    page = opened.page;
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.locator('.lane-label').first().waitFor();
    page.setDefaultTimeout(25_000);
  }, 120_000);
  afterAll(() => stand?.close());

  it('answers questions with evidence that lights up and plays, by keys alone', async () => {
    await page.getByRole('tab', { name: 'Why' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#question').waitFor();
    expect(await page.locator('.suggestions button').count()).toBeGreaterThan(1);
    await page.locator('#question').focus();
    await page.keyboard.type('When does the face change?');
    await page.keyboard.press('Enter');
    const chip = page.locator('.reply .chip').first();
    await chip.waitFor();
    await page.locator('.suggestions button').first().waitFor();
    expect(await page.locator('.reply .verdict-mark').count()).toBeGreaterThan(0);
    await chip.focus();
    await expect.poll(() => page.locator('.lane-label.lit').count(), SOON).toBeGreaterThan(0);
    await page.locator('.moment').first().click();
    await expect
      .poll(async () => Number(await page.evaluate("document.querySelector('video').currentTime")), SOON)
      .toBeGreaterThan(0.5);
    expect(await seriousFaults(page)).toEqual([]);
    // Another room and back: what was said is still there.
    await openRoom(page, 'Why');
    await openRoom(page, 'Ask');
    await expect.poll(() => page.locator('.turn').count(), SOON).toBe(1);
  });

  it('says in plain words that a service has no conversation, or that it broke off', async () => {
    await page.route('**/messages', (route) => route.fulfill({ status: 404, body: 'nothing here' }), { times: 1 });
    await page.locator('#question').fill('And then?');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.turn').nth(1).innerText(), SOON).toContain('cannot be talked to');
    const cut = 'event: step\ndata: {"type":"step","text":"looking"}\n\n';
    await page.route('**/messages', (route) => route.fulfill({ contentType: 'text/event-stream', body: cut }), {
      times: 1,
    });
    await page.locator('#question').fill('And then?');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.turn').nth(2).innerText(), SOON).toContain('broke off');
  });

  it('keeps the names of people in the page', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
    await openRoom(page, 'People');
    await page.locator('.face-crop canvas:not([hidden])').waitFor();
    await page.getByPlaceholder('Name, for you alone').fill('Zaphod');
    await page.keyboard.press('Tab');
    expect(await seriousFaults(page)).toEqual([]);
    await openRoom(page, 'Why');
    await expect.poll(() => page.locator('.answer .eyebrow').first().textContent(), SOON).toContain('Zaphod');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const json = await downloaded(page, page.locator('.export-menu button', { hasText: 'Observations' }));
    expect(json.toString()).toContain('"subject": "P1"');
    expect(`${json}${requests.join()}`).not.toContain('Zaphod');
    await page.keyboard.press('Escape');
  });

  it('reasons again about what a person corrected, with both versions side by side, and takes it back', async () => {
    await openRoom(page, 'Correct it');
    const measured = page.getByLabel('What was measured');
    const smile = await measured.locator('option', { hasText: 'AU12' }).first().getAttribute('value');
    await measured.selectOption({ value: smile ?? 'none' });
    await page.getByRole('button', { name: 'B, slight', exact: true }).click();
    await page.getByLabel('Why (for others; may stay empty)').fill('<b>A dimple</b>');
    await page.getByRole('button', { name: 'Correct and reason again' }).click();
    const versions = page.locator('.versions .answer h2');
    await versions.nth(1).waitFor();
    expect(await versions.first().textContent()).toBe('Happiness');
    const chip = page.locator('.corrections .chip').first();
    const own = (await chip.textContent()) ?? '';
    const cited = page.locator('.versions .beside .chip', { hasText: new RegExp(`^${own}$`) });
    await expect.poll(() => cited.count(), SOON).toBeGreaterThan(0);
    expect(await page.locator('.said-why').innerText()).toBe('<b>A dimple</b>');
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Label', exact: true }).click();
    await page.locator('#remark').fill('amused');
    await page.keyboard.press('Enter');
    await page.locator('.corrections b', { hasText: 'amused' }).waitFor();

    const saved = page.locator('.save-row');
    const set = correctionSet.parse(
      JSON.parse((await downloaded(page, saved.getByRole('button', { name: 'JSON' }))).toString()),
    );
    expect(set.corrections).toMatchObject([
      {
        kind: 'action-unit',
        observation: own,
        replaces: smile,
        au: { code: 'AU12', status: 'present', side: 'both', letter: 'B' },
      },
      { kind: 'label', label: 'amused' },
    ]);
    const eaf = (await downloaded(page, saved.getByRole('button', { name: 'ELAN' }))).toString();
    expect(eaf).toContain('TIER_ID="P1 AU12 corrected"');
    expect((await downloaded(page, saved.getByRole('button', { name: 'CSV' }))).toString()).toContain('amused');

    await openRoom(page, 'Why');
    await expect.poll(() => page.locator('.revised-note').innerText(), SOON).toContain('As measured: Happiness');
    await openRoom(page, 'Correct it');
    await page.getByRole('button', { name: 'Take back c1' }).click();
    await expect.poll(() => page.locator('.versions').count(), SOON).toBe(0);
    await openRoom(page, 'Why');
    expect(await page.locator('.revised-note').count()).toBe(0);
  });

  it('hands out the report, the table, the picture of the apex, and a link that opens the same moment', async () => {
    await openRoom(page, 'Why');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const menu = page.locator('.export-menu');
    const file = (name: string): Promise<Buffer> => downloaded(page, menu.getByRole('button', { name }));
    expect((await file('Report')).toString()).toContain('<!doctype html>');
    expect((await file('Measurements')).toString()).toMatch(/^input,frame,timestamp/);
    const png = await file('Picture of the apex');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
    expect((await file('Annotations')).toString()).toContain('<ANNOTATION_DOCUMENT');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.evaluate('document.activeElement?.blur()');
    const second = async (): Promise<number> =>
      Number(await page.evaluate("document.querySelector('video').currentTime"));
    await page.keyboard.press('Home');
    await expect.poll(second, SOON).toBeLessThan(0.05);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(second, SOON).toBeGreaterThan(0.9);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await menu.getByRole('button', { name: 'Link to this moment' }).click();
    const link = await menu.getByLabel('Link to this moment').inputValue();
    expect(link).toMatch(/#an_[0-9a-f]{24}@1000,P1$/);
    await page.keyboard.press('Escape');
    const other = await page.context().newPage();
    await other.goto(link.replace(',P1', ',P1,600-3000'));
    await expect.poll(() => other.locator('.answer .eyebrow').textContent(), SOON).toBe('P1, 0:00.6–0:03.0');
    const moment = other.getByRole('slider', { name: 'Moment of the clip' });
    await expect.poll(() => moment.getAttribute('aria-valuenow'), SOON).toBe('1000');
    await other.close();
  });

  it('scores predictions against references, clip by clip', async () => {
    writeFileSync(
      join(folder, 'said.jsonl'),
      '{"name":"a","labels":["happy"]}\n{"name":"b","labels":["<i>sad</i>"]}\n',
    );
    writeFileSync(join(folder, 'truth.csv'), 'name,openset\na,"happy, glad"\nb,angry\nc,afraid\n');
    await page.getByRole('link', { name: 'Evaluate' }).click();
    await page.locator('.answer-file input').first().setInputFiles(join(folder, 'said.jsonl'));
    await page.locator('.answer-file input').nth(1).setInputFiles(join(folder, 'truth.csv'));
    const rows = page.locator('.clips-table tbody tr');
    await expect.poll(() => rows.count(), SOON).toBe(3);
    expect(await rows.last().innerText()).toMatch(/^a\s+1\.00/);
    expect(await page.locator('.clips-table').innerText()).toContain('<i>sad</i>');
    expect(await page.locator('.evaluate').innerText()).toContain('No prediction, counted as empty: 1 clip');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the clip' }).click();
    await page.locator('.answer h2').first().waitFor();
  });

  it('has room for all of it on a telephone', async () => {
    const small = await stand.open({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' });
    await small.page.getByRole('button', { name: 'Try the example' }).tap();
    await small.page.locator('.lane-label').first().waitFor();
    for (const name of ['Ask', 'People', 'Correct it']) {
      await openRoom(small.page, name);
      await small.page.locator('#question, .person-card, .correct-form').first().waitFor();
      expect(await small.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(
        0,
      );
      expect(await seriousFaults(small.page)).toEqual([]);
    }
    await small.page.context().close();
  });

  it('complained of nothing and asked nothing of anybody else', () => {
    // The refusal that was provoked above.
    expect(opened.complaints.filter((text) => !/status of 404/.test(text))).toEqual([]);
    expect(opened.elsewhere).toEqual([]);
  });

  const clip = SHARED === null ? null : join(SHARED, 'media', 'clips', 'misc', 'short_hamilton_clip.mp4');
  it.skipIf(clip === null)(
    'tells several people apart, takes tracks for one person, and separates them again',
    async () => {
      const { page: other, complaints } = await stand.open();
      await other
        .locator('input[type=file]')
        .first()
        .setInputFiles(clip ?? '');
      await other.locator('.lane-label').first().waitFor();
      await openRoom(other, 'People');
      const cards = other.locator('.person-card');
      await cards.nth(2).waitFor();
      const before = await cards.count();
      await cards.nth(1).getByRole('button', { name: 'Explain P2' }).click();
      await cards.nth(1).getByRole('button', { name: 'P2 is explained' }).waitFor();
      await cards.nth(0).getByLabel('P1 is the same person as').selectOption('P3');
      await expect.poll(() => cards.count(), SOON).toBe(before - 1);
      expect(await other.locator('.merged li').innerText()).toContain('P3 is P1');
      expect(await other.locator('.lane-label.person b').allTextContents()).not.toContain('P3');
      await other.getByRole('button', { name: 'Separate P3 again' }).click();
      await expect.poll(() => cards.count(), SOON).toBe(before);
      expect(complaints).toEqual([]);
      await other.context().close();
    },
    180_000,
  );
});
