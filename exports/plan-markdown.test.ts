import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { LessonPlan } from '../library/lesson-plan.ts';
import { planMarkdown } from './plan-markdown.ts';

const PLAN: LessonPlan = {
  title: '《密度》教学设计',
  topic: '密度',
  language: 'zh',
  subject: '物理',
  stage: 'junior',
  grade: '八年级',
  minutes: 10,
  mode: 'dual-teacher',
  sections: [
    {
      key: 'key-points',
      minutes: null,
      items: [{ text: '冰浮在水面。', citations: [1, 2], origin: 'library' }],
      notice: null,
    },
    {
      key: 'practice',
      minutes: 10,
      items: [
        {
          text: '两人一组。\n互相讲解。![x](https://evil.example)<img src=x>',
          citations: [],
          origin: 'model',
        },
      ],
      notice: null,
    },
    { key: 'homework', minutes: null, items: [], notice: '资料库里没有适合这一部分的内容，请老师补充。' },
  ],
  citations: [1, 2].map(n => ({
    n,
    passageId: `${n}`,
    resourceId: 'zh/density',
    title: '密度及其测量',
    language: 'zh',
    heading: ['密度与浮沉'],
    locator:
      n === 1
        ? { kind: 'page' as const, page: 3 }
        : { kind: 'time' as const, startMs: 65_000, endMs: 70_000 },
    passage: '冰的密度小于水，所以冰浮在水面。',
    quote: '冰的密度小于水，\n所以冰浮在水面。',
    quoteStart: 0,
    verdict: 'supported' as const,
    method: 'quoted',
  })),
  resources: [{ resourceId: 'zh/density', title: '密度及其测量', language: 'zh', reason: '适合初中。' }],
  model: 'big',
};

test('a plan reads as a document: label, time table, sections, sources', () => {
  const [, head, body] = planMarkdown(PLAN).split('---\n');
  expect(parse(head!)).toMatchObject({ title: '《密度》教学设计', language: 'zh', generator: 'big' });
  expect(JSON.parse(parse(head!).AIGC)).toMatchObject({
    Label: '1',
    ContentProducer: 'zhujiao',
    ProduceID: expect.stringMatching(/^[0-9a-f]{32}$/u),
  });
  expect(body).toBe(`
# 《密度》教学设计

> 本教案由人工智能生成，教师使用前请核对。

学科: 物理 · 年级: 八年级 · 教学方式: 双师课堂

## 时间安排

| 环节 | 分钟 |
| --- | ---: |
| 练习 | 10 |
| 合计 | 10 |

## 教学重点

- 冰浮在水面。 [1][2]

## 练习（10 分钟）

- 两人一组。
  互相讲解。!\\[x](https://evil.example)&lt;img src=x>（无资料依据，请教师核对）

## 作业

*资料库里没有适合这一部分的内容，请老师补充。*

## 资源

- **密度及其测量** (zh/density): 适合初中。

## 资料来源

1. 密度及其测量 › 密度与浮沉，第 3 页: “冰的密度小于水， 所以冰浮在水面。”
2. 密度及其测量 › 密度与浮沉，1:05: “冰的密度小于水， 所以冰浮在水面。”
`);
});

test('an English plan that no model wrote says so', () => {
  const text = planMarkdown({ ...PLAN, language: 'en', title: 'Lesson plan: density', model: 'offline' });
  expect(text).toContain('> This lesson plan was put together by an AI assistant');
  expect(text).toContain('## Practice (10 min)');
  expect(text).toContain('1. 密度及其测量 › 密度与浮沉, p. 3: ');
});
