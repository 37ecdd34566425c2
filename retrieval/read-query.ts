import type { Analyser } from './analysis.ts';
import { type LanguageFamily, languageOf, teachesEnglish } from './language.ts';
import { type LexicalResult, type LexicalSearch, searchList } from './lexical-search.ts';
import { type QueryTerm, queryTerms } from './query-terms.ts';
import type { RankingWeights } from './ranking-weights.ts';
import { bestOfReadings, leastShare, type Reading } from './readings.ts';
import { resourcesWith, type SegmentList } from './segment-list.ts';
import { tolerateSpelling } from './spelling.ts';
import type { Translate } from './translation/translate.ts';
import { isExercise } from './weigh-terms.ts';

interface ReaderParts {
  analyser: Analyser;
  translate: Translate;
  weights: RankingWeights;
  lists: Record<LanguageFamily, SegmentList>;
  /** Null where it is gone. */
  resourceAt(slot: number): { subject: string | null } | null | undefined;
}

/**
 * Searches among texts of some families of languages: those of the query's own by its words, those of the other by the
 * translations of its words, and word for word where that may be meant. The best first, as many as `limit`.
 */
export function createQueryReader({ analyser, translate, weights, lists, resourceAt }: ReaderParts) {
  const frequencyIn = (family: LanguageFamily) => (key: number) => resourcesWith(lists[family], key);

  function readTranslated(query: string, family: LanguageFamily, request: LexicalSearch): LexicalResult {
    const terms = translate(query, family, { frequencyOf: frequencyIn(family), weights });
    return searchList(lists[family], { ...request, terms });
  }

  /** `inOwn` is what was found among texts of the query's own language, if they are wanted too. */
  function readAcross(
    query: string,
    { own, family }: { own: LanguageFamily; family: LanguageFamily },
    request: LexicalSearch,
    inOwn: Reading | undefined,
  ): Reading[] {
    const isTaught = (slot: number) => own === 'en' && teachesEnglish(resourceAt(slot));
    const readings: Reading[] = [];
    // A translation counts `across` of a perfect text at most: where all that is wanted is better, it need not be read.
    if (!inOwn || leastShare(inOwn, request.limit) < weights.across) {
      const worth = inOwn ? weights.across : 1;
      const found = readTranslated(query, family, request);
      readings.push({ ...found, worth: slot => (isTaught(slot) ? 0 : worth) });
    }
    // Chinese texts quote English, and some teach it. Its words are rare among them, so both lists say how rare.
    // Han characters in an English text are names; a translation keeps the words that both languages share.
    if (own === 'en') {
      const found = searchList(lists[family], request, [lists[own]]);
      readings.push({ ...found, worth: slot => (!inOwn && isTaught(slot) ? weights.taught : 1) });
    }
    return readings;
  }

  return (
    query: string,
    families: readonly LanguageFamily[],
    wanted: Omit<LexicalSearch, 'terms' | 'bm25' | 'passageWeight'>,
  ): LexicalResult => {
    const own = languageOf(query);
    const request = {
      ...wanted,
      terms: termsOf(query, frequencyIn(own)),
      bm25: isExercise(query) ? weights.exerciseSaturation : weights.saturation,
      passageWeight: weights.passage,
    };
    const inOwn = families.includes(own) ? { ...searchList(lists[own], request), worth: () => 1 } : undefined;
    const across = families
      .filter(family => family !== own)
      .flatMap(family => readAcross(query, { own, family }, request, inOwn));
    const { hits, ceiling } = bestOfReadings(inOwn ? [inOwn, ...across] : across);
    return { hits: hits.slice(0, wanted.limit), ceiling };
  };

  function termsOf(query: string, frequencyOf: (key: number) => number): QueryTerm[] {
    const terms = analyser.terms(query);
    return tolerateSpelling(terms, queryTerms(terms, weights), { frequencyOf, weights });
  }
}
