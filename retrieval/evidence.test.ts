import { beforeAll, describe, expect, it } from 'vitest';
import type { TextTools } from '../models/text-tools.ts';
import { createAnalyser } from './analysis.ts';
import { type EvidenceFeatures, evidenceFeatures, judgeEvidence } from './evidence.ts';
import { createLexicalIndex } from './lexical-index.ts';
import type { PassageResult } from './search.ts';
import { createTextTools } from './text-tools.ts';

const LIBRARY = [
  {
    title: 'Photosynthesis',
    text: 'Plants make sugar from light. Iodine turns blue-black on a leaf that contains starch.',
  },
  {
    title: 'Pythagoras',
    text: 'The square of the hypotenuse equals the sum of the squares of the other two sides.',
  },
  {
    title: 'Hand hygiene',
    text: 'Rub the alcohol gel into both hands for 20 to 30 seconds until they are dry.',
  },
  {
    title: '光合作用',
    text: '绿色植物利用光能，把二氧化碳和水转化成有机物，并释放氧气。叶绿体是进行光合作用的场所。',
  },
  { title: '静夜思', text: '《静夜思》是唐代诗人李白的五言古诗，押韵的字是光、霜、乡。' },
  { title: '勾股定理', text: '直角三角形两条直角边的平方和等于斜边的平方。' },
  ...Array.from({ length: 20 }, (_, i) => ({
    title: `Notes ${i}`,
    text: `Other things of lesson ${i}, and the rest of it.`,
  })),
  ...Array.from({ length: 20 }, (_, i) => ({
    title: `笔记${i}`,
    text: `第${i}课的其他内容，以及它的其余部分。`,
  })),
];

let ask: (question: string) => { probability: number; features: EvidenceFeatures };

beforeAll(async () => {
  const analyser = await createAnalyser();
  const index = createLexicalIndex({ analyser, translate: () => [] });
  for (const [i, { title, text }] of LIBRARY.entries()) {
    const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
    await index.add(
      { id: title, versionId: '1', language, stage: null, subject: null, type: null, group: i },
      { title, description: null, passageCount: 1, passages: [{ id: i, heading: [], text }] },
    );
  }
  const tools: TextTools = createTextTools(analyser, index);
  ask = question => {
    const { hits, ceiling } = index.search(question, { limit: 8 });
    const passages = hits.map(({ resource, score }) => ({
      ...LIBRARY.find(({ title }) => title === resource.id)!,
      resourceId: resource.id,
      heading: [],
      score: score / hits[0]!.score,
    })) as unknown as PassageResult['passages'];
    const found = { passages, strength: hits[0] ? hits[0].score / ceiling : 0 };
    return {
      probability: judgeEvidence(question, found, tools),
      features: evidenceFeatures(question, found, tools),
    };
  };
});

describe('the judgement of evidence', () => {
  it.each([
    ['What colour does iodine turn on a leaf that contains starch?', 'Who composed the opera Rusalka?'],
    ['For how long do I rub alcohol gel into my hands?', 'How do I feed a rye sourdough starter?'],
    ['叶绿体在光合作用中有什么作用？', '2018年足球世界杯的冠军是哪个队？'],
    ['《静夜思》里哪几个字押韵？', '给小猫打狂犬疫苗要满几个月大？'],
  ])('tells %s from %s', (answered, unknown) => {
    expect(ask(answered).probability).toBeGreaterThan(0.45);
    expect(ask(unknown).probability).toBeLessThan(0.2);
  });

  it('measures shares, even of nothing', () => {
    for (const question of ['光合作用', 'What?', '什么是', '？', '', 'x'.repeat(500)]) {
      for (const value of Object.values(ask(question).features)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('counts words that the library does not know against it', () => {
    expect(ask('hypotenuse').features.strength).toBeGreaterThan(
      ask('hypotenuse zygomorphic quokka').features.strength,
    );
  });
});
