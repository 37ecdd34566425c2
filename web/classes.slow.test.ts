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
  WIDE,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 180_000;

/** The texts that a walk looks for are of its language; what is typed is of the same. */
const WALKS = [
  {
    language: 'en',
    texts: en,
    name: 'Grade 7, class 2',
    pupils: ['Li Lei', 'Anna-Maria O’Neill'],
    typed: 'anna maria oneill',
    question: 'What is photosynthesis?',
  },
  {
    language: 'zh',
    texts: zh,
    name: '七年级（2）班',
    pupils: ['王小明', '阿依古丽·买买提'],
    typed: '阿依古丽 买买提',
    question: '什么是光合作用？',
  },
] as const;

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();

  const expectGood = async (page: Page, screen: string) => {
    await expectFitting(page, screen);
    // What the header covers halfway would count as too small to be pressed.
    await page.evaluate('window.scrollTo(0, 0)');
    await expectAccessible(page, screen);
  };
  const open = (language: 'zh' | 'en', size = WIDE) => visit(ui.browser, ui.product.url, { language, size });
  /** What stands on the card of the nth pupil. */
  const cardOf = async (page: Page, n: number) => {
    const [code, pin] = await page.locator('[data-cards] li').nth(n).locator('dd').allTextContents();
    return { code: code!, pin: pin! };
  };
  const enter = async (page: Page, { code, name, pin }: { code: string; name: string; pin: string }) => {
    await page.locator('input[name=code]').fill(code);
    await page.locator('input[name=name]').fill(name);
    await page.locator('input[name=pin]').fill(pin);
    await page.locator('form button[type=submit]').click();
  };

  it.each(WALKS)(
    'lets a pupil sign in on a phone with the card their teacher made, in $language',
    { timeout: WALK_MS },
    async ({ language, texts, name, pupils, typed, question }) => {
      const { page, faults, close } = await open(language);
      // No printer here; that it was asked for is enough.
      await page.addInitScript('window.print = () => { window.printed = true; }');
      await page.goto('/classes');
      await signIn(page, 'teacher', ui.product.passwords.teacher!);
      await page.getByLabel(texts.classes.newName).waitFor();
      await expectGood(page, 'classes');
      await page.getByLabel(texts.classes.newName).fill(name);
      await page.getByRole('button', { name: texts.classes.create, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();

      const names = page.getByLabel(texts.classes.add.names);
      const send = page.locator('main form button[type=submit]');
      await names.fill([pupils[0], pupils[1], `${pupils[0]} `].join('\n'));
      await send.click();
      await page.getByRole('alert').getByText(pupils[0]).waitFor();
      expect(await names.inputValue()).toContain(pupils[1]);
      await names.fill(`\n${pupils.join('\n')}\n`);
      await send.click();
      await page.locator('[data-cards]:focus li').nth(1).waitFor();
      expect(await names.inputValue()).toBe('');
      await expectGood(page, 'cards');
      const card = await cardOf(page, 1);

      await page.getByRole('navigation').first().getByRole('link').first().click();
      await page.getByRole('dialog').getByText(texts.classes.cards.leaveText).waitFor();
      await page.getByRole('button', { name: texts.common.cancel }).click();
      await page.goBack();
      await page.getByRole('dialog').getByText(texts.classes.cards.leaveText).waitFor();
      await page.getByRole('button', { name: texts.common.cancel }).click();
      await page.locator('header [aria-controls]').click();
      await page.getByRole('button', { name: texts.session.signOut }).click();
      await page.getByRole('dialog').getByText(texts.classes.cards.leaveText).waitFor();
      await page.getByRole('button', { name: texts.common.cancel }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      expect(await cardOf(page, 1)).toEqual(card);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('main button:visible, main textarea:visible, main h1:visible').count()).toBe(
        0,
      );
      expect(await page.locator('[data-cards] li:visible').count()).toBe(2);
      await page.emulateMedia({ media: 'screen' });
      await page.getByRole('button', { name: texts.classes.cards.print }).click();
      expect(await page.evaluate('window.printed')).toBe(true);
      await page.getByRole('navigation').first().getByRole('link').first().click();
      await page.waitForURL(/\/$/);
      // The browser itself reports that the names were refused.
      expect(faults.filter(fault => !fault.includes('409'))).toEqual([]);
      await close();

      const pupil = await open(language, PHONE);
      await pupil.page.goto('/');
      await pupil.page.getByText(texts.session.way.code).click();
      expect(await pupil.page.locator('input[name=pin]').getAttribute('inputmode')).toBe('numeric');
      await expectGood(pupil.page, 'sign-in with a code');
      await enter(pupil.page, { ...card, name: typed, pin: '000 00' });
      await pupil.page.getByRole('alert').getByText(texts.session.wrongCard).waitFor();
      await pupil.page.reload();
      await enter(pupil.page, { ...card, code: card.code.toLowerCase(), name: typed });
      await pupil.page.locator('[data-first-task] [data-leave]').click();
      await pupil.page.getByRole('button', { name: texts.session.account }).click();
      await pupil.page.getByText(name).waitFor();
      await expectGood(pupil.page, 'account menu of a pupil');
      await pupil.page.keyboard.press('Escape');
      await pupil.page.locator('textarea').first().fill(question);
      await pupil.page.keyboard.press('Enter');
      await pupil.page.waitForURL(/\/ask\/./);
      await pupil.page.locator('article footer').last().waitFor();
      expect(pupil.faults).toEqual([]);
      await pupil.close();
    },
  );

  it('gives a new PIN, takes a pupil out, and closes a class', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await open('en', PHONE);
    await page.goto('/classes');
    await signIn(page, 'teacher', ui.product.passwords.teacher!);
    const made = await page.request.post('/api/classes', { data: { name: 'Chess', stage: null } });
    const { classId } = await made.json();
    const pupils = { data: { names: ['Jack', 'Jill'] } };
    expect((await page.request.post(`/api/classes/${classId}/pupils`, pupils)).ok()).toBe(true);
    await page.goto(`/classes/${classId}`);
    await page.getByRole('button', { name: 'New PIN for Jill' }).click();
    await page.locator('[data-cards]:focus').waitFor();
    const card = await cardOf(page, 0);
    await expectGood(page, 'class on a phone');
    await page.getByRole('button', { name: en.classes.cards.done }).click();

    const code = page.getByRole('region', { name: en.classes.code }).getByRole('status');
    await page.getByRole('button', { name: en.classes.renewCode }).click();
    await page.getByRole('dialog').getByRole('button', { name: en.classes.renewCode }).click();
    await expect.poll(() => code.textContent(), { timeout: 20_000 }).not.toBe(card.code);
    await page.getByRole('button', { name: 'Remove Jack' }).click();
    await page.getByRole('dialog').getByText('everything that Jack asked').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: en.classes.remove }).click();
    await page.getByText('Jack', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: en.classes.rename }).click();
    await page.getByLabel(en.classes.name, { exact: true }).fill('Chess club');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Chess club' }).waitFor();
    await page.getByRole('button', { name: en.classes.archive }).click();
    await page.getByRole('dialog').getByRole('button', { name: en.classes.archive }).click();
    await page.getByText(en.classes.archivedText).waitFor();
    await expectGood(page, 'archived class');
    await page.getByRole('button', { name: en.classes.reopen }).click();
    await code.waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('takes in a file for a class, chosen on the desktop', { timeout: WALK_MS }, async () => {
    const { page, faults, close } = await open('en');
    await page.goto('/uploads');
    await signIn(page, 'teacher', ui.product.passwords.teacher!);
    const visibility = page.getByLabel(en.uploads.visibility);
    const made = await page.request.post('/api/classes', { data: { name: 'Tides', stage: null } });
    const { classId } = await made.json();
    await page.reload();
    await visibility.selectOption('class');
    await page.getByLabel(en.uploads.class, { exact: true }).selectOption(classId);
    await page.locator('input[type=file]').setInputFiles({
      name: 'millponds.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Tidal millponds\n\nA tidal millpond keeps the flood and turns a wheel at ebb.'),
    });
    await expectGood(page, 'upload for a class');
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await page.getByText(en.uploads.done).waitFor();
    const admin = await open('en');
    await admin.page.goto('/');
    await signIn(admin.page, 'admin', ui.product.passwords.admin!);
    const found = await admin.page.request.get('/api/admin/resources?words=Tidal');
    expect((await found.json()).resources).toMatchObject([{ visibility: 'class', status: 'in-review' }]);
    await admin.close();
    expect(faults).toEqual([]);
    await close();
  });
});
