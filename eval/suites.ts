import type { Tutor } from '../agents/tutor.ts';
import type { Searcher } from '../retrieval/search.ts';
import { type AnswerScore, scoreAnswer, summariseAnswers } from './answer-scores.ts';
import type { LabelledCase } from './cases.ts';
import { meanScore, scoreRanking } from './metrics.ts';

/** Told after each case how many are done. */
type OnCase = (done: number, of: number) => void;

/** Ranks resources for every case that names relevant ones; a target language is a hard filter. */
export async function runSearchSuite(searcher: Searcher, cases: LabelledCase[], onCase: OnCase) {
  const labelled = cases.filter(({ relevant }) => relevant.length > 0);
  const scores = [];
  for (const { question, grades, targetLanguage } of labelled) {
    const filters = targetLanguage ? { language: targetLanguage } : {};
    const results = await searcher.search({ query: question, limit: 100, filters }, null);
    scores.push(
      scoreRanking(
        results.map(({ resourceId }) => resourceId),
        grades,
      ),
    );
    onCase(scores.length, labelled.length);
  }
  return meanScore(scores);
}

/** Asks every case, and scores what is answered and what is not. */
export async function runAnswerSuite(tutor: Tutor, cases: LabelledCase[], onCase: OnCase) {
  const scores: AnswerScore[] = [];
  for (const labelled of cases) {
    const { question, language } = labelled;
    const answer = await tutor.answer({ question, language, history: [], asker: null }, () => undefined);
    scores.push(scoreAnswer(labelled, answer));
    onCase(scores.length, cases.length);
  }
  return { ...summariseAnswers(cases, scores), scores };
}
