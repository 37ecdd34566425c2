import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProduct, startProduct } from '../test/start-product.ts';
import { hasBrowser, MISSING, PHONE, signIn, visit, WIDE } from './testing/browser.ts';
import { type HeldModel, startHeldModel } from './testing/held-model.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 120_000;
/** Shifts within half a second of a key or click do not count: the model answers after that. */
const PAST_INPUT_MS = 700;
const MOST_SHIFT = 0.05;

/** Notes every shift of the layout that nobody's key or finger brought about. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.defineProperty(window, 'layoutShifts', { value: shifts });
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as unknown as {
          value: number;
          hadRecentInput: boolean;
          sources: { node: Element | null }[];
        };
        const what = sources.map(({ node }) => (node?.textContent ?? '').slice(0, 40)).join(' | ');
        if (!hadRecentInput) shifts.push({ value, what });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
const shiftsOf = (page: Page) => page.evaluate<{ value: number; what: string }[]>('layoutShifts');

async function expectStill(page: Page, earlier: number, screen: string): Promise<void> {
  await page.waitForTimeout(300);
  const shifts = (await shiftsOf(page)).slice(earlier);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  expect(sum, `${screen}: ${JSON.stringify(shifts)}`).toBeLessThan(MOST_SHIFT);
}

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();
  let model: HeldModel;
  let slow: RunningProduct;
  beforeAll(async () => {
    model = await startHeldModel();
    slow = await startProduct({
      env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'none', CHAT_MODEL: 'held' },
    });
  }, 120_000);
  afterAll(async () => {
    await slow?.stop();
    await model?.close();
  });

  describe.each([
    ['on a desktop', WIDE],
    ['on a phone', PHONE],
  ])('%s', (_, size) => {
    it('a plan grows in place', { timeout: WALK_MS }, async () => {
      const { page, close } = await visit(ui.browser, slow.url, { language: 'en', size });
      await watchShifts(page);
      await page.goto('/plans');
      await signIn(page, 'teacher', slow.passwords.teacher!);
      model.hold();
      await page.getByLabel('Topic of the lesson').fill('Photosynthesis');
      await page.keyboard.press('Enter');
      await page.getByText('0 of 12 sections ready').waitFor();
      await page.waitForTimeout(PAST_INPUT_MS);
      const earlier = (await shiftsOf(page)).length;
      model.release('This is no section, so the plan is quoted from the library.');
      await page.getByRole('separator').first().waitFor({ timeout: 60_000 });
      await expectStill(page, earlier, 'plan');
      await close();
    });

    it('an answer grows in place', { timeout: WALK_MS }, async () => {
      const { page, close } = await visit(ui.browser, slow.url, { language: 'en', size });
      await watchShifts(page);
      await page.goto('/');
      await signIn(page, 'learner', slow.passwords.learner!);
      model.hold();
      await page.locator('form textarea').fill('What is photosynthesis?');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Stop' }).waitFor();
      await page.waitForTimeout(PAST_INPUT_MS);
      const earlier = (await shiftsOf(page)).length;
      model.release('Green plants make their own food [1]. Oxygen is released as a by-product [1].');
      await page.locator('article footer').first().waitFor();
      await page.locator('article').getByText('Oxygen is released').first().waitFor();
      await page.waitForLoadState('networkidle');
      await expectStill(page, earlier, 'answer');
      await close();
    });
  });
});
