import { beforeAll, describe, expect, it } from 'vitest';
import { createAnalyser } from '../analysis.ts';
import { createLexicalIndex, type IndexedResource, type LexicalIndex } from '../lexical-index.ts';
import { openDictionary } from './dictionary.ts';
import { readGlosses } from './glosses.ts';
import { createTranslator } from './translate.ts';

const TEXTS = {
  en: {
    photosynthesis: 'Photosynthesis turns light into sugar in the leaves of plants.',
    network: 'A neural network learns the weights of its layers by gradient descent.',
    bank: 'A bank lends money and keeps the savings of its customers.',
    weather: 'The weather in winter is cold; snow falls in the mountains.',
    exam: 'Read the sentence and translate it: 冬天 means the cold months. 光合作用',
  },
  zh: {
    光合: '光合作用在植物的叶子里把光变成糖。',
    神经网络: '神经网络用梯度下降学习各层的权重。',
    银行: '银行借出钱，也保管客户的存款。',
    天气: '冬天天气很冷，山里会下雪。',
    英语课: '看图学句子：There is a lake in the forest. 森林里有一个湖。',
  },
};

let index: LexicalIndex;
beforeAll(async () => {
  const analyser = await createAnalyser();
  const translate = createTranslator(analyser, await openDictionary(analyser));
  index = createLexicalIndex({ analyser, translate });
  let id = 0;
  for (const [language, texts] of Object.entries(TEXTS)) {
    for (const [name, text] of Object.entries(texts)) {
      const subject = name === '英语课' ? '英语' : null;
      const resource: IndexedResource = {
        id: name,
        versionId: '1',
        language,
        stage: null,
        subject,
        type: null,
        group: ++id,
      };
      const passages = [{ id, heading: [], text }];
      await index.add(resource, { title: '', description: null, passageCount: 1, passages });
    }
  }
});
const found = (query: string, families?: ('zh' | 'en')[]) =>
  index.search(query, { limit: 5, ...(families && { families }) }).hits.map(({ resource }) => resource.id);

describe('a query among texts of the other language', () => {
  it('finds what means the same', () => {
    expect(found('光合作用', ['en'])[0]).toBe('photosynthesis');
    expect(found('神經網絡的權重', ['en'])[0]).toBe('network');
    expect(found('冬天为什么冷', ['en'])[0]).toBe('weather');
    expect(found('how does photosynthesis work', ['zh'])[0]).toBe('光合');
    expect(found('neural networks', ['zh'])[0]).toBe('神经网络');
    expect(found('savings of a bank', ['zh'])[0]).toBe('银行');
  });

  it('is not drawn to texts that merely hold some of its characters', () => {
    expect(found('光合作用', ['en'])[0]).toBe('photosynthesis');
    expect(found('冬天天气', ['en'])[0]).toBe('weather');
  });

  it('comes after what the library has in the language of the query', () => {
    const both = found('光合作用');
    expect(both.slice(0, 2)).toEqual(['光合', 'photosynthesis']);
    expect(found('photosynthesis')[0]).toBe('photosynthesis');
  });

  it('is read word for word where English is taught', () => {
    expect(found('___ there a lake in the forest?', ['zh'])[0]).toBe('英语课');
  });

  it('finds nothing by words that mean nothing', () => {
    expect(found('的', ['en'])).toEqual([]);
    expect(found('zzzz qqqq', ['zh'])).toEqual([]);
    expect(found('', ['zh'])).toEqual([]);
  });
});

describe('glosses', () => {
  it('are words and phrases, most usual first, without what is said about them', () => {
    expect(readGlosses(['to learn', 'to study'])).toEqual(['learn', 'study']);
    expect(readGlosses('bank (of a river); shore/coast')).toEqual(['bank', 'shore', 'coast']);
    expect(readGlosses(['surname Wang', 'CL:個|个[ge4]', 'variant of 學|学[xue2]'])).toEqual([]);
    expect(readGlosses("sb's very long explanation of more than four words")).toEqual([]);
    expect(readGlosses(['(coll.) ', 'to'])).toEqual([]);
  });
});
