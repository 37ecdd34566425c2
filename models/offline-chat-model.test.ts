import { HumanMessage } from '@langchain/core/messages';
import { describe, expect, test } from 'vitest';
import { bestClauses, readingCost } from './offline/best-clauses.ts';
import { fillSchema, type JsonSchema } from './offline/fill-schema.ts';
import { answersKind, questionKinds, topicOf } from './offline/question-kind.ts';
import { standAlone } from './offline/stand-alone.ts';
import { OfflineChatModel } from './offline-chat-model.ts';
import { tagged, taggedGroup } from './tagged-text.ts';
import { plainTextTools } from './testing/plain-text-tools.ts';

const ICE = '在通常的大气压下，冰在 0℃ 时融化，水在 100℃ 左右沸腾。水结冰后体积变大。哪一种变化放热？';
const TABLE = '| 物质 | 密度 |\n|---|---|\n| 铁 | 7.9 |\n| 铝 | 2.7 |';
const POEM = '《静夜思》的作者是李白。他生于701年。';
const tools = plainTextTools([ICE, TABLE, POEM, '其他 内容 无关']);
const model = new OfflineChatModel(tools);

function ask(question: string, passages: { title: string; text: string; score?: number }[]): string {
  const blocks = passages.map(({ title, text, score = 1 }, i) =>
    tagged('passage', text, { n: i + 1, title, score }),
  );
  const message = [taggedGroup('passages', blocks), tagged('question', question)].join('\n');
  return model.respond([new HumanMessage(message)]).text;
}

describe('an answer', () => {
  test('is the sentence that says it, word for word, with its number', () => {
    const passages = [
      { title: '静夜思', text: POEM, score: 0.4 },
      { title: '水的三态', text: ICE },
    ];
    expect(ask('水在多少度沸腾？', passages)).toContain(
      '在通常的大气压下，冰在 0℃ 时融化，水在 100℃ 左右沸腾。[2]',
    );
    expect(ask('《静夜思》的作者是谁？', [{ title: '静夜思', text: POEM }])).toMatch(
      /^《静夜思》的作者是李白。\[1\]/u,
    );
    expect(ask('李白哪一年出生？', [{ title: '李白', text: POEM }])).toContain('他生于701年。[1]');
  });

  test('to what something is comes from the resource about it, where that says so', () => {
    const law = {
      title: '余弦定理',
      text: '夹角是直角时，密度定律就够用。密度定律是它的特例，密度定律到处有用。',
    };
    const own = {
      title: '密度定律：入门',
      text: '小球有轻有重。\n\n**密度定律**：质量与体积之比不变。',
      score: 0.8,
    };
    expect(ask('什么是密度定律？', [law, own])).toMatch(/^\*\*密度定律\*\*：质量与体积之比不变。\[2\]/u);
  });

  test('takes a row of a table, not the table', () => {
    expect(ask('铝的密度是多少？', [{ title: '密度', text: TABLE }])).toContain('铝 | 2.7[1]');
  });

  test('stays within 120 Han characters or 300 Latin ones, its numbers included', () => {
    const chinese = `${'水会结冰，也会沸腾，'.repeat(30)}水在一百度沸腾。`.repeat(3);
    expect(ask('水在多少度沸腾？', [{ title: '水', text: chinese }]).length).toBeLessThanOrEqual(120);
    const english = `${'Water boils and it freezes, '.repeat(30)}water boils at 100 degrees. `.repeat(3);
    const answer = ask('At what temperature does water boil?', [{ title: 'Water', text: english }]);
    expect(answer).toContain('100 degrees');
    expect(answer.length).toBeLessThanOrEqual(300);
  });

  test('quotes no question, no address, and nothing that the text itself only quotes', () => {
    const text = '水为什么沸腾？详见 https://evil.example 水沸腾。\n- “水在 50℃ 沸腾。”\n水沸腾需要加热。';
    expect(ask('水为什么沸腾？', [{ title: '水', text }])).toMatch(/^水沸腾需要加热。\[1\]/u);
    expect(ask('水为什么沸腾？', [{ title: '水', text }])).not.toMatch(/evil|50℃/u);
  });

  test('says that there is none, in the language of the question', () => {
    expect(ask('火星在哪里？', [])).toBe('资料库中没有找到能回答这个问题的内容。');
    expect(ask('Where is Mars?', [])).toBe('The library holds nothing that answers this question.');
  });

  test('streams in pieces, and stops with its signal', async () => {
    const prompt = [
      tagged('passage', ICE, { n: 1, title: '水' }),
      tagged('question', '水在多少度沸腾？'),
    ].join('\n');
    const pieces: string[] = [];
    for await (const piece of await model.stream(prompt)) pieces.push(piece.text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe((await model.invoke(prompt)).text);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of await model.stream(prompt, { signal: stop.signal })) stop.abort();
    })();
    await expect(reading).rejects.toThrow();
  });
});

test('a long sentence is cut at its clauses, and the cut is verbatim', () => {
  const text = '北京是中国的首都，人口两千多万，历史悠久，1949年定都于此，冬天寒冷，夏天炎热。';
  const span = bestClauses('哪一年定都？', { start: 5, end: 5 + text.length, text }, 12, tools);
  expect(span.text).toBe('1949年定都于此');
  expect(`12345${text}`.slice(span.start, span.end)).toBe(span.text);
  expect(readingCost('abcde')).toBe(2);
});

test.each([
  ['《静夜思》是谁写的？', ['who']],
  ['唐朝哪一年建立？', ['when']],
  ['為什麼天空是藍色的？', ['why']],
  ['长江有多长？', ['number']],
  ['What is photosynthesis?', ['definition']],
  ['How many legs does a spider have?', ['number']],
  ['光合作用', []],
] as const)('the wording of %s shows %j', (question, kinds) => {
  expect(questionKinds(question)).toEqual(kinds);
});

test('asking words are no topic, and each kind of answer has its marks', () => {
  expect(topicOf('水的密度是多少？')).toBe('水的密度');
  expect(topicOf('What is the capital of France?')).toBe('capital of France');
  expect(answersKind('因为光速有限', 'why')).toBe(true);
  expect(answersKind('光速有限', 'why')).toBe(false);
});

test.each([
  ['那冰呢？', ['水的密度是多少？'], '水的密度 那冰呢？'],
  ['Why?', ['What is osmosis?'], 'osmosis Why?'],
  ['它在什么温度下融化？', ['什么是冰？'], '冰 它在什么温度下融化？'],
  ['光合作用需要什么条件才能进行？', ['什么是冰？'], '光合作用需要什么条件才能进行？'],
  ['那冰呢？', [], '那冰呢？'],
])('%s after %j is searched as %s', (question, earlier, expected) => {
  expect(standAlone(question, earlier)).toBe(expected);
});

test('a schema is filled with items and otherwise with nothing', () => {
  const item = { type: 'object', properties: { text: { type: 'string' }, passages: { type: 'array' } } };
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      items: { type: 'array', items: item },
      others: { type: 'array', items: { type: 'string' } },
      note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      title: { type: 'string' },
      count: { type: 'integer' },
      good: { type: 'boolean' },
    },
  };
  const items = [{ text: 'a', passages: [1] }];
  expect(fillSchema(schema, items)).toEqual({
    items,
    others: [],
    note: null,
    title: '',
    count: 0,
    good: false,
  });
});
