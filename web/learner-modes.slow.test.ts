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
  type VisitOptions,
  visit,
} from './testing/browser.ts';
import { startUi } from './testing/running-ui.ts';
import {
  endSentence,
  failToHear,
  hear,
  isSilent,
  scriptSpeech,
  spokenSoFar,
} from './testing/scripted-speech.ts';

const LANGUAGES = [
  { language: 'zh', texts: zh },
  { language: 'en', texts: en },
] as const;
const WALK_MS = 120_000;

describe.skipIf(!hasBrowser)(hasBrowser ? 'for learners' : `for learners (skipped: ${MISSING})`, () => {
  const ui = startUi();

  /** Walks with `prepare` done before the first page, and finds no fault in the pages on the way. */
  async function walk(
    options: VisitOptions,
    steps: (page: Page, visit: Visit) => Promise<void>,
    prepare: (page: Page) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const visited = await visit(ui.browser, ui.product.url, options);
    try {
      await prepare(visited.page);
      await visited.page.goto('/');
      await steps(visited.page, visited);
      expect(visited.faults).toEqual([]);
    } finally {
      await visited.close();
    }
  }
  const enter = (page: Page, username = 'learner') =>
    signIn(page, username, ui.product.passwords[username] ?? '');
  const ask = async (page: Page, question: string) => {
    await page.locator('form textarea').fill(question);
    await page.keyboard.press('Enter');
    await page.locator('article footer').last().waitFor();
    await page.waitForLoadState('networkidle');
  };

  describe.each(LANGUAGES)('in $language', ({ language, texts }) => {
    it('elder mode is one column of large text with large targets', { timeout: WALK_MS }, async () => {
      await walk({ language, size: PHONE }, async page => {
        await page.getByLabel(texts.modes.elder.name).check();
        await expectGood(page, 'sign-in, elder', language);
        await enter(page);
        await expectGood(page, 'ask, elder', language);
        await ask(page, texts.ask.example.two);
        await page.reload();
        const source = page.locator('article button[aria-expanded]').first();
        await source.click();
        await page.locator('[data-source="1"] mark').first().waitFor();
        await expectGood(page, 'answer, elder', language);
        expect(await page.locator('aside').count()).toBe(0);
        await page.getByRole('button', { name: texts.read.toMe }).waitFor();
        await page.getByRole('link', { name: texts.read.back, exact: true }).click();
        await page.waitForURL(/\/$/);
        await page.getByRole('button', { name: texts.history.earlier }).click();
        await page.getByRole('link', { name: texts.ask.example.two }).first().waitFor();
        await page.locator('header button[aria-expanded]').click();
        await page.getByLabel(texts.modes.elder.name).uncheck();
        await page.locator('html:not([data-elder])').waitFor();
      });
    });

    it('reads an answer aloud, sentence by sentence', { timeout: WALK_MS }, async () => {
      const steps = async (page: Page) => {
        await enter(page);
        await ask(page, texts.ask.example.two);
        const name = texts.read.startOf.replace('{{about}}', texts.answer.this);
        await page.getByRole('button', { name }).click();
        const [first] = await spokenSoFar(page);
        expect(first?.lang).toBe(language === 'zh' ? 'zh-CN' : 'en');
        const marked = page.locator('article [data-spoken]');
        expect(await marked.count()).toBe(1);
        await page.getByRole('button', { name: texts.read.pause, exact: true }).click();
        expect(await isSilent(page)).toBe(true);
        await page.getByRole('button', { name: texts.read.resume, exact: true }).click();
        expect((await spokenSoFar(page)).map(({ text }) => text)).toEqual([first?.text, first?.text]);
        await expectGood(page, 'reading aloud', language);
        await page.keyboard.press('Escape');
        expect(await isSilent(page)).toBe(true);
        expect(await marked.count()).toBe(0);
      };
      await walk({ language }, steps, scriptSpeech);
    });

    it('takes a spoken question, and says what to do when it hears none', { timeout: WALK_MS }, async () => {
      const steps = async (page: Page) => {
        await enter(page);
        await page.getByText(texts.speak.note).waitFor();
        await page.getByRole('button', { name: texts.speak.start }).click();
        await page.getByText(texts.speak.listening).waitFor();
        await hear(page, texts.ask.example.one);
        await page.getByRole('status').getByText(texts.ask.example.one).waitFor();
        await expectGood(page, 'listening', language);
        await page.getByRole('button', { name: texts.speak.stop }).click();
        await expect.poll(() => page.locator('form textarea').inputValue()).toBe(texts.ask.example.one);
        for (const error of ['not-allowed', 'no-speech'] as const) {
          await page.getByRole('button', { name: texts.speak.start }).click();
          await failToHear(page, error);
          await page.getByRole('alert').getByText(texts.speak.error[error]).waitFor();
        }
      };
      await walk({ language, size: PHONE }, steps, scriptSpeech);
    });
  });

  it('reads a passage aloud to its end and falls silent', { timeout: WALK_MS }, async () => {
    const steps = async (page: Page) => {
      await page.goto('/resources/zh%2Fpythagoras');
      const passage = page.locator('[data-passage]').first();
      await passage.getByRole('button').click();
      await passage.locator('mark').first().waitFor();
      for (let sentence = 1; !(await isSilent(page)); sentence++) {
        expect((await spokenSoFar(page)).length).toBe(sentence);
        await endSentence(page);
      }
      await passage.locator('mark').waitFor({ state: 'detached' });
      expect((await spokenSoFar(page)).every(({ text, lang }) => lang === 'zh' && !/[$*\\]/.test(text))).toBe(
        true,
      );
    };
    await walk({ language: 'zh' }, steps, scriptSpeech);
  });

  it('offers nothing that the browser cannot do', { timeout: WALK_MS }, async () => {
    const steps = async (page: Page) => {
      await enter(page);
      await ask(page, en.ask.example.two);
      await page.getByText(en.feedback.good, { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: en.speak.start, exact: true }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /^Read aloud/ }).count()).toBe(0);
    };
    const silence = async (page: Page) => {
      await page.addInitScript(() => {
        for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition'])
          Reflect.deleteProperty(window, name);
      });
    };
    await walk({ language: 'en' }, steps, silence);
  });

  it('offers to save data on a scarce line, and then fetches no font', { timeout: WALK_MS }, async () => {
    const fetched: string[] = [];
    const steps = async (page: Page) => {
      await enter(page);
      expect(await page.locator('html[data-sparing]').count()).toBe(0);
      await page.getByRole('button', { name: zh.modes.offer.accept }).click();
      await page.locator('html[data-sparing]').waitFor();
      page.on('request', request => fetched.push(request.url()));
      await page.goto('/search?q=植物');
      await page.locator('ol h2').first().waitFor();
      expect(await page.locator('ol h2').count()).toBe(5);
      await page.getByRole('button', { name: zh.search.moreResults }).click();
      await expect.poll(() => page.locator('ol h2').count()).toBeGreaterThan(5);
      await expectGood(page, 'search, sparing', 'zh');
      await page.goto('/resources/zh%2Fpythagoras');
      await page.locator('.katex math').first().waitFor();
      expect(fetched.filter(url => /\.(woff2?|ttf)$/.test(url))).toEqual([]);
      await expectGood(page, 'resource, sparing', 'zh');
    };
    await walk({ language: 'zh', size: PHONE }, steps, scarceLine);
  });

  it('does not offer again what was declined', { timeout: WALK_MS }, async () => {
    const steps = async (page: Page) => {
      await page.getByRole('button', { name: en.modes.offer.decline }).click();
      await page.reload();
      await page.locator('input[name=username]').waitFor();
      expect(await page.getByText(en.modes.offer.title).count()).toBe(0);
      expect(await page.locator('html[data-sparing]').count()).toBe(0);
    };
    await walk({ language: 'en' }, steps, scarceLine);
  });

  it('takes a doubt about one source to the admin', { timeout: WALK_MS }, async () => {
    let id = '';
    await walk({ language: 'en' }, async page => {
      await enter(page);
      await ask(page, en.ask.example.one);
      const card = page.locator('[data-source="1"]');
      await card.getByRole('button', { name: en.source.doubt }).click();
      await card.getByLabel(en.source.reason['only-part']).check();
      await expectGood(page, 'doubt', 'zh');
      await card.getByRole('button', { name: en.source.sendDoubt }).click();
      await card.getByText(en.source.doubted).waitFor();
      const conversation = await page.request.get(`/api/conversations/${page.url().split('/').at(-1)}`);
      id = (await conversation.json()).messages[1].id;
    });
    await walk({ language: 'zh' }, async page => {
      await enter(page, 'admin');
      await page.goto(`/admin/answers/${id}`);
      await page.getByText(zh.source.reason['only-part']).waitFor();
      await expectGood(page, 'answer with a doubt', 'zh');
    });
  });
});

async function expectGood(page: Page, screen: string, language: 'zh' | 'en'): Promise<void> {
  await expectFitting(page, screen);
  if (await page.locator('html[data-elder]').count()) await expectLarge(page, screen);
  if (language === 'zh') await expectAccessible(page, screen);
}

/** No text below 20 px, nothing to press below 48 px, but for links within a text. */
async function expectLarge(page: Page, screen: string): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(element => {
        const { width, height } = element.getBoundingClientRect();
        if (width <= 1 || height === 0 || element.closest('.katex, svg, p a')) return false;
        const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.nodeValue?.trim());
        if (hasText && Number.parseFloat(getComputedStyle(element).fontSize) < 20) return true;
        const target = element.matches('input[type=checkbox], input[type=radio]')
          ? element.closest('label')!
          : element;
        return (
          element.matches('a, button, input, select, textarea:not([aria-hidden])') &&
          target.getBoundingClientRect().height < 48
        );
      })
      .map(element => element.outerHTML.slice(0, 120)),
  );
  expect(small, `${screen}: too small`).toEqual([]);
}

/** A browser that was told to save data. */
async function scarceLine(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', {
      value: Object.assign(new EventTarget(), { saveData: true, effectiveType: '4g' }),
    });
  });
}
