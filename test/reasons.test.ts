import { describe, expect, it } from 'vitest';
import { reasonIn, wordingOf } from '../web/ingestion/reasons.ts';
import ar from '../web/locales/reasons/ar.json' with { type: 'json' };
import zh from '../web/locales/reasons/zh.json' with { type: 'json' };
import { reasonsInCode } from './reasons-in-code.ts';

const WORDINGS = { zh: wordingOf('zh', zh), ar: wordingOf('ar', ar) };

/** Three words in a row that are English, but for names of formats. */
const ENGLISH = /\b[a-z]+ [a-z]+ [a-z]+\b/;

describe('the reasons why something cannot be read', () => {
  const found = reasonsInCode();

  it('are found in the code', () => {
    const texts = found.map(({ text }) => text);
    expect(texts).toContain('the file is empty');
    expect(texts).toContain('it has {} pages, more than {}; split it into parts');
    expect(texts).toContain('"{}" ends before it begins');
    expect(texts).toContain('named .{}, it is {}, which is not read; bring its transcript');
    expect(texts.length).toBeGreaterThan(100);
  });

  it('are written so that they can be found', () => {
    const hidden = found.filter(({ text }) => text === undefined).map(({ place }) => place);
    expect(hidden, 'write each reason as text where it is given, or pass it on as a `reason`').toEqual([]);
  });

  it.each(['zh', 'ar'] as const)('have words in %s', language => {
    const missing = found
      .filter(({ text }) => text !== undefined)
      .filter(
        ({ text }) =>
          reasonIn(WORDINGS[language], text!) === text || ENGLISH.test(reasonIn(WORDINGS[language], text!)),
      )
      .map(
        ({ place, text }) =>
          `add to web/locales/reasons/${language}.json: ${JSON.stringify(text)}: "…" (${place})`,
      );
    expect(missing, 'what is wrong and what to do; {1} and {2} are the gaps').toEqual([]);
  });

  it('have the same sentences in every language, and fill no gap that there is not', () => {
    expect(Object.keys(ar)).toEqual(Object.keys(zh));
    const wrong = [...Object.entries(zh), ...Object.entries(ar)].filter(([sentence, text]) => {
      const gaps = sentence.match(/\{(?:[*!]|word)?\}/g)?.length ?? 0;
      return [...text.matchAll(/\{(\d)\}/g)].some(([, number]) => Number(number) > gaps);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a reason', () => {
  it.each([
    ['the file is larger than 100 MB; divide it', '文件超过 100 MB，请拆成几份再上传'],
    [
      'named .doc, it is a video, which is not read; bring its subtitles (.srt, .vtt)',
      '名为 .doc，其实是视频，无法读取；请上传它的字幕（.srt、.vtt）',
    ],
    [
      'PDF: it has 3000 pages, more than 2000; split it into parts',
      'PDF：共 3000 页，超过 2000 页的上限，请拆成几份再上传',
    ],
    [
      'no file in the archive could be read; "a.zip/1.txt": the file is empty (0 bytes)',
      '压缩包里没有能读取的文件；“a.zip/1.txt”：文件是空的（0 字节），请确认内容已保存，再重新上传',
    ],
    [
      'title: it is empty or too short; valid_from: it must be a date such as 2026-09-01',
      'title：内容为空或太短；valid_from：应当写成日期，例如 2026-09-01',
    ],
    [
      'given up after 5 attempts: The endpoint is down. Try later.',
      '试了 5 次仍未成功：The endpoint is down. Try later.',
    ],
  ])('is told in Chinese: %s', (reason, text) => {
    expect(reasonIn(WORDINGS.zh, reason)).toBe(text);
  });

  it('that is not known stays as it is, in whole', () => {
    for (const reason of ['something new', 'line 5: something new', 'no title; something new']) {
      expect(reasonIn(WORDINGS.zh, reason)).toBe(reason);
    }
  });

  it('keeps the order of what it quotes from right to left', () => {
    expect(reasonIn(WORDINGS.ar, 'same id as a.jsonl:1')).toContain('\u2068a.jsonl:1\u2069');
  });
});
