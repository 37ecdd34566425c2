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
  signInFirst,
  type VisitOptions,
  visit,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const LANGUAGES = [
  { language: 'zh', texts: zh },
  { language: 'en', texts: en },
] as const;
const WALK_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'a newcomer' : `a newcomer (skipped: ${MISSING})`, () => {
  const ui = startUi();

  /** Walks from the sign-in page on, and finds no fault in the pages on the way. */
  async function walk(options: VisitOptions, steps: (page: Page) => Promise<void>): Promise<void> {
    const visited = await visit(ui.browser, ui.product.url, options);
    try {
      await visited.page.goto('/');
      await steps(visited.page);
      expect(visited.faults).toEqual([]);
    } finally {
      await visited.close();
    }
  }
  const enter = (page: Page, username: string) =>
    signInFirst(page, username, ui.product.passwords[username] ?? '');
  const guide = (page: Page) => page.locator('[data-first-task]');
  /** The guide says what to do now. */
  const expectStep = (page: Page, text: string) => guide(page).getByRole('status').getByText(text).waitFor();

  describe.each(LANGUAGES)('in $language', ({ language, texts }) => {
    const { firstTask } = texts;
    const expectGood = async (page: Page, screen: string) => {
      await expectFitting(page, screen);
      if (language === 'zh') await expectAccessible(page, screen);
    };

    it('chooses a language and as whom to look around', { timeout: WALK_MS }, async () => {
      await walk({ language, size: PHONE }, async page => {
        const other = language === 'zh' ? en : zh;
        await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文' }).click();
        await page.getByRole('heading', { name: other.demo.title }).waitFor();
        await page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' }).click();
        await page.getByRole('button', { name: texts.demo.teacher.name }).click();
        expect(await page.locator('input[name=username]').inputValue()).toBe('teacher');
        await page.locator('input[name=password]:focus').waitFor();
        await page.getByText(texts.demo.passwords).waitFor();
        await expectGood(page, 'sign-in');
        const content = await page.content();
        for (const password of Object.values(ui.product.passwords)) expect(content).not.toContain(password);
      });
    });

    it('as a learner asks, opens, reads and rates on a phone', { timeout: WALK_MS }, async () => {
      await walk({ language, size: PHONE }, async page => {
        await enter(page, 'learner');
        await expectStep(page, firstTask.learner.ask);
        await expectGood(page, 'first step');
        await page.getByRole('button', { name: texts.ask.example.two }).click();
        await expectStep(page, firstTask.learner.source);
        await page.locator('article footer').waitFor();
        await page.waitForLoadState('networkidle');
        await expectGood(page, 'answer with the guide');
        await page.locator('article').getByRole('button', { name: /1/ }).first().click();
        await page.getByRole('dialog').getByRole('link', { name: texts.source.open }).first().click();
        await expectStep(page, firstTask.learner.read);
        await expectStep(page, firstTask.learner.rate);
        await guide(page).getByRole('link', { name: firstTask.way.answer }).click();
        await page.waitForURL('**/ask/*');
        await page.getByRole('button', { name: texts.feedback.good, exact: true }).click();
        await expectStep(page, firstTask.finished);
        await page.reload();
        await expectStep(page, firstTask.finished);
        await guide(page).getByRole('button', { name: firstTask.close }).click();
        await guide(page).waitFor({ state: 'detached' });
      });
    });

    it('as a teacher searches, opens and plans', { timeout: WALK_MS }, async () => {
      await walk({ language }, async page => {
        await enter(page, 'teacher');
        await expectStep(page, firstTask.teacher.search);
        await guide(page).getByRole('link', { name: firstTask.way.search }).click();
        await page.locator('input[type=search]').fill(texts.search.example);
        await page.keyboard.press('Enter');
        await expectStep(page, firstTask.teacher.gather);
        await guide(page).getByRole('button', { name: firstTask.all }).click();
        expect(await guide(page).locator('li').count()).toBe(3);
        await expectGood(page, 'all steps');
        await page.locator('ol h2 a').first().press('Enter');
        await expectStep(page, firstTask.teacher.plan);
        await guide(page).getByRole('link', { name: firstTask.way.plans }).click();
        await page.getByRole('button', { name: texts.plans.exampleText }).click();
        await page.getByRole('button', { name: texts.plans.send }).click();
        await expectStep(page, firstTask.finished);
      });
    });

    it('as an admin asks, looks at the evidence and at the gaps', { timeout: WALK_MS }, async () => {
      await walk({ language }, async page => {
        await enter(page, 'admin');
        await expectStep(page, firstTask.admin.answer);
        await page.getByRole('button', { name: texts.ask.example.two }).click();
        await page.locator('article footer').waitFor();
        await guide(page).getByRole('link', { name: firstTask.way.answers }).click();
        await page.locator('main ol a').first().click();
        await expectStep(page, firstTask.admin.evidence);
        await page.getByRole('heading', { name: texts.admin.evidence.title }).scrollIntoViewIfNeeded();
        await page.mouse.wheel(0, 400);
        await expectStep(page, firstTask.admin.gaps);
        await guide(page).getByRole('link', { name: firstTask.way.overview }).click();
        await expectStep(page, firstTask.finished);
        await expectGood(page, 'the end');
      });
    });

    it('puts a question in other words', { timeout: WALK_MS }, async () => {
      await walk({ language, size: PHONE }, async page => {
        await signIn(page, 'learner', ui.product.passwords.learner!);
        await page.getByRole('button', { name: texts.ask.example.three }).click();
        await page.locator('[data-outcome=no-evidence]').waitFor();
        const questions = page.locator('article h2');
        await page.getByRole('button', { name: texts.ask.edit }).click();
        const box = page.getByLabel(texts.ask.edited);
        expect(await box.inputValue()).toBe(texts.ask.example.three);
        await box.fill(texts.ask.example.one);
        await expectGood(page, 'editing a question');
        await page.reload();
        await page.getByRole('button', { name: texts.ask.edit }).click();
        expect(await box.inputValue()).toBe(texts.ask.example.one);
        await page.keyboard.press('Escape');
        await page.locator('article button:focus').waitFor();
        await page.getByRole('button', { name: texts.ask.edit }).click();
        await box.fill(texts.ask.example.one);
        await page.keyboard.press('Enter');
        await page.locator('article [data-read]').waitFor();
        expect(await questions.allTextContents()).toEqual([texts.ask.example.one]);
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE');
        await page.getByRole('button', { name: texts.answer.again }).click();
        await page.locator('article [data-read]').waitFor();
        await page.getByRole('button', { name: texts.ask.edit }).waitFor();
        expect(await questions.count()).toBe(1);
        await expectGood(page, 'another answer');
      });
    });
  });

  it('leaves the guide for good, and finds it again in the account menu', { timeout: WALK_MS }, async () => {
    await walk({ language: 'en' }, async page => {
      await enter(page, 'learner');
      await guide(page).getByRole('button', { name: en.firstTask.leave }).click();
      await page.reload();
      await page.locator('form textarea').waitFor();
      expect(await guide(page).count()).toBe(0);
      await page.getByRole('button', { name: 'Demo learner' }).click();
      await page.getByRole('button', { name: en.firstTask.again }).click();
      await expectStep(page, en.firstTask.learner.ask);
    });
  });

  it('is led in elder mode and from right to left', { timeout: WALK_MS }, async () => {
    await walk({ language: 'ar', size: PHONE }, async page => {
      await page.locator('input[type=checkbox]').first().check();
      await expectFitting(page, 'sign-in');
      await enter(page, 'learner');
      await guide(page).waitFor();
      expect(await guide(page).evaluate(element => getComputedStyle(element).position)).toBe('static');
      await expectFitting(page, 'guide in elder mode');
      await expectAccessible(page, 'guide in elder mode');
    });
  });
});
