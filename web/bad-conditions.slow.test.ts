import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { dropConnection, expireSession, slowDown } from './testing/bad-conditions.ts';
import {
  expectFitting,
  hasBrowser,
  MISSING,
  PHONE,
  signIn,
  type Visit,
  visit,
  WIDE,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

/** Walks wait for the network more than they work, so they go side by side. */
const WALK_MS = 90_000;
const DROPPED_MS = 3_000;
const TEXTS = { zh, en };
type Walk = { language: 'zh' | 'en'; size: typeof WIDE };
const ZH_WIDE: Walk = { language: 'zh', size: WIDE };
const ZH_PHONE: Walk = { language: 'zh', size: PHONE };
const EN_WIDE: Walk = { language: 'en', size: WIDE };
const EN_PHONE: Walk = { language: 'en', size: PHONE };

const ask = async (page: Page, question: string) => {
  await page.locator('form textarea').fill(question);
  await page.keyboard.press('Enter');
};

/** Bad networks and ended sessions. */
describe
  .skipIf(!hasBrowser)
  .concurrent(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
    const ui = startUi();

    /** A walk as `username` from `path` on, in which no page finds a fault. */
    const walk = async (
      { language, size }: Walk,
      [username, path]: [string, string],
      steps: (page: Page, visited: Visit, texts: typeof zh) => Promise<void>,
      prepare: (page: Page) => Promise<void> = async () => undefined,
    ) => {
      const visited = await visit(ui.browser, ui.product.url, { language, size });
      await prepare(visited.page);
      await visited.page.goto(path);
      await signIn(visited.page, username, ui.product.passwords[username]!);
      await steps(visited.page, visited, TEXTS[language] as typeof zh);
      await expectFitting(visited.page, path);
      const unexpected = visited.faults.filter(fault => !/ERR_INTERNET_DISCONNECTED/.test(fault));
      expect(unexpected).toEqual([]);
      await visited.close();
    };
    const backAgain = (page: Page, username: string) =>
      signIn(page, username, ui.product.passwords[username]!);

    it('a learner asks, looks up, rates and follows up on a slow network', { timeout: WALK_MS }, async () => {
      await walk(
        ZH_PHONE,
        ['learner', '/'],
        async (page, _visited, texts) => {
          await ask(page, texts.ask.example.two);
          await page.locator('article footer').waitFor();
          await page.locator('article').getByRole('button', { name: /1/ }).first().click();
          await page.getByRole('dialog').locator('mark').first().waitFor();
          await page.keyboard.press('Escape');
          await page.getByRole('button', { name: texts.feedback.good, exact: true }).first().click();
          await page.getByText(texts.feedback.thanks).first().waitFor();
          await page.locator('form textarea:not([aria-hidden])').last().fill(texts.ask.example.one);
          await page.keyboard.press('Enter');
          await page.locator('article footer').nth(1).waitFor({ timeout: 30_000 });
        },
        slowDown,
      );
    });

    it.for([EN_WIDE, EN_PHONE])(
      'a teacher searches, plans and edits on a slow network: $size.width px in $language',
      { timeout: WALK_MS },
      async given => {
        await walk(
          given,
          ['teacher', '/plans'],
          async (page, _visited, texts) => {
            await page.getByRole('link', { name: texts.nav.search, exact: true }).click();
            await page.getByRole('searchbox').first().fill(texts.search.example);
            await page.keyboard.press('Enter');
            await page.locator('ol h2').first().waitFor();
            await page.getByRole('link', { name: texts.nav.plans, exact: true }).click();
            await page.getByLabel(texts.plans.topic).fill(texts.plans.example.topic);
            await page.keyboard.press('Enter');
            await page
              .getByRole('button', { name: texts.plan.edit, exact: true })
              .first()
              .click({ timeout: 60_000 });
            await page.getByLabel(texts.plan.title).fill('A title of my own');
            await page.getByRole('button', { name: texts.plan.save }).click();
            await page.getByRole('heading', { name: 'A title of my own', level: 1 }).waitFor();
            const href = await page.getByRole('link', { name: texts.plan.export }).getAttribute('href');
            expect(await (await page.request.get(href!)).text()).toContain('A title of my own');
          },
          slowDown,
        );
      },
    );

    it('an admin looks at an answer and what it was made from on a slow network', {
      timeout: WALK_MS,
    }, async () => {
      await walk(
        ZH_WIDE,
        ['admin', '/'],
        async (page, _visited, texts) => {
          await ask(page, texts.ask.example.two);
          await page.locator('article footer').waitFor();
          await page.getByRole('link', { name: texts.nav.admin, exact: true }).click();
          await page.getByRole('link', { name: texts.admin.tab.answers, exact: true }).click();
          await page.locator('main ol li a').first().click();
          await page.getByRole('heading', { name: texts.admin.evidence.title }).waitFor();
          await page.getByRole('link', { name: texts.admin.tab.runs, exact: true }).click();
          await page.getByRole('link', { name: 'samples' }).click();
          await page.waitForURL('**/admin/runs/*');
          await page.getByRole('heading', { level: 1 }).waitFor();
        },
        slowDown,
      );
    });

    it('an admin without a connection is told so, and goes on when it is back', {
      timeout: WALK_MS,
    }, async () => {
      await walk(
        EN_PHONE,
        ['admin', '/admin/resources/en%2Fphotosynthesis'],
        async (page, { context }, texts) => {
          const withdraw = page.getByRole('button', { name: texts.admin.resources.do.withdraw });
          await withdraw.click();
          const dialog = page.getByRole('dialog');
          await dialog.getByLabel(texts.admin.reason.label).fill('A figure is wrong');
          const offline = dropConnection(context, DROPPED_MS);
          await dialog.getByRole('button', { name: texts.admin.resources.do.withdraw }).click();
          await dialog.getByRole('alert').getByText(texts.error.unreachable.what).waitFor();
          await offline;
          await dialog.getByRole('button', { name: texts.admin.resources.do.withdraw }).click();
          await page.getByText('A figure is wrong').waitFor();
          await page.getByRole('button', { name: texts.admin.resources.do.restore }).click();
          await withdraw.waitFor();
        },
      );
    });

    it.for([ZH_WIDE, EN_PHONE])(
      'a learner whose session ended signs in and goes on in $language',
      { timeout: WALK_MS },
      async given => {
        await walk(given, ['learner', '/'], async (page, { context }, texts) => {
          await ask(page, texts.ask.example.two);
          await page.locator('article footer').waitFor();
          const place = page.url();
          const follow = page.locator('form textarea:not([aria-hidden])').last();
          await follow.fill(texts.ask.example.one);
          await expireSession(context, ui.product.url);
          await page.keyboard.press('Enter');
          await backAgain(page, 'learner');
          expect(page.url()).toBe(place);
          expect(await follow.inputValue()).toBe(texts.ask.example.one);
          await follow.press('Enter');
          await page.locator('article footer').nth(1).waitFor({ timeout: 30_000 });
        });
      },
    );

    it('a teacher whose session ended finds the plan on the desk as it was left', {
      timeout: WALK_MS,
    }, async () => {
      await walk(ZH_PHONE, ['teacher', '/plans'], async (page, { context }, texts) => {
        await page.getByLabel(texts.plans.topic).fill(texts.plans.example.topic);
        await page.keyboard.press('Enter');
        await page
          .getByRole('button', { name: texts.plan.edit, exact: true })
          .first()
          .click({ timeout: 60_000 });
        await page.getByLabel(texts.plan.title).fill('我自己的题目');
        await expireSession(context, ui.product.url);
        await page.getByRole('button', { name: texts.plan.save }).click();
        await backAgain(page, 'teacher');
        expect(await page.getByLabel(texts.plan.title).inputValue()).toBe('我自己的题目');
        await page.getByRole('button', { name: texts.plan.save }).click();
        await page.getByRole('heading', { name: '我自己的题目', level: 1 }).waitFor();
      });
    });

    it('an admin whose session ended finds the reason that was being written', {
      timeout: WALK_MS,
    }, async () => {
      await walk(
        ZH_WIDE,
        ['admin', '/admin/resources/zh%2Fphotosynthesis'],
        async (page, { context }, texts) => {
          await page.getByRole('button', { name: texts.admin.resources.do.withdraw }).click();
          const dialog = page.getByRole('dialog');
          await dialog.getByLabel(texts.admin.reason.label).fill('图有误');
          await expireSession(context, ui.product.url);
          await dialog.getByRole('button', { name: texts.admin.resources.do.withdraw }).click();
          await backAgain(page, 'admin');
          expect(await dialog.getByLabel(texts.admin.reason.label).inputValue()).toBe('图有误');
          await dialog.getByRole('button', { name: texts.admin.resources.do.withdraw }).click();
          await page.getByText('图有误').waitFor();
          await page.getByRole('button', { name: texts.admin.resources.do.restore }).click();
          await page.getByRole('button', { name: texts.admin.resources.do.withdraw }).waitFor();
        },
      );
    });
  });
