import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../library/db.ts';
import { type RunningProduct, startProduct } from '../test/start-product.ts';
import zh from './locales/zh.json' with { type: 'json' };
import { hasBrowser, MISSING, signIn, visit } from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';

const EXCHANGES = 250;
const CONVERSATIONS = 500;
/** What feels immediate is 100 ms; twice that is left to a busy machine, and to the measurement. */
const MOST_MS = 200;

/** Repeats the one exchange there is until its conversation is long, and makes a history around it. */
async function lengthen(dataDir: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: undefined, dataDir });
  try {
    await database.transaction(async db => {
      await db.query(
        `insert into message (conversation_id, ordinal, role, text, state, outcome, content, finished_at)
         select conversation_id, ordinal + 2 * i, role, text, state, outcome, content, finished_at
         from message, generate_series(1, $1::int) i`,
        [EXCHANGES - 1],
      );
      await db.query(
        `insert into citation (message_id, n, passage_id, resource_id, quote, quote_start, verdict, method)
         select m.id, c.n, c.passage_id, c.resource_id, c.quote, c.quote_start, c.verdict, c.method
         from citation c join message f on f.id = c.message_id
         join message m on m.role = 'assistant' and m.id <> f.id`,
      );
      await db.query(
        `insert into conversation (organisation_id, account_id, title, updated_at)
         select organisation_id, account_id, title || ' ' || i, updated_at - i * interval '1 hour'
         from conversation, generate_series(1, $1::int) i`,
        [CONVERSATIONS - 1],
      );
    });
  } finally {
    await database.close();
  }
}

/** The slowest of the events that `act` brings about, from the press to the next paint. */
async function slowest(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate('interactions.length = 0');
  await act();
  // The last frame has been noted by then.
  await page.waitForTimeout(300);
  const durations = await page.evaluate<number[]>('interactions');
  return Math.max(0, ...durations);
}

/** From the press of a key or button until a frame with what it changed is drawn; a frame is asked for, so there is one. */
async function watchInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const interactions: number[] = [];
    Object.defineProperty(window, 'interactions', { value: interactions });
    for (const kind of ['keydown', 'pointerdown', 'click'] as const) {
      window.addEventListener(
        kind,
        event => {
          requestAnimationFrame(() =>
            setTimeout(() => interactions.push(Math.round(performance.now() - event.timeStamp))),
          );
        },
        { capture: true },
      );
    }
  });
}

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : `in a browser (skipped: ${MISSING})`, () => {
  const ui = startUi();
  let dataDir: string;
  let product: RunningProduct;
  let path: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(`${tmpdir()}/zhujiao-long-`);
    const first = await startProduct({ dataDir });
    const { page, close } = await visit(ui.browser, first.url, { language: 'zh' });
    await page.goto('/');
    await signIn(page, 'learner', first.passwords.learner!);
    await page.locator('form textarea').fill(zh.ask.example.two);
    await page.keyboard.press('Enter');
    await page.locator('article footer').waitFor();
    path = new URL(page.url()).pathname;
    await close();
    await first.stop();
    await lengthen(dataDir);
    product = { ...(await startProduct({ dataDir })), passwords: first.passwords };
  }, 120_000);
  afterAll(async () => {
    await product?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it(`stays quick in a conversation of ${2 * EXCHANGES} messages`, { timeout: 120_000 }, async () => {
    const { page, close } = await visit(ui.browser, product.url, { language: 'zh' });
    await watchInteractions(page);
    await page.goto(path);
    await signIn(page, 'learner', product.passwords.learner!);
    await expect.poll(() => page.locator('article').count(), { timeout: 20_000 }).toBe(EXCHANGES);
    await page.locator('article aside mark').last().waitFor();
    await page.evaluate('new Promise(resolve => requestIdleCallback(resolve))');
    const follow = page.locator('form textarea:not([aria-hidden])').last();
    const search = page.getByRole('searchbox');
    const number = page.locator('article').last().getByRole('button', { name: /1/ }).first();
    const figures = {
      typing: await slowest(page, async () => {
        await follow.focus();
        await page.keyboard.type('What else?', { delay: 30 });
        expect(await follow.inputValue()).toBe('What else?');
      }),
      'opening a source': await slowest(page, async () => number.click()),
      'hiding the history': await slowest(page, async () =>
        page.getByRole('button', { name: zh.history.hide }).click(),
      ),
      'showing the history': await slowest(page, async () =>
        page.getByRole('button', { name: zh.history.show }).click(),
      ),
      'searching in the history': await slowest(page, async () => {
        await search.focus();
        await page.keyboard.type(' 7', { delay: 30 });
        await page.waitForTimeout(1000);
      }),
    };
    console.log(`${2 * EXCHANGES} messages, ${CONVERSATIONS} conversations, in ms:`, figures);
    for (const [what, ms] of Object.entries(figures)) expect(ms, what).toBeLessThan(MOST_MS);
    await close();
  });
});
