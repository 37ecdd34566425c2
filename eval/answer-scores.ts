import type { Answer } from '../library/answer.ts';

/** A labelled question. `answers` are strings of which a right answer contains one; none means that it is not scored so. */
export interface AnswerCase {
  id: string;
  question: string;
  language?: 'zh' | 'en' | undefined;
  stage?: string | undefined;
  answerable: boolean;
  answers: string[];
  relevant: string[];
}

/** What one answer scores; null where the measure does not apply, which is not a zero. */
export interface AnswerScore {
  id: string;
  answered: boolean;
  /** The answer contains one of the gold strings. */
  contains: boolean | null;
  /** A cited resource is one of the relevant ones. */
  cites: boolean | null;
  /** Every quote stands word for word at its place in the passage. */
  verbatim: boolean | null;
  /** Characters of the answer without citation marks. */
  length: number;
}

/** Case, width, white space and punctuation make no difference to whether an answer is right. */
const normalise = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');

/** Scores one answer against its case. Pure. */
export function scoreAnswer(labelled: AnswerCase, answer: Answer): AnswerScore {
  const answered = answer.outcome === 'answered';
  const text = answer.sentences
    .map(sentence => sentence.text + sentence.after)
    .join('')
    .trim();
  const judged = answered && labelled.answerable;
  return {
    id: labelled.id,
    answered,
    contains:
      judged && labelled.answers.length > 0
        ? labelled.answers.some(gold => normalise(text).includes(normalise(gold)))
        : null,
    cites: judged ? answer.citations.some(({ resourceId }) => labelled.relevant.includes(resourceId)) : null,
    verbatim: answered
      ? answer.citations.length > 0 &&
        answer.citations.every(
          ({ passage, quote, quoteStart }) => quote !== '' && passage.startsWith(quote, quoteStart),
        )
      : null,
    length: [...text].length,
  };
}

/** A share with its 95% interval (Wilson score; E. B. Wilson 1927) over the cases to which it applies. */
export interface Share {
  share: number | null;
  low: number | null;
  high: number | null;
  of: number;
}

export function shareOf(values: (boolean | null)[]): Share {
  const counted = values.filter(value => value !== null);
  const n = counted.length;
  if (n === 0) return { share: null, low: null, high: null, of: 0 };
  const p = counted.filter(Boolean).length / n;
  const z = 1.96;
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return { share: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half), of: n };
}

/** The figures of a suite: abstention apart for what the library answers and what it does not. */
export function summariseAnswers(cases: AnswerCase[], scores: AnswerScore[]) {
  const answerable = new Map(cases.map(({ id, answerable: can }) => [id, can]));
  const of = (can: boolean) => scores.filter(({ id }) => answerable.get(id) === can);
  const lengths = scores.filter(({ answered }) => answered).map(({ length }) => length);
  return {
    contains: shareOf(scores.map(({ contains }) => contains)),
    cites: shareOf(scores.map(({ cites }) => cites)),
    verbatim: shareOf(scores.map(({ verbatim }) => verbatim)),
    falseAbstention: shareOf(of(true).map(({ answered }) => !answered)),
    abstention: shareOf(of(false).map(({ answered }) => !answered)),
    longest: Math.max(0, ...lengths),
  };
}
