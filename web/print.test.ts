import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import ar from './locales/ar.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { hasBrowser, MISSING, signIn, visit } from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'on paper' : `on paper (skipped: ${MISSING})`, () => {
  const ui = startUi();

  /** What can be pressed or filled in and would be printed; numbers of citations and minutes are text on paper. */
  const controls = (page: Page) =>
    page
      .locator('button:visible, select:visible, textarea:visible, main form:visible')
      .evaluateAll(found =>
        found
          .map(element => element.textContent || element.outerHTML.slice(0, 80))
          .filter(text => !/^\d+$/.test(text)),
      );
  const expectPaper = async (page: Page, screen: string) => {
    await page.emulateMedia({ media: 'print' });
    expect(await controls(page), screen).toEqual([]);
    expect(await page.locator('nav:visible').count(), screen).toBe(0);
  };

  describe.each([
    { language: 'zh', texts: zh, dir: 'ltr' },
    { language: 'ar', texts: ar, dir: 'rtl' },
  ] as const)('in $language', ({ language, texts, dir }) => {
    it('stand a plan, a collection and an answer, with sources and label', { timeout: WALK_MS }, async () => {
      const { page, close } = await visit(ui.browser, ui.product.url, { language });
      await page.goto('/plans');
      await signIn(page, 'teacher', ui.product.passwords.teacher!);
      const { planId } = await (
        await page.request.post('/api/lesson-plans', { data: { topic: 'Photosynthesis' } })
      ).json();
      await page.goto(`/plans/${planId}`);
      await page.locator('section[id^=section-]').first().waitFor({ timeout: 60_000 });
      await expectPaper(page, 'plan');
      const { plan } = await (await page.request.get(`/api/lesson-plans/${planId}`)).json();
      const notes = page.locator('section[data-print-only] li');
      expect(await notes.filter({ visible: true }).count()).toBe(plan.citations.length);
      expect(await page.getByText('AI-compiled').filter({ visible: true }).count()).toBeGreaterThan(0);

      await page.emulateMedia({ media: 'screen' });
      const made = await page.request.post('/api/collections', { data: { name: 'Leaves' } });
      const { collectionId } = await made.json();
      const items = `/api/collections/${collectionId}/items`;
      await page.request.post(items, { data: { resourceId: 'en/photosynthesis' } });
      const note = { data: { note: 'For the second lesson' } };
      expect((await page.request.patch(`${items}/en%2Fphotosynthesis`, note)).ok()).toBe(true);
      await page.goto(`/collections/${collectionId}`);
      await page.locator('ol h2').first().waitFor();
      await expectPaper(page, 'collection');
      expect(await page.getByText('For the second lesson').filter({ visible: true }).count()).toBe(1);

      await page.emulateMedia({ media: 'screen' });
      await page.goto('/');
      await page.locator('form textarea').fill('What is photosynthesis?');
      await page.keyboard.press('Enter');
      await page.locator('article footer').first().waitFor();
      await expectPaper(page, 'answer');
      expect(await notes.filter({ visible: true }).count()).toBeGreaterThan(0);
      expect(await page.getByText(texts.ai.offline).filter({ visible: true }).count()).toBeGreaterThan(0);
      expect(await page.locator('html').getAttribute('dir')).toBe(dir);
      await close();
    });
  });
});
