import { beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './testing/running-app.ts';

const CELLS = 'en/photosynthesis';
const app = startApp();
const { call } = app;
let messageId: string;
let conversationId: string;
let planId: string;

/** Waits for the end of a stream, which is when what it tells of is stored. */
const ended = (path: string, username: string) => call('GET', `${path}/events`, username);
const act = async (action: string, id = CELLS) => {
  const url = `/api/admin/resources/${encodeURIComponent(id)}/${action}`;
  expect((await call('POST', url, 'admin', { reason: 'Out of date' })).statusCode).toBe(200);
};

beforeAll(async () => {
  await app.ingest('samples/en');
  await app.signUp('admin', 'admin');
  await app.signUp('teacher', 'teacher');
  await app.signUp('learner', 'learner');
  const question = 'What do plants need for photosynthesis?';
  const asked = (await call('POST', '/api/conversations', 'learner', { question })).json();
  ({ messageId, conversationId } = asked);
  await ended(`/api/messages/${messageId}`, 'learner');
  const drafted = await call('POST', '/api/lesson-plans', 'teacher', { topic: 'Photosynthesis' });
  planId = drafted.json().planId;
  await ended(`/api/lesson-plans/${planId}`, 'teacher');
});

interface Cited {
  n: number;
  resourceId: string;
  withdrawn: boolean;
}
/** Whether each reader of the answer and of the plan sees the source as withdrawn; true only if all of them do. */
const marksOf = async () => {
  const { messages } = (await call('GET', `/api/conversations/${conversationId}`, 'learner')).json();
  const seen: Record<string, Cited[]> = {
    learner: messages[1].answer.citations,
    admin: (await call('GET', `/api/admin/answers/${messageId}`, 'admin')).json().answer.citations,
    teacher: (await call('GET', `/api/lesson-plans/${planId}`, 'teacher')).json().plan.citations,
    version: (await call('GET', `/api/lesson-plans/${planId}/versions/1`, 'teacher')).json().citations,
  };
  return Object.fromEntries(
    Object.entries(seen).map(([reader, citations]) => {
      expect(citations.filter(({ resourceId, withdrawn }) => resourceId !== CELLS && withdrawn)).toEqual([]);
      return [reader, citations.find(({ resourceId }) => resourceId === CELLS)?.withdrawn];
    }),
  );
};
const everywhere = (withdrawn: boolean) => ({
  learner: withdrawn,
  admin: withdrawn,
  teacher: withdrawn,
  version: withdrawn,
});

describe('a citation', () => {
  it('is marked wherever it is read once its resource is withdrawn, and not any more when it is restored', async () => {
    expect(await marksOf()).toEqual(everywhere(false));
    await act('withdraw');
    expect(await marksOf()).toEqual(everywhere(true));
    for (const [who, cites] of [
      ['learner', { answers: 1, plans: 0 }],
      ['teacher', { answers: 0, plans: 1 }],
    ] as const) {
      const { notices } = (await call('GET', '/api/notices', who)).json();
      expect(notices).toMatchObject([
        { kind: 'cited-withdrawn', resourceId: CELLS, reason: 'Out of date', read: false, ...cites },
      ]);
    }
    const exported = await call('GET', `/api/lesson-plans/${planId}/export`, 'teacher');
    expect(exported.body).toContain('(withdrawn from the library since)');

    // An edit made meanwhile stores what was read, mark and all.
    await call('PATCH', `/api/lesson-plans/${planId}`, 'teacher', { title: 'Leaves and light' });
    await act('restore');
    expect(await marksOf()).toEqual(everywhere(false));
    const { plan } = (await call('GET', `/api/lesson-plans/${planId}`, 'teacher')).json();
    expect(plan.title).toBe('Leaves and light');
  });

  it('counts among the uses of its resource', async () => {
    const record = await call('GET', `/api/admin/resources/${encodeURIComponent(CELLS)}`, 'admin');
    // Two versions of one plan are one plan.
    expect(record.json().citedBy).toEqual({ answers: 1, plans: 1 });
  });
});

describe('a doubt about a source of a plan', () => {
  const doubts = async () => (await call('GET', '/api/admin/plan-doubts', 'admin')).json().doubts;
  const waiting = async () => (await call('GET', '/api/admin/overview', 'admin')).json().planDoubts;
  let n: number;

  beforeAll(async () => {
    const { plan } = (await call('GET', `/api/lesson-plans/${planId}`, 'teacher')).json();
    n = plan.citations.find(({ resourceId }: Cited) => resourceId === CELLS).n;
  });

  it('comes to the admins with the part of the plan that it is about, and no more', async () => {
    expect([await waiting(), await doubts()]).toEqual([0, []]);
    const doubt = {
      targetKind: 'citation',
      targetId: `${planId}:${n}`,
      value: 'bad',
      reason: 'only-part',
      comment: 'It says nothing of water.',
    };
    expect((await call('POST', '/api/feedback', 'learner', doubt)).statusCode).toBe(404);
    expect((await call('POST', '/api/feedback', 'teacher', doubt)).statusCode).toBe(200);
    expect(await waiting()).toBe(1);
    const { plan } = (await call('GET', `/api/lesson-plans/${planId}`, 'teacher')).json();
    const citing = plan.sections.filter(({ items }: { items: { citations: number[] }[] }) =>
      items.some(({ citations }) => citations.includes(n)),
    );
    expect(citing.length).toBeLessThan(plan.sections.length);
    expect(await doubts()).toMatchObject([
      {
        planId,
        planTitle: 'Leaves and light',
        n,
        reason: 'only-part',
        comment: 'It says nothing of water.',
        account: 'teacher',
        sections: citing.map(({ key }: { key: string }) => ({ key })),
        citation: { n, resourceId: CELLS, quote: expect.any(String) },
      },
    ]);
    const [{ sections }] = await doubts();
    const cites = sections.flatMap(({ items }: { items: { cites: boolean }[] }) => items);
    expect(cites.some((item: { cites: boolean }) => item.cites)).toBe(true);
    for (const username of ['teacher', 'learner']) {
      expect((await call('GET', '/api/admin/plan-doubts', username)).statusCode).toBe(403);
    }
  });

  it('is settled when the resource is withdrawn or the plan does not cite it any more', async () => {
    await act('withdraw');
    expect([await waiting(), await doubts()]).toEqual([0, []]);
    await act('restore');
    expect(await waiting()).toBe(1);
    const { plan } = (await call('GET', `/api/lesson-plans/${planId}`, 'teacher')).json();
    const sections = plan.sections.map((section: { items: { citations: number[] }[] }) => ({
      ...section,
      items: section.items.filter(({ citations }) => !citations.includes(n)),
    }));
    await call('PATCH', `/api/lesson-plans/${planId}`, 'teacher', { sections });
    expect([await waiting(), await doubts()]).toEqual([0, []]);
  });
});
