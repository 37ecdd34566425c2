import { describe, expect, test } from 'vitest';
import { type LessonPlan, planRequestSchema } from '../library/lesson-plan.ts';
import type { ChatModels, NamedModel } from '../models/chat-models.ts';
import { OfflineChatModel } from '../models/offline-chat-model.ts';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { ScriptedModel } from '../models/testing/scripted-model.ts';
import type { ScoredPassage } from '../retrieval/search.ts';
import type { SearchRequest } from '../retrieval/search-request.ts';
import { createPlanner } from './planner.ts';
import { createRunner } from './run.ts';
import { foundPassage, passageResult } from './testing/passages.ts';

const passage = (resourceId: string, text: string, score: number) =>
  foundPassage({ resourceId, title: resourceId, language: 'en', heading: ['Key idea'], text, score });
const LIBRARY: ScoredPassage[] = [
  passage('famous', 'A food chain shows how energy passes from one living thing to the next.', 1),
  passage('famous', 'A food chain is called so because each link is eaten by the following one.', 0.9),
  passage('own', 'Every food chain begins with a green plant that catches light.', 0.5),
  passage('own', 'Arrows in the diagram point to whoever eats.', 0.4),
  passage('second', 'When one animal of a food chain disappears, all others feel it.', 0.3),
  passage('stray', 'The chain of a bicycle must be oiled.', 0.2),
];
const tools = plainTextTools(LIBRARY.map(({ text }) => text));
const asked: SearchRequest[] = [];
const findPassages = async (request: SearchRequest) => {
  asked.push(request);
  const among = request.filters?.resourceIds;
  const found = LIBRARY.filter(({ resourceId }) => !among || among.includes(resourceId));
  return passageResult(found.slice(0, request.limit));
};

const OFFLINE: NamedModel = { name: 'offline', offline: true, model: new OfflineChatModel(tools) };
/** Quotes the first sentence of every passage that it is shown. */
const quoting = (): NamedModel => {
  const turn = (prompt: string) => {
    const shown = [...prompt.matchAll(/<passage n="(\d+)"[^>]*>\s*([^<]+?)\s*<\/passage>/gu)];
    return { output: { items: shown.slice(0, 3).map(([, n, text]) => ({ text, passages: [Number(n)] })) } };
  };
  return { name: 'big', offline: false, model: new ScriptedModel(Array.from({ length: 40 }, () => turn)) };
};

function draft(model: NamedModel, resourceIds: string[], beyond = false): Promise<LessonPlan> {
  const runner = createRunner({
    models: [model] as unknown as ChatModels,
    record: async () => undefined,
    spaceId: () => null,
  });
  const request = planRequestSchema.parse({ topic: 'food chain', resourceIds, beyond });
  const chosen = resourceIds.map(resourceId => ({ resourceId, title: resourceId, language: 'en' }));
  return createPlanner({ runner, findPassages, tools }).draft(
    request,
    { asker: null, chosen },
    () => undefined,
  );
}
const citedBy = (plan: LessonPlan) => [...new Set(plan.citations.map(({ resourceId }) => resourceId))].sort();

describe.each([
  ['offline', () => OFFLINE],
  ['with a model', quoting],
])('a plan from chosen resources, %s', (_, model) => {
  test('cites nothing else, and names what it rests on', async () => {
    asked.length = 0;
    const plan = await draft(model(), ['own', 'second', 'stray']);
    expect(citedBy(plan)).toEqual(['own', 'second']);
    expect(plan.resources.map(({ resourceId }) => resourceId).sort()).toEqual(['own', 'second']);
    expect(plan.basis).toEqual({
      resources: ['own', 'second', 'stray'].map(id => ({ resourceId: id, title: id, language: 'en' })),
      beyond: false,
    });
    expect(asked.every(({ filters }) => filters?.resourceIds?.join() === 'own,second,stray')).toBe(true);
  });

  test('takes all that a chosen resource says, also where it leaves the topic unsaid', async () => {
    const plan = await draft(model(), ['own']);
    expect(plan.citations.map(({ passage: text }) => text)).toContain(LIBRARY[3]!.text);
  });

  test('goes beyond them only where it may, and takes them first', async () => {
    const plan = await draft(model(), ['own'], true);
    expect(citedBy(plan)).toContain('famous');
    expect(plan.citations[0]!.resourceId).toBe('own');
    expect(plan.resources[0]!.resourceId).toBe('own');
  });

  test('is empty and says so where they have nothing on the topic', async () => {
    const plan = await draft(model(), ['stray']);
    expect(plan.citations).toEqual([]);
    expect(plan.sections.every(({ items, notice }) => items.length === 0 && notice)).toBe(true);
  });
});
