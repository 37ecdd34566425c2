import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import ar from './locales/ar.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import {
  expectAccessible,
  expectFitting,
  hasBrowser,
  MISSING,
  PHONE,
  signIn,
  visit,
  WIDE,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  const open = async (language: 'zh' | 'en' | 'ar', size = WIDE) => {
    const visited = await visit(ui.browser, ui.product.url, { language, size });
    await visited.page.goto('/plans');
    await signIn(visited.page, 'teacher', ui.product.passwords.teacher!);
    return visited;
  };
  const expectGood = async (page: Page, screen: string) => {
    await expectFitting(page, screen);
    await expectAccessible(page, screen);
  };
  /** A plan through the API, opened when it stands. */
  const openPlan = async (page: Page, request: object) => {
    const made = await page.request.post('/api/lesson-plans', { data: request });
    const { planId } = await made.json();
    await page.goto(`/plans/${planId}`);
    await borders(page).first().waitFor({ timeout: 60_000 });
    return planId as string;
  };
  const borders = (page: Page) => page.getByRole('separator');
  const lengths = (page: Page) =>
    page
      .locator('fieldset input')
      .evaluateAll(fields => fields.map(field => (field as HTMLInputElement).value));
  const sumOf = (values: string[]) => values.reduce((sum, value) => sum + Number(value), 0);
  const versions = async (page: Page, id: string) =>
    (await (await page.request.get(`/api/lesson-plans/${id}`)).json()).versions.length as number;

  describe.each([
    {
      language: 'zh',
      texts: zh,
      size: PHONE,
      topic: '光合作用',
      ids: ['zh/photosynthesis', 'en/binary-search'],
    },
    {
      language: 'en',
      texts: en,
      size: WIDE,
      topic: 'Photosynthesis',
      ids: ['en/photosynthesis', 'en/binary-search'],
    },
  ] as const)('in $language', ({ language, texts, size, topic, ids }) => {
    it('drafts a plan from a collection and says what it could not use', { timeout: WALK_MS }, async () => {
      const { page, faults, close } = await open(language, size);
      const made = await page.request.post('/api/collections', { data: { name: topic } });
      const { collectionId } = await made.json();
      for (const resourceId of [...ids, 'en/food-chains']) {
        await page.request.post(`/api/collections/${collectionId}/items`, { data: { resourceId } });
      }
      await page.goto(`/collections/${collectionId}`);
      await page.getByRole('button', { name: texts.collections.plan }).click();
      await page.waitForURL('**/plans');
      const beyond = page.getByLabel(texts.basis.beyond);
      expect(await beyond.isChecked()).toBe(false);
      const chosen = page.locator('fieldset ul').first().locator('li');
      expect(await chosen.count()).toBe(3);
      await chosen.last().getByRole('button').click();
      await page.getByLabel(texts.plans.topic).fill(topic);
      await page.getByLabel(texts.basis.find).fill(topic);
      await page.keyboard.press('Enter');
      await page.locator('fieldset ul').nth(1).getByRole('button').first().waitFor();
      await expectGood(page, 'form of a plan');
      await page.reload();
      await expect.poll(() => chosen.count()).toBe(2);
      await page.getByRole('button', { name: texts.plans.send }).click();
      await borders(page).first().waitFor({ timeout: 60_000 });
      const unused = page.locator('[data-unused]');
      expect(await unused.getByRole('link').allTextContents()).toEqual(['Binary search']);
      const plan = await (
        await page.request.get(`/api${new URL(page.url()).pathname.replace('plans', 'lesson-plans')}`)
      ).json();
      expect(
        new Set(plan.plan.citations.map((citation: { resourceId: string }) => citation.resourceId)),
      ).toEqual(new Set([ids[0]]));
      await expectGood(page, 'plan from a collection');
      expect(faults).toEqual([]);
      await close();
    });

    it('edits, orders, compares and restores', { timeout: WALK_MS }, async () => {
      const { page, faults, close } = await open(language, size);
      const id = await openPlan(page, { topic });
      const lines = page.locator('section').first().getByRole('textbox');
      const written = async () =>
        (await lines.evaluateAll(fields => fields.map(field => (field as HTMLTextAreaElement).value))).filter(
          (_, i) => i >= 0,
        );
      await page
        .getByRole('button', { name: texts.plan.editOf.replace('{{section}}', texts.section.outcomes) })
        .click();
      const first = page.locator('[data-line="0"] textarea').first();
      await expect.poll(() => first.evaluate(field => field === document.activeElement)).toBe(true);
      const before = await written();
      await page.keyboard.press('Alt+ArrowDown');
      await expect.poll(written).toEqual([before[1], before[0], ...before.slice(2)]);
      await page.keyboard.press('Enter');
      await page.keyboard.type('New line');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Backspace');
      await expect.poll(written).toEqual([before[1], before[0], 'New line', ...before.slice(2)]);
      await expectGood(page, 'editor');
      await page.goto('/plans');
      await page.goto(`/plans/${id}`);
      await page.getByRole('button', { name: texts.plan.goOn }).click();
      await expect.poll(written).toContain('New line');
      await page.getByRole('button', { name: texts.plan.save }).click();
      await borders(page).first().waitFor();
      expect(await versions(page, id)).toBe(2);

      await page.goto(`/plans/${id}?versions=all`);
      await page.locator('ins', { hasText: 'New line' }).waitFor();
      await expectGood(page, 'versions');
      await page.getByRole('button', { name: texts.plan.restoreOf.replace('{{number}}', '1') }).click();
      await borders(page).first().waitFor();
      expect(await page.getByText('New line').count()).toBe(0);
      expect(await versions(page, id)).toBe(3);
      const { plan } = await (await page.request.get(`/api/lesson-plans/${id}`)).json();
      expect(plan.sections[0].items.map(({ text }: { text: string }) => text)).toEqual(before);
      expect(plan.sections[0].items[0].origin).toBe('library');
      expect(faults).toEqual([]);
      await close();
    });
  });

  it('moves minutes by keyboard, saves them and takes them back', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await open('en');
    const id = await openPlan(page, { topic: 'Photosynthesis' });
    const before = await lengths(page);
    const border = borders(page).first();
    await border.focus();
    const place = await page.locator('article section').first().boundingBox();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await border.getAttribute('aria-valuenow')).toBe(`${Number(before[0]) + 6}`);
    expect(await border.getAttribute('aria-valuetext')).toContain(en.section.explanation);
    expect(await page.locator('article section').first().boundingBox(), 'nothing moves').toEqual(place);
    expect(await versions(page, id)).toBe(1);
    await page.keyboard.press('Tab');
    await page.getByText(en.plan.timesSaved.replace('{{number}}', '2')).waitFor();
    const after = await lengths(page);
    expect(sumOf(after)).toBe(sumOf(before));
    expect(await page.locator('article section').first().boundingBox()).toEqual(place);
    await page.getByRole('button', { name: en.plan.undo }).click();
    await expect.poll(() => lengths(page)).toEqual(before);
    expect(await versions(page, id)).toBe(3);

    const field = page.getByLabel(en.plan.minutesOf.replace('{{section}}', en.section.starter));
    await field.fill('9');
    await page.getByText(/^The parts make 49 minutes/).waitFor();
    expect(await page.locator('[data-off]').count()).toBeGreaterThan(0);
    await expectAccessible(page, 'a sum that is off');
    await field.press('Enter');
    await expect.poll(() => versions(page, id)).toBe(4);
    await page.reload();
    await expect.poll(() => lengths(page)).toEqual(['9', ...before.slice(1)]);
    expect(faults).toEqual([]);
    await close();
  });

  it('moves minutes with a mouse and with a finger', { timeout: WALK_MS }, async () => {
    for (const size of [WIDE, PHONE]) {
      const { page, close } = await open('en', size);
      const id = await openPlan(page, { topic: 'Photosynthesis' });
      const before = await lengths(page);
      const box = (await borders(page).first().boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const segment = (await page.locator('fieldset > div').nth(2).boundingBox())!;
      const reach = segment.width / 3;
      if (size === WIDE) {
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + reach, y, { steps: 5 });
        await page
          .getByText(`${en.section.starter} ${Number(before[0]) + 1}`)
          .or(page.locator('[data-held]').first())
          .first()
          .waitFor();
        expect(await page.locator('[data-held]').count()).toBe(2);
        await page.mouse.up();
      } else {
        const touch = await page.context().newCDPSession(page);
        const send = (type: string, points: object[]) =>
          touch.send('Input.dispatchTouchEvent', {
            type: type as 'touchStart',
            touchPoints: points as { x: number; y: number }[],
          });
        await send('touchStart', [{ x, y }]);
        for (let step = 1; step <= 5; step++) await send('touchMove', [{ x: x + (reach * step) / 5, y }]);
        await send('touchEnd', []);
      }
      const after = await lengths(page);
      expect(Number(after[0])).toBeGreaterThan(Number(before[0]) + 2);
      expect(sumOf(after)).toBe(sumOf(before));
      await expect.poll(() => versions(page, id)).toBe(2);
      await close();
    }
  });

  it('moves minutes from right to left where the page runs so', { timeout: WALK_MS }, async () => {
    const { page, close } = await open('ar');
    await openPlan(page, { topic: 'Photosynthesis' });
    await page.getByRole('button', { name: ar.plan.edit, exact: true }).first().click();
    const border = borders(page).first();
    const before = Number(await border.getAttribute('aria-valuenow'));
    await border.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await border.getAttribute('aria-valuenow')).toBe(`${before + 1}`);
    const box = (await border.boundingBox())!;
    await page.mouse.move(box.x + 7, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x - 100, box.y + 20, { steps: 5 });
    await page.mouse.up();
    expect(Number(await border.getAttribute('aria-valuenow'))).toBeGreaterThan(before + 2);
    await expectGood(page, 'editor from right to left');
    await close();
  });
});
