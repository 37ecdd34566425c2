import type {
  Answer,
  Citation,
  IngestionRun,
  Message,
  Overview,
  PlanSection,
  ResourceCard,
  SearchResult,
  Session,
} from '../api/types.ts';
import { WORDS } from './example-words.ts';

const AT = '2026-03-02T09:30:00.000Z';
export type ExampleLanguage = keyof typeof WORDS;

export const SESSION: Session = {
  account: {
    id: '0',
    username: 'teacher',
    displayName: '示例教师 Demo teacher',
    role: 'teacher',
    stage: null,
    language: 'zh',
  },
  classes: [],
  mode: { chat: 'offline', embedding: 'zhujiao-hashed', offline: true },
  demo: true,
  library: { resources: 160, passages: 1351 },
};

export const RUN: IngestionRun = {
  runId: '7',
  label: 'samples',
  state: 'working',
  reason: null,
  unchanged: 40,
  added: 90,
  updated: 12,
  proposed: 1,
  leftOut: 0,
  cancelled: 0,
  account: null,
  failed: 3,
  waiting: 15,
  ratePerSecond: 5,
  secondsLeft: 3,
  startedAt: AT,
  finishedAt: null,
};

/** Fixed examples of what the API sends, in one of the languages of the library. */
export function exampleData(language: ExampleLanguage) {
  const words = WORDS[language];
  const resource: ResourceCard = {
    resourceId: `${language}/photosynthesis`,
    title: words.title,
    description: words.description,
    language,
    stage: 'junior',
    subject: words.subject,
    grade: words.grade,
    type: 'lesson',
    provider: words.provider,
    minutes: 45,
    url: null,
    reason: words.reason,
  };
  const cite = (n: number, quote: string): Citation => ({
    n,
    passageId: `${n}`,
    resourceId: resource.resourceId,
    title: words.title,
    language,
    heading: [words.heading],
    locator: n === 2 ? { kind: 'page', page: 12 } : null,
    passage: words.passage,
    quote,
    quoteStart: words.passage.indexOf(quote),
    verdict: 'supported',
    method: 'quoted',
  });
  const citations = words.quotes.map((quote, i) => cite(i + 1, quote));
  const answer: Answer = {
    outcome: 'answered',
    sentences: words.quotes.map((text, i) => ({ text, after: ' ', citations: [i + 1] })),
    citations,
    notice: null,
    nearest: [resource],
    model: 'offline',
  };
  const message = (name: string, given: Answer | null, error: string | null = null): Message => ({
    id: `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
    role: 'assistant',
    text: '',
    state: given ? 'done' : 'failed',
    answer: given,
    error,
    createdAt: AT,
    feedback: null,
  });
  const section: PlanSection = {
    key: 'explanation',
    minutes: 12,
    items: [
      { text: words.quotes[0], citations: [1], origin: 'library' },
      { text: words.unsourced, citations: [], origin: 'model' },
      { text: words.byHand, citations: [], origin: 'teacher' },
    ],
    notice: null,
  };
  const found: SearchResult = {
    ...resource,
    score: 0.8,
    passages: [{ passageId: '1', heading: [words.heading], text: words.passage, score: 0.8 }],
  };
  const overview: Pick<Overview, 'answers' | 'gaps'> = {
    answers: {
      total: 128,
      byOutcome: { answered: 104, 'no-evidence': 18, refused: 2, 'needs-a-human': 1, 'limit-reached': 3 },
      good: 31,
      bad: 6,
    },
    gaps: words.gaps.map((question, i) => ({ question, asked: 4 - i, requested: i, lastAt: AT })),
  };
  const empty: PlanSection = { key: 'homework', minutes: null, items: [], notice: null };
  return {
    question: words.question,
    resource,
    citations,
    answered: message('1', answer),
    silent: message('2', { ...answer, outcome: 'no-evidence', sentences: [], citations: [] }),
    refused: message('3', {
      ...answer,
      outcome: 'needs-a-human',
      sentences: [],
      citations: [],
      notice: words.human,
    }),
    failed: message('4', null, words.error),
    sections: [section, empty],
    found,
    overview,
  };
}
