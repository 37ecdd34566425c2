import { readFile } from 'node:fs/promises';
import type { RetrievalResults, RetrievalSummary } from '../retrieval-results.ts';
import type { ScaleFigures } from '../scale-figures.ts';
import { markup } from './markup.ts';
import {
  ablationsSection,
  halvesSection,
  headlineSection,
  meaningSection,
  type Report,
  scaleSection,
  setsSection,
  tableSection,
} from './sections.ts';
import { REPORT_WORDS } from './words.ts';

const LANGUAGES = { zh: '中文', en: 'English' } as const;

/** The style of drawings, which a picture by itself needs too, and that of the page. */
export const readStyle = (name: 'plot' | 'page') =>
  readFile(new URL(`./${name}.css`, import.meta.url), 'utf8');

/**
 * The report as one HTML page that needs nothing else: no script, no network. Both languages are in it; two buttons
 * show one of them.
 */
export async function retrievalPage(
  results: RetrievalResults,
  summary: RetrievalSummary,
  scale: ScaleFigures | null,
): Promise<string> {
  const style = `${await readStyle('plot')}${await readStyle('page')}`;
  const languages = ['zh', 'en'] as const;
  const articles = languages.map(language => {
    const report: Report = { results, summary, scale, language, words: REPORT_WORDS[language] };
    return markup`<article lang="${language}" class="in-${language}">
${headlineSection(report)}${setsSection(report)}${tableSection(report)}${halvesSection(report)}${ablationsSection(report)}${scaleSection(report)}${meaningSection(report)}</article>\n`;
  });
  const inputs = languages.map(
    language =>
      markup`<input class="choice" type="radio" name="language" id="choose-${language}" aria-label="${LANGUAGES[language]}" ${language === 'zh' && markup`checked`}>`,
  );
  const labels = languages.map(
    language => markup`<label for="choose-${language}" lang="${language}">${LANGUAGES[language]}</label>`,
  );
  const { zh, en } = REPORT_WORDS;
  return markup`<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${zh.title} · ${en.title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
${inputs}<div class="choices">${labels}</div>
${articles}</main>
</body>
</html>
`.markup;
}
