import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
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
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 120_000;
const SEARCH = '/search?q=photosynthesis';

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
  const expectGood = async (page: Page, screen: string) => {
    await expectFitting(page, screen);
    await expectAccessible(page, screen);
  };
  /** Presses Tab until the element with this name has the focus. */
  const tabTo = async (page: Page, name: RegExp | string) => {
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
      if (typeof name === 'string' ? label === name : name.test(label)) return;
    }
    expect.unreachable(`Tab did not come to ${name}`);
  };

  it('narrows a search by several filters, which the address keeps', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await visit(ui.browser, ui.product.url, { language: 'en' });
    await page.goto(SEARCH);
    const panel = page.getByRole('complementary', { name: en.search.filter });
    await panel.getByRole('button', { name: /^English/ }).click();
    await panel.getByRole('button', { name: /^Lesson/ }).click();
    const chips = page.getByRole('list', { name: en.search.filters }).getByRole('button');
    await expect.poll(() => chips.count()).toBe(2);
    await expectGood(page, 'narrowed search');

    const copy = await visit(ui.browser, ui.product.url, { language: 'en' });
    await copy.page.goto(page.url());
    const copied = copy.page.getByRole('list', { name: en.search.filters }).getByRole('button');
    await expect.poll(() => copied.count()).toBe(2);
    await copy.close();

    await chips.first().click();
    await expect.poll(() => chips.count()).toBe(1);
    expect(faults).toEqual([]);
    await close();
  });

  it('says which filter to take away when nothing is found', { timeout: WALK_MS }, async () => {
    const { page, close } = await visit(ui.browser, ui.product.url, { language: 'en', size: PHONE });
    await page.goto(`${SEARCH}&language=en&subject=none`);
    await page.getByText(en.search.noneFiltered).waitFor();
    await expectGood(page, 'nothing found');
    await page.getByRole('button', { name: /^Without “none”/ }).click();
    await page.locator('ol h2').first().waitFor();
    await page.getByRole('button', { name: en.search.filter }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^English/, pressed: true })
      .waitFor();
    await expectGood(page, 'filters on a phone');
    await close();
  });

  it('is walked through by keys, with the text beside', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await visit(ui.browser, ui.product.url, { language: 'zh' });
    await page.goto('/search?q=光合作用');
    await page.locator('ol h2').nth(2).waitFor();
    const titles = await page.locator('ol h2').allTextContents();
    await page.locator('h1').click();
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(titles[0]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(titles[1]);
    const preview = page.getByRole('region', { name: titles[1]! });
    await preview.locator('[data-shown]').first().waitFor();
    await expectGood(page, 'preview');
    await page.keyboard.press('ArrowRight');
    expect(await preview.evaluate(element => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(titles[1]);
    await page.locator('ol h2 a').first().click();
    await page.getByRole('region', { name: titles[0]! }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('article h1').textContent()).toBe(titles[0]);
    expect(faults).toEqual([]);
    await close();
  });

  it('lets a teacher gather, order and note resources by keyboard alone', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await visit(ui.browser, ui.product.url, { language: 'en' });
    await page.goto('/collections');
    await signIn(page, 'teacher', ui.product.passwords.teacher!);
    await page.getByText(en.collections.none).waitFor();
    await expectGood(page, 'no collection');

    await page.goto(SEARCH);
    await page.locator('ol h2').nth(1).waitFor();
    const titles = (await page.locator('ol h2').allTextContents()).slice(0, 2);
    await page.locator('input[type=search]').focus();
    await page.keyboard.press('ArrowDown');
    await tabTo(page, `Add to a collection: ${titles[0]}`);
    await page.keyboard.press('Enter');
    await page.getByLabel(en.collections.newName).focus();
    await page.keyboard.type('Plants');
    await page.keyboard.press('Enter');
    const tick = page.getByRole('dialog').getByRole('checkbox', { name: 'Plants' });
    await expect.poll(() => tick.isChecked()).toBe(true);
    await expectGood(page, 'add to a collection');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('j');
    await tabTo(page, `Add to a collection: ${titles[1]}`);
    await page.keyboard.press('Enter');
    await tick.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => tick.isChecked()).toBe(true);
    await tabTo(page, /^2 resources$/);
    await page.keyboard.press('Enter');

    await page.waitForURL('**/collections/*');
    const order = () => page.locator('ol h2').allTextContents();
    await expect.poll(order).toEqual(titles);
    await tabTo(page, `Move down: ${titles[0]}`);
    await page.keyboard.press('Enter');
    await expect.poll(order).toEqual([titles[1], titles[0]]);
    await page.getByRole('status').getByText(`“${titles[0]}” is now at place 2 of 2.`).waitFor();
    const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(label).toBe(`Move down: ${titles[0]}`);

    const handle = (title: string) => page.locator('li', { hasText: title }).locator('[draggable]');
    await handle(titles[0]!).dragTo(page.locator('li', { hasText: titles[1]! }).last());
    await expect.poll(order).toEqual(titles);
    await page.getByRole('button', { name: `Move up: ${titles[1]}` }).press('Enter');
    await expect.poll(order).toEqual([titles[1], titles[0]]);

    await page.getByLabel(`Note on: ${titles[1]}`).focus();
    await page.keyboard.type('Second lesson');
    await page.keyboard.press('Tab');
    await page.getByText(en.collections.noteUnsaved).waitFor({ state: 'detached' });
    await expectGood(page, 'collection');
    await page.reload();
    await expect.poll(order).toEqual([titles[1], titles[0]]);
    expect(await page.getByLabel(`Note on: ${titles[1]}`).inputValue()).toBe('Second lesson');

    await page.getByRole('button', { name: en.collections.rename }).press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Plants and light');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Plants and light' }).waitFor();
    await page.getByRole('button', { name: `Take out of the collection: ${titles[0]}` }).press('Enter');
    await expect.poll(order).toEqual([titles[1]]);
    await page.getByRole('button', { name: en.collections.delete }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: en.collections.delete }).press('Enter');
    await page.getByText(en.collections.none).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('lists a withdrawn resource as withdrawn', { timeout: WALK_MS }, async () => {
    const { page, close } = await visit(ui.browser, ui.product.url, { language: 'zh', size: PHONE });
    await page.goto('/');
    await signIn(page, 'admin', ui.product.passwords.admin!);
    await page.goto('/resources/zh%2Fpythagoras');
    const title = (await page.locator('article h1').textContent())!;
    await page.getByRole('button', { name: zh.collections.addOf.replace('{{title}}', title) }).click();
    await page.getByLabel(zh.collections.newName).fill('几何');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('checkbox', { name: '几何', checked: true }).waitFor();
    const withdrawn = await page.request.post('/api/admin/resources/zh%2Fpythagoras/withdraw', {
      data: { reason: 'Outdated' },
    });
    expect(withdrawn.ok()).toBe(true);
    await page.goto('/collections');
    await page.getByRole('link', { name: '几何' }).click();
    await page.getByText(zh.collections.withdrawn).waitFor();
    await page.getByRole('heading', { name: title }).waitFor();
    await expectGood(page, 'withdrawn resource');
    await close();
  });
});
