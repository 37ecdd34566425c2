import { expect, it } from 'vitest';
import type { Answer } from '../library/answer.ts';
import { type AnswerCase, scoreAnswer, shareOf, summariseAnswers } from './answer-scores.ts';

const labelled: AnswerCase = {
  id: 'q',
  question: 'How long is the longest side?',
  answerable: true,
  answers: ['１０ cm'],
  relevant: ['r1'],
};
const answer = (over: Partial<Answer> = {}): Answer => ({
  outcome: 'answered',
  sentences: [{ text: 'It is 10 cm.', after: '', citations: [1] }],
  citations: [
    {
      n: 1,
      passageId: '1',
      resourceId: 'r1',
      title: 'T',
      language: 'en',
      heading: [],
      passage: 'So: It is 10 cm.',
      quote: 'It is 10 cm.',
      quoteStart: 4,
      verdict: 'supported',
      method: 'quoted',
    },
  ],
  nearest: [],
  model: 'offline',
  ...over,
});

it('finds the gold answer whatever its width and spacing', () => {
  expect(scoreAnswer(labelled, answer())).toEqual({
    id: 'q',
    answered: true,
    contains: true,
    cites: true,
    verbatim: true,
    length: 12,
  });
  expect(scoreAnswer({ ...labelled, answers: ['11 cm'], relevant: ['r2'] }, answer())).toMatchObject({
    contains: false,
    cites: false,
  });
});

it('calls a quote that stands elsewhere, or an answer without one, not verbatim', () => {
  const [citation] = answer().citations;
  expect(scoreAnswer(labelled, answer({ citations: [{ ...citation!, quoteStart: 3 }] })).verbatim).toBe(
    false,
  );
  expect(scoreAnswer(labelled, answer({ citations: [] })).verbatim).toBe(false);
});

it('leaves out what does not apply instead of counting it as zero', () => {
  const refused = scoreAnswer(labelled, answer({ outcome: 'no-evidence', sentences: [], citations: [] }));
  expect(refused).toMatchObject({ answered: false, contains: null, cites: null, verbatim: null });
  const summary = summariseAnswers([labelled], [refused]);
  expect(summary.falseAbstention).toMatchObject({ share: 1, of: 1 });
  expect(summary.abstention).toEqual({ share: null, low: null, high: null, of: 0 });
});

it('gives the Wilson interval', () => {
  const { share, low, high } = shareOf([...Array(8).fill(true), true, false, null]);
  expect(share).toBeCloseTo(0.9);
  expect(low).toBeCloseTo(0.596, 3);
  expect(high).toBeCloseTo(0.982, 3);
});
