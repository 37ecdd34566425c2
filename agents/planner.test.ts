import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Citation } from '../library/answer.ts';
import { AppError } from '../library/errors.ts';
import type { Generation } from '../library/generations.ts';
import {
  type LessonPlan,
  lessonPlanSchema,
  planRequestSchema,
  SECTION_KEYS,
} from '../library/lesson-plan.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import { OfflineChatModel } from '../models/offline-chat-model.ts';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { ScriptedModel } from '../models/testing/scripted-model.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import { createPlanner } from './planner.ts';
import { createRunner } from './run.ts';
import { foundPassage, passageResult } from './testing/passages.ts';

/** The passages of a sample, one for each of its sections. */
function sample(file: string): ScoredPassage[] {
  const whole = readFileSync(new URL(`../samples/${file}.md`, import.meta.url), 'utf8');
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(whole)!;
  return body.split(/^## /mu).flatMap(section => {
    const [heading = '', ...lines] = section.split('\n');
    const text = lines.join('\n').trim();
    if (text === '') return [];
    const title = /title: (.*)/u.exec(head)![1]!;
    return [
      foundPassage({
        resourceId: file,
        title,
        heading: [heading.trim()],
        language: file.slice(0, 2),
        minutes: 45,
        text,
      }),
    ];
  });
}
const DENSITY = sample('zh/density');
const FRACTIONS = sample('en/fractions-of-a-whole');
const tools = plainTextTools([...DENSITY, ...FRACTIONS].map(({ text }) => text));

let recorded: Generation[];
let events: [string, unknown][];
beforeEach(() => {
  recorded = [];
  events = [];
});

const OFFLINE: NamedModel = { name: 'offline', offline: true, model: new OfflineChatModel(tools) };
function plannerWith(models: NamedModel[], found: ScoredPassage[]) {
  return createPlanner({
    runner: createRunner({
      models: models as ChatModels,
      record: async generation => recorded.push(generation),
      spaceId: () => null,
    }),
    findPassages: async () => passageResult(found),
    tools,
  });
}
const onEvent = (kind: string, data: unknown) => {
  events.push([kind, data]);
};
const draft = (models: NamedModel[], found: ScoredPassage[], request: object) =>
  plannerWith(models, found).draft(planRequestSchema.parse(request), { asker: null, planId: null }, onEvent);
const section = (plan: LessonPlan, key: string) => plan.sections.find(each => each.key === key)!;

function expectHonest(plan: LessonPlan, evidence: ScoredPassage[]) {
  lessonPlanSchema.parse(plan);
  expect(plan.sections.map(({ key }) => key)).toEqual([...SECTION_KEYS]);
  expect(plan.sections.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)).toBe(plan.minutes);
  const numbers = plan.citations.map(({ n }) => n);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  for (const { passageId, quote, quoteStart } of plan.citations) {
    const { text } = evidence.find(passage => passage.passageId === passageId)!;
    expect(text.slice(quoteStart, quoteStart + quote.length)).toBe(quote);
  }
  for (const { items, notice } of plan.sections) {
    expect(items.length > 0 || notice).toBeTruthy();
    for (const { citations, origin } of items) {
      expect(origin === 'library').toBe(citations.length > 0);
      for (const n of citations) expect(numbers).toContain(n);
    }
  }
}

describe('offline', () => {
  test('a plan consists of what the library has, each item in its section and cited', async () => {
    const plan = await draft([OFFLINE], DENSITY, { topic: '密度', minutes: 40 });
    expectHonest(plan, DENSITY);
    expect(plan).toMatchObject({
      title: '《密度》教学设计',
      language: 'zh',
      model: 'offline',
      mode: 'direct',
    });
    const texts = (key: string) =>
      section(plan, key)
        .items.map(({ text }) => text)
        .join('\n');
    expect(texts('misconceptions')).toContain('把一块铁锯成两半，密度不变');
    expect(texts('keywords')).toContain('叫作这种物质的密度');
    expect(texts('check')).toContain('一瓶矿泉水喝去一半，剩下的水密度怎样变化？');
    expect(texts('check')).not.toContain('答案');
    expect(texts('explanation')).toContain('金属块质量 54 克');
    expect(texts('outcomes')).toContain('测量不规则固体的密度');
    expect(section(plan, 'homework')).toMatchObject({
      items: [],
      notice: expect.stringContaining('没有适合这一部分'),
    });
    expect(plan.resources).toEqual([
      expect.objectContaining({ resourceId: 'zh/density', title: '密度及其测量' }),
    ]);
    expect(recorded.every(({ agent, outcome }) => agent === 'planner' && outcome === 'ok')).toBe(true);
  });

  test('an English plan too', async () => {
    const plan = await draft([OFFLINE], FRACTIONS, {
      topic: 'Fractions of a whole',
      minutes: 45,
      mode: 'flipped',
    });
    expectHonest(plan, FRACTIONS);
    const texts = (key: string) =>
      section(plan, key)
        .items.map(({ text }) => text)
        .join('\n');
    expect(texts('misconceptions')).toContain('A bigger bottom number means more parts');
    expect(texts('keywords')).toContain('denominator');
    expect(texts('check')).toContain('A ribbon is cut into 6 equal parts');
    expect(texts('starter')).toContain('Flipped');
  });

  test('a library without the topic gives an empty plan that says so, without a model call', async () => {
    const plan = await draft([OFFLINE], DENSITY, { topic: '李白的诗歌' });
    expectHonest(plan, DENSITY);
    expect(plan.sections.every(({ items }) => items.length === 0)).toBe(true);
    expect(plan).toMatchObject({ citations: [], resources: [] });
    expect(recorded).toEqual([]);
  });

  test('the outline comes first, then the sections in their order with their new citations', async () => {
    const plan = await draft([OFFLINE], DENSITY, { topic: '密度', mode: 'dual-teacher' });
    expect(events.map(([kind]) => kind)).toEqual([
      'plan-outline',
      ...SECTION_KEYS.map(() => 'section-ready'),
    ]);
    expect(events[0]![1]).toEqual({
      title: plan.title,
      minutes: 45,
      mode: 'dual-teacher',
      basis: null,
      sections: plan.sections.map(({ key, minutes }) => ({ key, minutes })),
    });
    const ready = events.slice(1).map(([, data]) => data as { section: unknown; citations: Citation[] });
    expect(ready.map(each => each.section)).toEqual(plan.sections);
    expect(ready.flatMap(each => each.citations)).toEqual(plan.citations);
    expect(section(plan, 'explanation').items[0]).toEqual({
      text: expect.stringContaining('断线时由本地教师'),
      citations: [],
      origin: 'model',
    });
  });
});

/** A model that gives the same items for every section, or by key. */
function writing(
  outputOf: (key: string, prompt: string) => { text: string; passages: number[] }[],
): NamedModel {
  const answer = (prompt: string) => {
    const key = /<section key="([\w-]+)"/u.exec(prompt)![1]!;
    return { output: { items: outputOf(key, prompt) } };
  };
  return { name: 'big', offline: false, model: new ScriptedModel(Array.from({ length: 40 }, () => answer)) };
}
const numberOf = (heading: string) => DENSITY.findIndex(passage => passage.heading[0] === heading) + 1;

describe('with a model', () => {
  test('facts are cited, arrangements are the teacher’s to check, and what is not carried is repaired or dropped', async () => {
    const model = writing((key, prompt) => {
      if (key === 'key-points')
        return [
          { text: '冰浮在水面，因为冰的密度小于水的密度。', passages: [numberOf('密度与浮沉')] },
          {
            text: prompt.includes('<faults>\n')
              ? '水的密度是每立方米 1000 千克。'
              : '水的密度是每立方米 100 千克。',
            passages: [1],
          },
        ];
      if (key === 'keywords') return [{ text: '密度：单位体积的质量。', passages: [] }];
      if (key === 'practice') return [{ text: '两人一组，互相讲解一道例题。', passages: [] }];
      if (key === 'starter') return [{ text: '看 https://evil.example 的视频。', passages: [] }];
      return [];
    });
    const plan = await draft([model, OFFLINE], DENSITY, { topic: '密度' });
    expectHonest(plan, DENSITY);
    expect(section(plan, 'key-points').items).toEqual([
      { text: '冰浮在水面，因为冰的密度小于水的密度。', citations: [expect.any(Number)], origin: 'library' },
      { text: '水的密度是每立方米 1000 千克。', citations: [expect.any(Number)], origin: 'library' },
    ]);
    expect(section(plan, 'practice').items).toEqual([
      { text: '两人一组，互相讲解一道例题。', citations: [], origin: 'model' },
    ]);
    // Twice nothing that stands: quotations take over and say so.
    expect(section(plan, 'keywords')).toMatchObject({ notice: expect.stringContaining('摘自资料库') });
    expect(section(plan, 'starter').items.every(({ origin }) => origin === 'library')).toBe(true);
    expect(section(plan, 'homework')).toMatchObject({
      items: [],
      notice: expect.stringContaining('没有适合这一部分'),
    });
    expect(plan.model).toBe('big');
    const repair = recorded.find(
      ({ input }) => input?.includes('<faults>\n') && input.includes('key="key-points"'),
    )!;
    expect(repair.input).toContain('100 千克。” is not carried by passage 1');
  });

  test('a section whose model fails is quoted; without anything to quote with, the plan fails clearly', async () => {
    const down = new AppError('model-unavailable', 'It is down. Wait.');
    const failing = (): NamedModel => ({
      name: 'big',
      offline: false,
      model: new ScriptedModel(Array.from({ length: 40 }, () => ({ error: down }))),
    });
    const plan = await draft([failing(), OFFLINE], DENSITY, { topic: '密度' });
    expectHonest(plan, DENSITY);
    expect(plan.model).toBe('offline');
    expect(section(plan, 'misconceptions').items.length).toBeGreaterThan(0);
    await expect(draft([failing()], DENSITY, { topic: '密度' })).rejects.toBe(down);
  });

  test('a stopped plan keeps the sections that stand', async () => {
    const stop = new AbortController();
    const planner = plannerWith([OFFLINE], DENSITY);
    const request = planRequestSchema.parse({ topic: '密度' });
    const plan = await planner.draft(request, { asker: null, signal: stop.signal }, kind => {
      if (kind === 'section-ready') stop.abort();
    });
    expectHonest(plan, DENSITY);
    expect(plan.sections[0]!.items.length).toBeGreaterThan(0);
    const early = planner.draft(request, { asker: null, signal: AbortSignal.abort() }, onEvent);
    await expect(early).rejects.toMatchObject({ code: 'stopped' });
  });
});
