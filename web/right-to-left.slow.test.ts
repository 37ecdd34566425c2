import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './language/languages.ts';
import ar from './locales/ar.json' with { type: 'json' };
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

/** A walk signs in, waits for an answer and a plan, and looks at every screen. */
const WALK_MS = 180_000;

const SIZES = [
  { device: 'a phone', size: PHONE },
  { device: 'a desk', size: WIDE },
];

describe.skipIf(!hasBrowser)(hasBrowser ? 'in Arabic' : `in Arabic (skipped: ${MISSING})`, () => {
  const ui = startUi();

  it.each(SIZES)(
    'every screen runs from right to left on $device',
    { timeout: WALK_MS },
    async ({ size }) => {
      const { page, faults, close } = await visit(ui.browser, ui.product.url, { language: 'ar', size });
      const expectGood = async (screen: string) => {
        await page.waitForLoadState('networkidle');
        await expectMirrored(page, screen);
        await expectFitting(page, screen);
      };
      const open = async (path: string, ready: string) => {
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        await expectGood(path);
      };

      await open('/', 'input[name=username]');
      await signIn(page, 'admin', ui.product.passwords.admin!);
      await expectGood('ask');
      await expectAccessible(page, 'ask');

      await page.getByRole('button', { name: ar.ask.example.two, exact: true }).click();
      await page.locator('article footer').last().waitFor();
      await expectGood('answer');
      expect(await directionOf(page, 'article h2')).toBe('ltr');
      expect(await directionOf(page, 'article [aria-live]')).toBe('ltr');
      expect(await directionOf(page, 'article footer')).toBe('rtl');
      await expectAccessible(page, 'answer');

      await open('/search', 'input[type=search]');
      await open(`/search?q=${ar.search.example}`, 'main ol h2');
      await open('/resources/zh%2Fpythagoras', '.katex');
      expect(await directionOf(page, '.katex')).toBe('ltr');
      expect(await directionOf(page, 'main dl')).toBe('rtl');

      await open('/recommend', 'textarea');
      await page.getByRole('button', { name: ar.recommend.example }).click();
      await page.locator('main ol h2').first().waitFor();
      await expectGood('recommendations');

      await open('/plans', 'form');
      await page.getByRole('button', { name: ar.plans.exampleText }).click();
      await page.getByRole('button', { name: ar.plans.send }).click();
      const edit = page.getByRole('button', { name: ar.plan.edit, exact: true });
      await edit.waitFor({ timeout: 60_000 });
      await expectGood('plan');
      expect(await directionOf(page, 'article h1')).toBe('ltr');
      await edit.click();
      await page.locator('section textarea').first().waitFor();
      await expectGood('plan editor');

      await open('/admin', 'main table');
      await open('/admin/answers', 'main ol li');
      await open('/admin/runs', 'main ol li');
      await open('/admin/generations', 'main tbody tr');
      expect(faults).toEqual([]);
      await close();
    },
  );

  it('turns around when the language is switched, and stays so', { timeout: WALK_MS }, async () => {
    const { page, close } = await visit(ui.browser, ui.product.url, { language: 'en' });
    await page.goto('/search');
    const root = page.locator('html');
    const language = page.locator('header select');
    for (const [tag, direction] of [
      ['ar', 'rtl'],
      ['zh', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      await language.selectOption(tag);
      await page.locator(`html[dir=${direction}][lang=${LANGUAGES[tag].tag}]`).waitFor();
    }
    await page.reload();
    await page.getByRole('heading', { name: ar.search.title }).waitFor();
    expect(await root.getAttribute('dir')).toBe('rtl');
    await close();
  });
});

/** The name stands at the right edge, the areas follow to the left in their order, the tools are leftmost. */
async function expectMirrored(page: Page, screen: string): Promise<void> {
  const root = page.locator('html');
  expect(await root.getAttribute('dir'), screen).toBe('rtl');
  expect(await root.getAttribute('lang'), screen).toBe('ar');
  const name = await centreOf(page, 'header a');
  const areas = await page
    .locator('header nav a')
    .evaluateAll(links => links.map(link => link.getBoundingClientRect().x));
  const tools = await centreOf(page, 'header select');
  expect(areas.length, screen).toBeGreaterThan(1);
  expect(areas, screen).toEqual(areas.toSorted((a, b) => b - a));
  expect(name, screen).toBeGreaterThan(tools);
}

function centreOf(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .first()
    .evaluate(element => {
      const { left, right } = element.getBoundingClientRect();
      return (left + right) / 2;
    });
}

/** Which way an element runs in the end, whatever gave it its direction. */
function directionOf(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate(element => getComputedStyle(element).direction);
}
