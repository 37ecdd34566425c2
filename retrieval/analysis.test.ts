import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Analyser, createAnalyser } from './analysis.ts';
import { fold } from './fold.ts';
import { familyOf, languageOf } from './language.ts';
import { createTermStream } from './term-stream.ts';

let analyser: Analyser;
beforeAll(async () => {
  analyser = await createAnalyser();
});

const textsOf = (text: string, kind: string) =>
  analyser.terms(text).flatMap(term => (term.kind === kind ? [term.text] : []));
const keysOf = (text: string) => new Set(analyser.terms(text).map(({ key }) => key));

describe('folding', () => {
  it('makes equal what readers take for equal', () => {
    expect(fold('Ｃａｆé NAÏVE 𝑥² ㎞')).toBe('cafe naive x2 km');
    expect(fold('葉綠體與電腦')).toBe('叶绿体与电脑');
    expect(fold('')).toBe('');
  });

  it('keeps one unit for one unit, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        expect(fold(text)).toHaveLength(text.normalize('NFKC').length);
      }),
    );
    expect(fold('字'.repeat(200_000))).toHaveLength(200_000);
  });
});

describe('the terms of a text', () => {
  it('are stems, pairs, characters and bigrams', () => {
    expect(textsOf('running 3.5 metres', 'p')).toEqual(['running', '3', '5', 'metres']);
    expect(textsOf('running 3.5 metres', 'w')).toEqual(['running 3', '3.5', '5 metres']);
    expect(textsOf('光合作用', 'b')).toEqual(['光合', '合作', '作用']);
    expect(textsOf('光合作用', 'u')).toEqual(['光', '合', '作', '用']);
    expect(textsOf('IoT中的I代表', 'p')).toEqual(['iot', 'i']);
  });

  it('are the same for forms of a word and for both scripts, and others for other words', () => {
    expect(keysOf('networks').has([...keysOf('Network')][0]!)).toBe(true);
    expect(keysOf('葉綠體')).toEqual(keysOf('叶绿体'));
    expect([...keysOf('network')].filter(key => keysOf('force').has(key))).toEqual([]);
  });

  it('are counted once each, with how often they stand there', () => {
    const [term, ...others] = analyser.terms('law laws').filter(({ kind }) => kind === 'p');
    expect(term).toMatchObject({ text: 'law', count: 2 });
    expect(others).toEqual([]);
  });

  it('are those of the stream that the index is made of', () => {
    const stream = createTermStream();
    const part = fc.constantFrom(
      '光合',
      '作用',
      '葉',
      'plants',
      '3',
      '，',
      '\n',
      ' ',
      '。',
      '𠮷',
      '한국',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), parts => {
        const text = parts.join('');
        analyser.analyse(text, stream);
        const counts = new Map<number, number>();
        for (const key of stream.keys.subarray(0, stream.count)) counts.set(key, (counts.get(key) ?? 0) + 1);
        expect(new Map(analyser.terms(text).map(({ key, count }) => [key, count]))).toEqual(counts);
      }),
    );
  });

  it('do not collide among a hundred thousand', () => {
    const keys = new Set<number>();
    for (let i = 0; i < 50_000; i++) {
      for (const { key, kind } of analyser.terms(`a${i.toString(36)}`)) if (kind === 'p') keys.add(key);
      for (const { key, kind } of analyser.terms(
        String.fromCharCode(0x4e00 + (i % 250), 0x4f00 + Math.floor(i / 250)),
      )) {
        if (kind === 'b') keys.add(key);
      }
    }
    // Simplified forms fall together, so there are somewhat fewer bigrams than were written.
    expect(keys.size).toBeGreaterThan(90_000);
  });

  it('take no longer than a moment for one endless line', () => {
    const started = performance.now();
    analyser.analyse('的'.repeat(50_000) + 'x'.repeat(50_000), createTermStream());
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('tells the language of a question', () => {
  expect(['IoT中的I代表：', "'red' 的中文意思是红色。", '葉綠體'].map(languageOf)).toEqual([
    'zh',
    'zh',
    'zh',
  ]);
  expect(['What does 你好 mean?', 'JVM GC', '', '42'].map(languageOf)).toEqual(['en', 'en', 'en', 'en']);
  expect(['zh', 'zh-Hant', 'zh-CN', 'yue', 'en', 'fr', 'zhx'].map(familyOf)).toEqual([
    'zh',
    'zh',
    'zh',
    'zh',
    'en',
    'en',
    'en',
  ]);
});
