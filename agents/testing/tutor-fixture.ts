import { expect } from 'vitest';
import { type Answer, answerSchema } from '../../library/answer.ts';
import type { Generation } from '../../library/generations.ts';
import type { ChatModels, NamedModel } from '../../models/chat-models.ts';
import { OfflineChatModel } from '../../models/offline-chat-model.ts';
import { plainTextTools } from '../../models/testing/plain-text-tools.ts';
import { ScriptedModel } from '../../models/testing/scripted-model.ts';
import type { ScoredPassage } from '../../retrieval/search.ts';
import { createRunner } from '../run.ts';
import { createTutor, type TutorRequest } from '../tutor.ts';
import { foundPassage, passageResult } from './passages.ts';

export const WATER = foundPassage({
  resourceId: 'zh/water',
  title: '水的三态变化',
  heading: ['变化与热量'],
  stage: 'primary',
  minutes: 40,
  text: '在通常的大气压下，冰在 0℃ 时融化，水在 100℃ 左右沸腾。气压低的高山上，水不到 100℃ 就会沸腾，所以煮饭要用高压锅。',
});
export const DENSITY = foundPassage({
  resourceId: 'zh/density',
  title: '密度',
  heading: ['密度与浮沉'],
  score: 0.5,
  text: '冰的密度小于水，所以冰浮在水面。钢铁做的轮船是空心的，平均密度小于水，因此能够漂浮。',
});
export const tools = plainTextTools([
  WATER.text,
  DENSITY.text,
  '光合作用在叶绿体里进行。',
  '分数的分母是几。',
]);

export const scripted = (...script: ScriptedModel['script']): NamedModel => ({
  name: 'big',
  offline: false,
  model: new ScriptedModel(script),
});
export const OFFLINE: NamedModel = { name: 'offline', offline: true, model: new OfflineChatModel(tools) };

/** A tutor over given models and passages, with what it searched, recorded and sent. */
export function tutorWith(
  models: NamedModel[],
  found: ScoredPassage[] | ((query: string) => ScoredPassage[]) = [WATER, DENSITY],
  probability = 0.9,
) {
  const recorded: Generation[] = [];
  const searched: string[] = [];
  const events: [string, unknown][] = [];
  const tutor = createTutor({
    runner: createRunner({
      models: models as ChatModels,
      record: async generation => recorded.push(generation),
      spaceId: () => null,
    }),
    findPassages: async ({ query }) => {
      searched.push(query);
      return passageResult(typeof found === 'function' ? found(query) : found);
    },
    judgeEvidence: () => probability,
    tools,
  });
  const onEvent = (kind: string, data: unknown) => {
    events.push([kind, data]);
  };
  return {
    answer: (request: TutorRequest) => tutor.answer(request, onEvent),
    tutor,
    recorded,
    searched,
    events,
  };
}

export const ask = (question: string, over: Partial<TutorRequest> = {}): TutorRequest => ({
  question,
  history: [],
  asker: null,
  ...over,
});

/** Holds for every answer, whoever wrote it: the promises of a citation. */
export function expectHonest(answer: Answer, evidence: ScoredPassage[]) {
  answerSchema.parse(answer);
  const numbers = answer.citations.map(({ n }) => n);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  for (const citation of answer.citations) {
    const passage = evidence.find(({ passageId }) => passageId === citation.passageId)!;
    expect(passage.text.slice(citation.quoteStart, citation.quoteStart + citation.quote.length)).toBe(
      citation.quote,
    );
    expect(citation.quote).not.toBe('');
    expect(citation.passage).toBe(passage.text);
  }
  for (const { text, citations } of answer.sentences) {
    expect(text).not.toMatch(/https?:|www\.|!\[|\]\(|<img/u);
    for (const n of citations) expect(numbers).toContain(n);
  }
}
