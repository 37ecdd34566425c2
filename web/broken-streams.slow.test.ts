import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProduct, startProduct } from '../test/start-product.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { dropConnection } from './testing/bad-conditions.ts';
import { hasBrowser, MISSING, PHONE, signIn, visit, WIDE } from './testing/browser.ts';
import { type HeldModel, startHeldModel } from './testing/held-model.ts';
import { startUi } from './testing/running-ui.ts';

const WALK_MS = 90_000;
const DROPPED_MS = 3_000;
/** A sentence is shown once the next has begun. */
const BEGINNING = 'Green plants make their own food [1]. Oxygen is ';
const END = 'released as a by-product [1].';
const NO_SECTION = 'This is no section, so the plan is quoted from the library.';

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();
  let model: HeldModel;
  let dataDir: string;
  let product: RunningProduct;
  let passwords: Record<string, string>;
  const start = (flags: string[] = []) =>
    startProduct({
      dataDir,
      flags,
      env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'none', CHAT_MODEL: 'held' },
    });
  beforeAll(async () => {
    model = await startHeldModel();
    dataDir = await mkdtemp(`${tmpdir()}/zhujiao-broken-`);
    product = await start();
    passwords = product.passwords;
  }, 120_000);
  afterAll(async () => {
    await product?.stop();
    await model?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Ends the server and starts another where it was, as an update does. */
  const restart = async () => {
    await product.stop();
    product = await start(['--port', new URL(product.url).port]);
  };
  const enter = async (username: string, path: string, language: 'zh' | 'en', size = WIDE) => {
    const visited = await visit(ui.browser, product.url, { language, size });
    await visited.page.goto(path);
    await signIn(visited.page, username, passwords[username]!);
    return visited;
  };
  const askHeld = async (page: Page) => {
    model.hold();
    await page.locator('form textarea').fill('What is photosynthesis?');
    await page.keyboard.press('Enter');
    await model.waits();
    model.begin(BEGINNING);
    await page.locator('article').getByText('Green plants make their own food').waitFor();
  };
  const planHeld = async (page: Page, texts: typeof zh) => {
    model.hold();
    await page.getByLabel(texts.plans.topic).fill('Photosynthesis');
    await page.keyboard.press('Enter');
    await model.waits();
    model.releaseOne(NO_SECTION);
    await page.getByText(texts.plan.ready.replace('{{ready}}', '1').replace('{{all}}', '12')).waitFor();
  };

  it('goes on with an answer after the connection was gone', { timeout: WALK_MS }, async () => {
    const { page, context, close } = await enter('learner', '/', 'en');
    await askHeld(page);
    const dropped = dropConnection(context, DROPPED_MS);
    await page.getByText(en.answer.waiting).waitFor();
    await dropped;
    model.release(END);
    await page.locator('article footer').waitFor();
    const prose = (await page.locator('[data-read]').textContent())!;
    expect(prose.match(/Green plants make their own food/g)).toHaveLength(1);
    expect(prose.match(/Oxygen is released/g)).toHaveLength(1);
    await close();
  });

  it('goes on with a plan after the connection was gone', { timeout: WALK_MS }, async () => {
    const { page, context, close } = await enter('teacher', '/plans', 'zh', PHONE);
    await planHeld(page, zh);
    const dropped = dropConnection(context, DROPPED_MS);
    await page.getByText(zh.answer.waiting).waitFor();
    await dropped;
    model.release(NO_SECTION);
    await page.getByRole('separator').first().waitFor({ timeout: 30_000 });
    for (const heading of Object.values(zh.section)) {
      expect(await page.getByRole('heading', { name: heading }).count(), heading).toBe(1);
    }
    await close();
  });

  it.for([
    ['zh', zh, WIDE],
    ['en', en, PHONE],
  ] as const)(
    'offers an answer again that the server ended in: %s',
    { timeout: WALK_MS },
    async ([language, texts, size]) => {
      const { page, close } = await enter('learner', '/', language, size);
      await askHeld(page);
      const place = page.url();
      await page.locator('form textarea:not([aria-hidden])').last().fill('And at night?');
      await restart();
      model.release(BEGINNING + END);
      await page.getByRole('button', { name: texts.answer.again }).click({ timeout: 30_000 });
      await page.locator('article').getByText('Oxygen is released').first().waitFor({ timeout: 30_000 });
      expect(page.url()).toBe(place);
      expect(await page.locator('form textarea:not([aria-hidden])').last().inputValue()).toBe(
        'And at night?',
      );
      expect(await page.locator('article').count()).toBe(1);
      await close();
    },
  );

  it('offers a plan again that the server ended in', { timeout: WALK_MS }, async () => {
    const { page, close } = await enter('teacher', '/plans', 'zh');
    await planHeld(page, zh);
    const place = page.url();
    // Killed, so that nothing could be stored at the end.
    process.kill(product.pid, 'SIGKILL');
    await restart();
    await page.getByText(zh.plan.failed).waitFor({ timeout: 30_000 });
    model.release(NO_SECTION);
    await page.getByRole('button', { name: zh.plan.again }).click();
    await page.getByRole('separator').first().waitFor({ timeout: 30_000 });
    expect(page.url()).not.toBe(place);
    await close();
  });

  it('lets an admin do again what the server ended in', { timeout: WALK_MS }, async () => {
    const { page, close } = await enter('admin', '/admin/resources/en%2Fphotosynthesis', 'en');
    const { withdraw, restore } = en.admin.resources.do;
    await page.getByRole('button', { name: withdraw }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en.admin.reason.label).fill('A figure is wrong');
    await product.stop();
    await dialog.getByRole('button', { name: withdraw }).click();
    await dialog.getByRole('alert').getByText(en.error.unreachable.what).waitFor();
    product = await start(['--port', new URL(product.url).port]);
    await dialog.getByRole('button', { name: withdraw }).click();
    await page.getByText('A figure is wrong').waitFor();
    await page.getByRole('button', { name: restore }).waitFor();
    await close();
  });
});
