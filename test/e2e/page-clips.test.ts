/** The page on real clips of the developers' data folder: a film, a recording, a photo, and a link to what is held. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openPageStand, type PageStand } from '../support/page.ts';
import { ROOT, SHARED } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const media = (path: string): string => join(SHARED ?? '', 'media', path);

describe.skipIf(!hasChromium)('the page on a photo and by a link (needs Chromium)', { timeout: 180_000 }, () => {
  const folder = temporaryFolder('page-photo');
  let stand: PageStand;
  beforeAll(async () => {
    stand = await openPageStand(join(folder, 'data'));
  }, 120_000);
  afterAll(() => stand?.close());

  it('gives a photo its bars instead of a timeline', async () => {
    const { page, complaints } = await stand.open();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(join(ROOT, 'examples', 'astronaut.png'));
    await page.locator('.answer h2').waitFor();
    expect(await page.locator('.unit-bars b').allTextContents()).toContain('AU12');
    expect(await page.locator('.timeline').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('opens what the service holds by its link, and shows the clip again when it is dropped', async () => {
    const { page } = await stand.open();
    const [held] = await Promise.all([
      page.waitForResponse((response) => /\/v1\/analyses\/an_[0-9a-f]{24}$/.test(response.url())),
      page.getByRole('button', { name: 'Try the example' }).click(),
    ]);
    await page.locator('.lane-label').first().waitFor();
    const id = held.url().split('/').at(-1) ?? '';
    const { page: linked, complaints } = await stand.open();
    await linked.goto(`${stand.url}/#${id}@1200`);
    await linked.reload();
    await linked.locator('.lane-label').first().waitFor();
    const moment = linked.getByRole('slider', { name: 'Moment of the clip' });
    await expect.poll(() => moment.getAttribute('aria-valuetext')).toBe('0:01.2');
    expect(await linked.locator('video').count()).toBe(0);
    await linked
      .locator('input[type=file]')
      .first()
      .setInputFiles(join(ROOT, 'examples', 'clip.mp4'));
    await linked.locator('video').waitFor();
    expect(await linked.locator('.working').count()).toBe(0);
    expect(complaints).toEqual([]);
    await linked.context().close();
    await page.context().close();
  });
});

describe.skipIf(!hasChromium || SHARED === null)(
  'the page on real clips of ../shared (needs Chromium)',
  { timeout: 180_000 },
  () => {
    const folder = temporaryFolder('page-clips');
    let stand: PageStand;
    beforeAll(async () => {
      stand = await openPageStand(join(folder, 'data'));
    }, 120_000);
    afterAll(() => stand?.close());

    it('follows a face through a film', async () => {
      const { page, complaints, elsewhere } = await stand.open();
      await page.locator('input[type=file]').first().setInputFiles(media('clips/pyfeat/single_face.mp4'));
      await page.locator('.lane-label').first().waitFor();
      expect(await page.locator('.lane-label b').allTextContents()).toEqual(
        expect.arrayContaining(['Expression', 'Affect', 'Head', 'Pitch']),
      );
      await page.getByRole('button', { name: 'All action units' }).click();
      expect(await page.locator('.lane-label').count()).toBeGreaterThan(22);
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
      await page.context().close();
    });

    it('listens to a recording, and says where a voice alone does not carry a reading', async () => {
      const { page } = await stand.open();
      await page.locator('input[type=file]').first().setInputFiles(media('speech/emodb/03a01Fa.wav'));
      await page.locator('.lane-label').first().waitFor();
      expect(await page.locator('.lane-label b').allTextContents()).toEqual(['Pitch', 'Loudness']);
      expect(await page.locator('.answer .confidence').innerText()).toMatch(/confidence|Abstains/);
      await page.context().close();
    });
  },
);
