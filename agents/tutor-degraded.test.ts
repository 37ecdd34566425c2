import { describe, expect, test } from 'vitest';
import { answerText } from '../library/answer.ts';
import { AppError } from '../library/errors.ts';
import { ask, DENSITY, expectHonest, OFFLINE, scripted, tutorWith, WATER } from './testing/tutor-fixture.ts';

/** The tutor where it has less than a willing model and evidence in the asker's language. */
const BOTH = [WATER, DENSITY];

describe('offline', () => {
  test('the answer is quoted word for word, and says so', async () => {
    const given = await tutorWith([OFFLINE]).answer(ask('水在多少度沸腾？'));
    expectHonest(given, BOTH);
    expect(given.model).toBe('offline');
    expect(given.notice).toContain('逐字摘自资料库');
    for (const { text } of given.sentences)
      expect(BOTH.some(passage => passage.text.includes(text))).toBe(true);
    expect(given.citations.every(({ method }) => method === 'quoted')).toBe(true);
    expect(answerText(given)).toContain('100℃');
  });

  test('evidence in another language is quoted as it is', async () => {
    const given = await tutorWith([OFFLINE]).answer(ask('At what temperature does water boil?'));
    expectHonest(given, BOTH);
    expect(given.outcome).toBe('answered');
    expect(given.notice).toContain('another language');
  });

  test('is also what is left when every model is down', async () => {
    const down = scripted({ error: new AppError('model-unavailable', 'Down. Wait.') });
    const { answer, recorded } = tutorWith([down, OFFLINE]);
    expect(await answer(ask('水在多少度沸腾？'))).toMatchObject({
      model: 'offline',
      notice: expect.stringContaining('暂时无法使用'),
    });
    expect(recorded.map(({ model, outcome }) => [model, outcome])).toEqual([
      ['big', 'failed'],
      ['offline', 'ok'],
    ]);
  });
});

test('a sentence in another language than its passage needs a judge, and the judge a verbatim quote with its numbers', async () => {
  const sentence = 'Water boils at about 100 °C [1].';
  const judge = (quote: string) => ({ output: { quote, supported: true } });
  const { answer, recorded } = tutorWith([scripted(sentence, judge('水在 100℃ 左右沸腾'))]);
  const carried = await answer(ask('When does water boil?'));
  expectHonest(carried, BOTH);
  expect(carried.citations[0]).toMatchObject({ method: 'judge', quote: '水在 100℃ 左右沸腾' });
  expect(recorded.map(({ agent }) => agent).sort()).toEqual(['judge', 'tutor']);

  for (const quote of ['water boils at 100', '冰在 0℃ 时融化', '']) {
    const given = await tutorWith([scripted(sentence, judge(quote))]).answer(ask('When does water boil?'));
    expect(given).toMatchObject({ outcome: 'no-evidence', sentences: [] });
  }
  const broken = scripted(sentence, { error: new AppError('model-unavailable', 'Down.') });
  expect(await tutorWith([broken]).answer(ask('When does water boil?'))).toMatchObject({ sentences: [] });
});

describe('an answer that is cut short', () => {
  const text = '水在 100℃ 左右沸腾[1]。冰在 0℃ 时融化[1]。冰浮在水';

  test('keeps what was checked when the model breaks off', async () => {
    const error = new AppError('model-unavailable', 'It broke off. Ask again.');
    const given = await tutorWith([scripted({ pieces: [text], error })]).answer(ask('水？'));
    expectHonest(given, BOTH);
    expect(answerText(given)).toBe('水在 100℃ 左右沸腾。[1]冰在 0℃ 时融化。[2]');
    expect(given.notice).toContain('中途断开');
  });

  test('or when the asker stops it, and is an error when nothing was shown', async () => {
    const stop = new AbortController();
    const { tutor, recorded } = tutorWith([scripted({ pieces: [text], hang: true })]);
    const given = await tutor.answer(ask('水？', { signal: stop.signal }), kind => {
      if (kind === 'sentence') stop.abort();
    });
    expect(given.sentences.length).toBeGreaterThan(0);
    expect(recorded[0]!.outcome).toBe('stopped');
    const early = tutorWith([scripted(text)]).answer(ask('水？', { signal: AbortSignal.abort() }));
    await expect(early).rejects.toMatchObject({ code: 'stopped' });
  });

  test('ends as limit-reached when the model only calls tools', async () => {
    const call = { calls: [{ name: 'search_library', args: { query: 'x' } }] };
    const given = await tutorWith([scripted(call, call, call, call, call)]).answer(ask('水？'));
    expect(given).toMatchObject({
      outcome: 'limit-reached',
      sentences: [],
      notice: expect.stringContaining('问题拆小'),
    });
  });

  test('and as no evidence when the model says something, but nothing out of the library', async () => {
    const given = await tutorWith([scripted('I cannot help with that. 水对健康很好。')]).answer(ask('水？'));
    expect(given).toMatchObject({ outcome: 'no-evidence', sentences: [], citations: [] });
  });
});
