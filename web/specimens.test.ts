import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectFitting,
  hasBrowser,
  launchBrowser,
  MISSING,
  PHONE,
  visit,
  WIDE,
} from './testing/browser.ts';

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const input = fileURLToPath(new URL('components.html', import.meta.url));
const LOOKS_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'all components' : `all components (skipped: ${MISSING})`, () => {
  let outDir: string;
  let server: PreviewServer;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    outDir = await mkdtemp(`${tmpdir()}/zhujiao-specimens-`);
    await build({ configFile, logLevel: 'error', build: { outDir, rolldownOptions: { input } } });
    server = await preview({ configFile, build: { outDir }, preview: { port: 0 }, logLevel: 'error' });
    url = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(outDir, { recursive: true, force: true });
  });

  it.each([
    { language: 'zh', size: WIDE, elder: false },
    { language: 'zh', size: PHONE, elder: true },
    { language: 'en', size: PHONE, elder: false },
    { language: 'ar', size: PHONE, elder: false },
    { language: 'ar', size: WIDE, elder: true },
  ] as const)(
    'stand in $language, elder $elder, $size.width wide, in both themes',
    { timeout: LOOKS_MS },
    async ({ language, size, elder }) => {
      const { page, faults, close } = await visit(browser, url, { language, size });
      const asked: string[] = [];
      page.on('request', request => asked.push(new URL(request.url()).pathname));
      await page.goto('/components.html');
      if (elder) await page.locator('input[type=checkbox]').first().check();
      await page.locator('.katex').first().waitFor();
      expect(await page.locator('main > section').count()).toBe(10);
      await expectFitting(page, 'components');
      await expectAccessible(page, 'components');
      expect(asked.filter(path => path.startsWith('/api'))).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );
});
