import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startProduct } from '../test/start-product.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import {
  expectAccessible,
  expectFitting,
  hasBrowser,
  MISSING,
  PHONE,
  signIn,
  type Visit,
  visit,
} from './testing/browser.ts';
import { startHeldModel } from './testing/held-model.ts';
import { startUi } from './testing/running-ui.ts';

const LANGUAGES = [
  { language: 'zh', texts: zh },
  { language: 'en', texts: en },
] as const;
/** A walk signs in, waits for answers and looks at every screen twice with axe. */
const WALK_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  /** Walks as `username` from `path` on, and finds no fault in the page on the way. */
  async function walk(
    username: string,
    path: string,
    options: Parameters<typeof visit>[2],
    steps: (page: Page, visit: Visit) => Promise<void>,
  ): Promise<void> {
    const visited = await visit(ui.browser, ui.product.url, options);
    try {
      await visited.page.goto(path);
      await signIn(visited.page, username, ui.product.passwords[username]!);
      await steps(visited.page, visited);
      expect(visited.faults).toEqual([]);
    } finally {
      await visited.close();
    }
  }

  const ask = async (page: Page, question: string) => {
    await page.locator('form textarea').fill(question);
    await page.keyboard.press('Enter');
  };
  const answered = async (page: Page) => {
    await page.locator('article footer').last().waitFor();
    // Formulas move what stands below them when the code that sets them arrives.
    await page.waitForLoadState('networkidle');
  };

  describe.each(LANGUAGES)('in $language', ({ language, texts }) => {
    /** Texts may be longer in one language, so both must fit; what axe sees is the same in both, so it looks once. */
    const expectGood = async (page: Page, screen: string) => {
      await expectFitting(page, screen);
      if (language === 'zh') await expectAccessible(page, screen);
    };

    it('tells who fails to sign in what to do', { timeout: WALK_MS }, async () => {
      const { page, close } = await visit(ui.browser, ui.product.url, { language });
      await page.goto('/');
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
      await expectGood(page, 'sign-in');
      await page.locator('input[name=username]').fill('learner');
      await page.locator('input[name=password]').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(texts.session.wrongNext).waitFor();
      await close();
    });

    it('answers a question with citations that open their place', { timeout: WALK_MS }, async () => {
      await walk('learner', '/', { language }, async page => {
        await expectGood(page, 'ask');
        await ask(page, texts.ask.example.two);
        await page.waitForURL('**/ask/*');
        await answered(page);
        await page.locator('header').getByText(texts.mode.offline).filter({ visible: true }).waitFor();
        await expectGood(page, 'answer');

        const number = page.locator('article').getByRole('button', { name: /1/ }).first();
        await number.hover();
        await page.locator('[data-source="1"][data-lit]').waitFor();
        expect(await page.locator('article [data-lit]').count()).toBeGreaterThanOrEqual(3);

        const card = page.locator('[data-source="1"]');
        const quote = (await card.locator('mark').allTextContents()).join('');
        await card.getByRole('link', { name: texts.source.open }).click();
        await page.waitForURL('**/resources/**');
        const mark = page.locator('mark').first();
        await mark.waitFor();
        await expect.poll(() => inView(page, 'mark')).toBe(true);
        expect((await page.locator('mark').allTextContents()).join('')).toBe(quote);
        await expectGood(page, 'resource');
      });
    });

    it('says plainly when the library does not say, and takes a wish', { timeout: WALK_MS }, async () => {
      await walk('learner', '/', { language, size: PHONE }, async page => {
        await page.getByRole('button', { name: texts.ask.example.three }).click();
        await page.locator('[data-outcome=no-evidence]').waitFor();
        await page.getByText(texts.none.title).waitFor();
        const nearest = await page.locator('[data-outcome=no-evidence] li').count();
        expect(nearest).toBeGreaterThan(0);
        expect(nearest).toBeLessThanOrEqual(3);
        await page.getByRole('button', { name: texts.none.wish }).click();
        await page.getByText(texts.none.wished).waitFor();
        await expectGood(page, 'no evidence');
      });
    });

    it('finds resources by their content, open to visitors', { timeout: WALK_MS }, async () => {
      const { page, faults, close } = await visit(ui.browser, ui.product.url, { language });
      await page.goto('/');
      await page.locator('h1').click();
      await page.keyboard.press('/');
      await page.waitForURL('**/search');
      await page.locator('input[type=search]:focus').waitFor();
      await page.keyboard.type(texts.search.example);
      await page.keyboard.press('Enter');
      await page.locator('ol h2').first().waitFor();
      await expectGood(page, 'search');
      const first = page.locator('ol h2 a').first();
      const title = await first.textContent();
      await first.press('Enter');
      expect(await page.locator('article h1').textContent()).toBe(title);
      expect(faults).toEqual([]);
      await close();
    });

    it('drafts a plan, keeps an edit as a version and exports it', { timeout: WALK_MS }, async () => {
      await walk('teacher', '/plans', { language }, async page => {
        await expectGood(page, 'plans');
        await page.getByRole('button', { name: texts.plans.exampleText }).click();
        await page.getByRole('button', { name: texts.plans.send }).click();
        await page.waitForURL('**/plans/*');
        await page.getByRole('button', { name: texts.plan.edit, exact: true }).waitFor({ timeout: 60_000 });
        for (const heading of Object.values(texts.section)) {
          await page.getByRole('heading', { name: heading }).waitFor();
        }
        expect(await page.locator('article li button').count()).toBeGreaterThan(0);
        await expectGood(page, 'plan');

        await page.getByRole('button', { name: texts.plan.edit, exact: true }).click();
        await page.getByRole('button', { name: texts.plan.addItem }).first().click();
        await page.locator('section textarea:not([aria-hidden])').first().waitFor();
        const added = page.locator('section').first().locator('textarea:not([aria-hidden])').last();
        await added.fill('A line of the teacher’s own.');
        await expectGood(page, 'plan editor');
        await page.reload();
        await page.getByRole('button', { name: texts.plan.goOn }).click();
        await page.getByText('A line of the teacher’s own.').first().waitFor();
        await page.getByRole('button', { name: texts.plan.save }).click();
        await page.getByText(texts.plan.edited, { exact: true }).waitFor();
        expect(await page.getByLabel(texts.plan.version).locator('option').count()).toBe(2);

        const href = await page.getByRole('link', { name: texts.plan.export }).getAttribute('href');
        const exported = await page.request.get(href!);
        expect(await exported.text()).toContain('A line of the teacher’s own.');
      });
    });

    it('recommends from a goal with reasons', { timeout: WALK_MS }, async () => {
      await walk('learner', '/recommend', { language, size: PHONE }, async page => {
        await page.getByRole('button', { name: texts.recommend.example }).click();
        await page.locator('ol h2').first().waitFor();
        await page.getByRole('button', { name: texts.feedback.good, exact: true }).first().click();
        await page.getByText(texts.feedback.thanks).waitFor();
        await expectGood(page, 'recommendations');
      });
    });

    it('shows the admin what was asked and what the model saw', { timeout: WALK_MS }, async () => {
      await walk('admin', '/admin', { language }, async page => {
        await page
          .getByRole('cell', { name: texts.ask.example.three })
          .or(page.getByRole('rowheader', { name: texts.ask.example.three }))
          .first()
          .waitFor();
        await expectGood(page, 'overview');
        await page.getByRole('link', { name: texts.admin.tab.answers, exact: true }).click();
        await page.getByRole('link', { name: texts.ask.example.two }).first().click();
        await page.getByRole('heading', { name: texts.admin.evidence.title }).waitFor();
        await page.locator('article ol li').first().waitFor();
        await expectGood(page, 'answer with its evidence');
        for (const tab of ['runs', 'generations'] as const) {
          await page.getByRole('link', { name: texts.admin.tab[tab], exact: true }).click();
          await page.getByRole('heading', { name: texts.admin.tab[tab], level: 1 }).waitFor();
          await page.locator('main ol li, main tbody tr').first().waitFor();
          await expectGood(page, tab);
        }
      });
    });
  });

  it('shows sources from the bottom of a phone', { timeout: WALK_MS }, async () => {
    await walk('learner', '/', { language: 'zh', size: PHONE }, async page => {
      await ask(page, zh.ask.example.one);
      await answered(page);
      await page.locator('article').getByRole('button', { name: /1/ }).first().click();
      const sheet = page.getByRole('dialog');
      await sheet.locator('mark').first().waitFor();
      await expectAccessible(page, 'sources');
      await expectFitting(page, 'sources');
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      await page.goto('/resources/zh%2Fpythagoras');
      await page.locator('.katex').first().waitFor();
      await expectFitting(page, 'resource');
    });
  });

  it('keeps a question over an ended session and leads back to it', { timeout: WALK_MS }, async () => {
    await walk('learner', '/', { language: 'en' }, async (page, { context }) => {
      await page.locator('form textarea').fill('What is a food chain?');
      await context.clearCookies();
      await page.keyboard.press('Enter');
      await signIn(page, 'learner', ui.product.passwords.learner!);
      expect(await page.locator('form textarea').inputValue()).toBe('What is a food chain?');
    });
  });

  it('can be used from the keyboard', { timeout: WALK_MS }, async () => {
    await walk('learner', '/', { language: 'en' }, async page => {
      await page.locator('h1').click();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText(en.shortcuts.list).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('h1').click();
      await page.keyboard.press('Tab');
      for (let stop = 0; stop < 8; stop++) {
        const { outlineStyle, name } = await page.evaluate(() => ({
          outlineStyle: getComputedStyle(document.activeElement!).outlineStyle,
          name: document.activeElement!.outerHTML.slice(0, 120),
        }));
        expect(outlineStyle, name).not.toBe('none');
        await page.keyboard.press('Tab');
      }
    });
  });

  it('finds an answer again that was being written when the page was reloaded', {
    timeout: WALK_MS,
  }, async () => {
    const model = await startHeldModel();
    const slow = await startProduct({
      env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'none', CHAT_MODEL: 'held' },
    });
    const { page, close } = await visit(ui.browser, slow.url, { language: 'en' });
    try {
      await page.goto('/');
      await signIn(page, 'learner', slow.passwords.learner!);
      await ask(page, en.ask.example.two);
      await model.asked;
      await page.getByRole('button', { name: en.answer.stop }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: en.answer.stop }).waitFor();
      model.release('The hypotenuse is 25 cm [1].');
      await answered(page);
      expect(await page.getByRole('button', { name: en.answer.stop }).count()).toBe(0);
      expect(await page.locator('header').getByText('held').count()).toBeGreaterThan(0);
    } finally {
      await close();
      await slow.stop();
      await model.close();
    }
  });
});

/** Whether the middle of the first match is on the screen. */
function inView(page: Page, selector: string): Promise<boolean> {
  return page
    .locator(selector)
    .first()
    .evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return (top + bottom) / 2 > 0 && (top + bottom) / 2 < window.innerHeight;
    });
}
