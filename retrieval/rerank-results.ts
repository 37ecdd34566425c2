import type { Reranker } from '../models/reranker.ts';
import type { SearchResult } from './search.ts';

/** So many of the first results are read by the reranker: the right one is nearly always among them. */
export const RERANKED = 30;
/** Of a passage; models cut long documents, and some refuse them. */
const LONGEST_DOCUMENT = 2_000;

/**
 * The results in the order of the reranker; those that it leaves out, and those past the first 30, follow as they were.
 * Scores stay on their scale, since what is judged by them was calibrated on it: the first place keeps the best score.
 * @throws whatever the reranker throws
 */
export async function rerankResults(
  reranker: Reranker,
  query: string,
  results: SearchResult[],
): Promise<SearchResult[]> {
  const first = results.slice(0, RERANKED);
  if (first.length < 2) return results;
  const documents = first.map(({ title, passages }) =>
    [title, passages[0]!.heading.join(' > '), passages[0]!.text]
      .filter(part => part !== '')
      .join('\n')
      .slice(0, LONGEST_DOCUMENT),
  );
  const ranked = await reranker.rank(query, documents);
  const left = [...first.keys()].filter(place => !ranked.includes(place));
  const scores = sortedDown(first.map(({ score }) => score));
  const passageScores = sortedDown(first.map(({ passages }) => passages[0]!.score));
  const reordered = [...ranked, ...left].map((place, i) => {
    const result = first[place]!;
    const best = result.passages[0]!.score;
    const factor = best > 0 ? passageScores[i]! / best : 1;
    const passages = result.passages.map(passage => ({ ...passage, score: passage.score * factor }));
    return { ...result, score: scores[i]!, passages };
  });
  return [...reordered, ...results.slice(RERANKED)];
}

function sortedDown(scores: number[]): number[] {
  return scores.toSorted((a, b) => b - a);
}
