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
  type Visit,
  visit,
  WIDE,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 180_000;
const CASES = [
  {
    language: 'zh',
    texts: zh,
    size: WIDE,
    screen: 'desktop',
    question: '什么是光合作用？',
    topic: '光合作用',
  },
  {
    language: 'en',
    texts: en,
    size: PHONE,
    screen: 'phone',
    question: 'What is photosynthesis?',
    topic: 'Photosynthesis',
  },
] as const;

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  describe.each(CASES)('in $language on a $screen', ({ language, texts, size, question, topic }) => {
    const resourceId = `${language}/photosynthesis`;
    const adminTexts = texts.admin;

    const enter = async (username: string, path: string, password = ui.product.passwords[username]!) => {
      const visited = await visit(ui.browser, ui.product.url, { language, size });
      await visited.page.goto(path);
      await signIn(visited.page, username, password);
      return visited;
    };
    const leave = async (...visits: Visit[]) => {
      for (const visited of visits) {
        expect(visited.faults).toEqual([]);
        await visited.close();
      }
    };
    const expectGood = async (page: Page, screen: string) => {
      await expectFitting(page, screen);
      await expectAccessible(page, screen);
    };
    const post = async (page: Page, url: string, data: object) => {
      const reply = await page.request.post(url, { data });
      expect(reply.ok(), `${url}: ${await reply.text()}`).toBe(true);
      return reply.json();
    };

    it('withdraws a resource, which its answers tell, and restores it', { timeout: WALK_MS }, async () => {
      const learner = await enter('learner', '/');
      const { conversationId, messageId } = await post(learner.page, '/api/conversations', { question });
      await learner.page.request.get(`/api/messages/${messageId}/events`);

      const admin = await enter('admin', '/admin/resources');
      const { page } = admin;
      await page.locator('ol li').nth(20).waitFor();
      await expectGood(page, 'resources');
      await page.getByLabel(adminTexts.resources.words).fill(resourceId);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('ol li').count()).toBe(1);
      const title = (await page.locator('ol li a').textContent())!;
      await page.locator('ol li a').click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText(adminTexts.resources.noHistory).waitFor();

      await page.getByRole('button', { name: adminTexts.resources.do.withdraw }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: adminTexts.resources.do.withdraw });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel(adminTexts.reason.label).fill('A figure is wrong');
      await expectGood(page, 'reason');
      await confirm.click();
      await page.getByText('A figure is wrong').waitFor();
      await page.getByRole('button', { name: adminTexts.resources.do.restore }).waitFor();
      await expectGood(page, 'withdrawn resource');

      await learner.page.goto(`/ask/${conversationId}`);
      await learner.page.locator('article [data-withdrawn]').first().waitFor();
      await expectGood(learner.page, 'answer with a withdrawn source');
      const found = await post(learner.page, '/api/search', { query: topic });
      expect(JSON.stringify(found.results)).not.toContain(`"${resourceId}"`);

      await page.getByRole('button', { name: adminTexts.resources.do.restore }).click();
      await page.getByRole('button', { name: adminTexts.resources.do.withdraw }).waitFor();
      await page.getByText(adminTexts.resources.was.restore, { exact: true }).waitFor();
      await learner.page.reload();
      await learner.page.locator('article footer').waitFor();
      expect(await learner.page.locator('article [data-withdrawn]').count()).toBe(0);
      const search = () => post(learner.page, '/api/search', { query: topic });
      await expect.poll(async () => JSON.stringify(await search())).toContain(`"${resourceId}"`);
      await leave(learner, admin);
    });

    it('adds a user with a password shown once, and disables them', { timeout: WALK_MS }, async () => {
      const username = `wang-${language}`;
      const admin = await enter('admin', '/admin/users');
      const { page } = admin;
      await page.getByText(adminTexts.users.add, { exact: true }).click();
      await page.getByLabel(adminTexts.users.username).fill(username);
      await page.getByLabel(adminTexts.users.name, { exact: true }).fill('王老师');
      await page.keyboard.press('Enter');
      const password = (await page.locator('code').textContent())!;
      await page.locator('main ul > li', { hasText: username }).waitFor();
      await expectGood(page, 'a new password');

      const user = await enter(username, '/plans', password);
      await user.page.getByRole('button', { name: texts.plans.send }).waitFor();

      await page.getByLabel(adminTexts.users.words).fill(username);
      await page.keyboard.press('Enter');
      const row = page.locator('main ul > li', { hasText: username });
      await row
        .getByRole('button', { name: adminTexts.users.changeOf.replace('{{name}}', '王老师') })
        .click();
      await expect.poll(() => page.locator('main ul > li').count()).toBe(1);
      await expectGood(page, 'users');
      await page.getByRole('button', { name: adminTexts.users.disable }).click();
      await page.getByRole('dialog').getByRole('button', { name: adminTexts.users.disable }).click();
      await page.getByRole('button', { name: adminTexts.users.enable }).waitFor();

      await user.page.reload();
      await user.page.locator('input[name=username]').waitFor();
      await user.page.locator('input[name=username]').fill(username);
      await user.page.locator('input[name=password]').fill(password);
      await user.page.keyboard.press('Enter');
      await user.page.getByRole('alert').getByText(texts.session.wrong).waitFor();
      await leave(user, admin);
    });

    it('shows a doubted source of a plan, and leads to the resource', { timeout: WALK_MS }, async () => {
      const teacher = await enter('teacher', '/plans');
      const { planId } = await post(teacher.page, '/api/lesson-plans', { topic });
      await teacher.page.request.get(`/api/lesson-plans/${planId}/events`);
      const { plan } = await (await teacher.page.request.get(`/api/lesson-plans/${planId}`)).json();
      const citation = plan.citations[0];
      await post(teacher.page, '/api/feedback', {
        targetKind: 'citation',
        targetId: `${planId}:${citation.n}`,
        value: 'bad',
        reason: 'only-part',
      });

      const admin = await enter('admin', '/admin');
      const { page } = admin;
      await page.locator('a[href="/admin/plan-doubts"]').click();
      await page.getByText(plan.title).first().waitFor();
      await page.getByText(texts.source.reason['only-part']).first().waitFor();
      await page.locator('[data-cites]').first().waitFor();
      await expectGood(page, 'doubts about plans');
      await page.getByRole('link', { name: adminTexts.planDoubts.resource }).first().click();
      await page.getByRole('heading', { level: 1, name: citation.title }).waitFor();
      await leave(teacher, admin);
    });
  });
});
