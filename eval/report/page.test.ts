import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { expectFitting, hasBrowser, launchBrowser, MISSING, PHONE, WIDE } from '../../web/testing/browser.ts';
import { summarise } from '../retrieval-results.ts';
import { resultsOf } from '../testing/results.ts';
import { retrievalPage } from './page.ts';
import { retrievalPicture } from './picture.ts';
import { describeSummary } from './plain-text.ts';

const results = {
  ...resultsOf([
    { name: 'quiz_zh', direction: 'zh', ndcg10: { zhujiao: [1, 0.5], bm25: [0.5, 0.5], less: [1, 0.25] } },
    { name: '<b>"&', direction: 'en', ndcg10: { zhujiao: [0.25], bm25: [0.5], less: [0.25] } },
    {
      name: 'nothing',
      direction: 'zh2en',
      absent: 1,
      ndcg10: { zhujiao: [1], bm25: [0], less: [1] },
      halves: ['tuning'],
    },
  ]),
  ablations: [{ id: 'less', name: { zh: '少一点', en: 'with less' } }],
};
const scale = {
  command: 'the command',
  machine: '2 cores',
  series: [
    { name: { zh: '词语', en: 'words' }, points: [{ resources: 1000, p50: 5, p95: 9, p99: 12 }] },
    { name: 'vectors', points: [{ resources: 1000, p50: 0.4, p95: 30 }] },
  ],
};
const summary = summarise(results);
const page = await retrievalPage(results, summary, scale);
/** Text of an article without markup. */
const textOf = (language: 'zh' | 'en') =>
  page
    .match(new RegExp(`<article lang="${language}"[\\s\\S]*?</article>`))![0]
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report', () => {
  it('says the ratios, in both languages', () => {
    // Within: means (0.75 + 0.25) / 2 = 0.5 beside 0.5. The set by itself: 0.75 / 0.5.
    expect(textOf('en')).toContain('1.00× times the score of plain BM25 within a language');
    expect(textOf('zh')).toContain('1.00× 同语言检索，得分是普通 BM25 的倍数');
    expect(textOf('en')).toMatch(/quiz zh · 2 1\.50 \(1\.00–2\.00\)/);
    expect(textOf('en')).toContain('BM25 scores 0');
    expect(textOf('en')).toContain('1 queries ask for resources that are not in the library');
  });

  it('says what leaving a part out costs', () => {
    // 0.625 instead of 0.75 in one set, nothing in the other: (0.625 + 0.25) / (0.75 + 0.25) - 1.
    expect(textOf('en')).toMatch(/with less −12\.5%/);
    expect(textOf('zh')).toMatch(/少一点 −12\.5%/);
  });

  it('shows latencies by size beside its own', () => {
    expect(textOf('en')).toMatch(/vectors 1,000 0\.40 ms 30 ms –/);
    expect(textOf('en')).toMatch(/this run 1,234 6\.3 ms 14 ms 31 ms/);
  });

  it('needs nothing else and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/);
    expect(
      [...page.matchAll(/https?:\/\/[^"\s]+/g)].every(([url]) => url === 'http://www.w3.org/2000/svg'),
    ).toBe(true);
    expect(page).not.toContain('<b>');
    expect(page).toContain('&lt;b&gt;&quot;&amp;');
  });

  it('leaves out what was not measured', async () => {
    const bare = { ...results, ablations: [], sets: results.sets.slice(0, 1) };
    const small = await retrievalPage(bare, summarise(bare), null);
    expect(small).not.toContain('id="ablations-en"');
    expect(small).not.toContain('across languages</p>');
    expect(small).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('has its plot as a picture of its own', async () => {
  const picture = await retrievalPicture(summary);
  expect(picture).toMatch(/^<svg [^>]+>\n<style>/);
  expect(picture).toContain('quiz zh · 2');
  expect(picture.length).toBeLessThan(60_000);
});

it('has its table as text', () => {
  const text = describeSummary(results, summary);
  expect(text).toContain(
    '| quiz_zh | 2 | 0.500 | 0.750 (0.50–1.00) | 1.50 (1.00–2.00) | no clear difference |',
  );
  expect(text).toContain('| nothing | 1 | 0.000 | 1.000 (1.00–1.00) | – | better than BM25 |');
});

describe.skipIf(!hasBrowser)(hasBrowser ? 'in a browser' : MISSING, () => {
  it('fits every screen, in both languages and themes, and everyone can use it', async () => {
    const browser = await launchBrowser();
    const tab = await browser.newPage();
    try {
      await tab.setContent(page);
      for (const [viewport, colorScheme, language] of [
        [WIDE, 'light', 'zh'],
        [WIDE, 'dark', 'en'],
        [PHONE, 'dark', 'zh'],
        [PHONE, 'light', 'en'],
      ] as const) {
        await tab.setViewportSize(viewport);
        await tab.emulateMedia({ colorScheme });
        await tab.locator(`label[for=choose-${language}]`).click();
        expect(await tab.locator('article:visible').getAttribute('lang')).toBe(language);
        await expectFitting(tab, `report, ${viewport.width} pixels, ${language}`);
        const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode(true).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target)}`)).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  }, 60_000);
});
