import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { createLog } from '../../src/kit/log.ts';
import { listen } from '../../src/present/http/node-server.ts';
import { openNodeService } from '../../src/present/http/node-service.ts';
import { readServeSettings } from '../../src/present/http/serve-settings.ts';
import { talkGroups } from '../../src/present/http/talk-groups.ts';
import { ROOT } from './shared.ts';

export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

const newestBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

/** The page is built where it is not, or is older than what it is made of. */
const buildPage = async (): Promise<void> => {
  const index = join(ROOT, 'dist', 'web', 'index.html');
  if (!existsSync(index) || statSync(index).mtimeMs < newestBelow(join(ROOT, 'src', 'present', 'web'))) {
    // What is there stays: another test may be reading it.
    await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { emptyOutDir: false } });
  }
};

export type OpenPage = {
  page: Page;
  /** Complaints of the page and the browser, and requests that went elsewhere. */
  complaints: string[];
  elsewhere: string[];
};

export type PageStand = {
  url: string;
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
};

/** The service with its page, and a browser. */
export const openPageStand = async (dataDir: string): Promise<PageStand> => {
  await buildPage();
  const settings = readServeSettings({ dataDir, port: 0, requestsPerMinute: 10_000 });
  const log = createLog(new PassThrough(), 'silent');
  const service = await openNodeService({ settings, env: process.env, log, groups: talkGroups({}) });
  const server = await listen(service.app, settings);
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    url: server.url,
    open: async (options = { viewport: { width: 1440, height: 900 } }) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      const [complaints, elsewhere]: [string[], string[]] = [[], []];
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        // The driver of the software renderer tells how slow it is.
        if (message.type() === 'error' || (message.type() === 'warning' && !message.text().includes('GL Driver'))) {
          complaints.push(message.text());
        }
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith('blob:')) {
          elsewhere.push(request.url());
        }
      });
      await page.goto(server.url);
      return { page, complaints, elsewhere };
    },
    close: async () => {
      await browser.close();
      await server.stop(500);
      await service.stop(500);
    },
  };
};
