import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, MISSING, signIn, visit } from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

/** What a first visit may load, compressed, until the first screen of a role stands. */
const MOST_KILOBYTES = 300;
/** Where each role begins. */
const FIRST_SCREENS = { learner: '/', teacher: '/plans', admin: '/admin' } as const;
const COUNTED = new Set(['Script', 'Stylesheet', 'Font']);

/** Counts what comes over the wire: scripts, styles and fonts, as they are sent. */
async function countTransfers(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  const counted = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (COUNTED.has(type)) counted.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (counted.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  return () => bytes / 1024;
}

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  it.for(Object.entries(FIRST_SCREENS))('a first visit is light for: %s', async ([role, path]) => {
    const { page, close } = await visit(ui.browser, ui.product.url, { language: 'zh' });
    const kilobytes = await countTransfers(page);
    await page.goto(path);
    await signIn(page, role, ui.product.passwords[role]!);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    console.log(`${role}: ${kilobytes().toFixed(0)} kB of scripts, styles and fonts`);
    expect(kilobytes()).toBeGreaterThan(50);
    expect(kilobytes()).toBeLessThan(MOST_KILOBYTES);
    await close();
  });
});
