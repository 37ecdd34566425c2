import type { Asker } from '../library/accounts.ts';
import { type EvidenceSnapshot, passageHash } from '../library/generations.ts';
import { tagged, taggedGroup } from '../models/tagged-text.ts';
import type { PassageResult, ScoredPassage } from '../retrieval/search.ts';
import type { SearchRequest } from '../retrieval/search-request.ts';

/** Finds what an answer may be made of; the searcher's `passagesFor`. */
export type FindPassages = (request: SearchRequest, asker: Asker | null) => Promise<PassageResult>;

/** The passages of one request under the numbers that the model knows them by. Numbers never change. */
export interface Evidence {
  /** Adds passages that are not there yet; returns the numbers of all that were given. */
  add(passages: ScoredPassage[]): number[];
  find(n: number): ScoredPassage | undefined;
  all(): ScoredPassage[];
  /** What a reviewer will be shown. */
  snapshot(): EvidenceSnapshot[];
  /** The passages with these numbers as a tagged block for a prompt. */
  block(numbers: number[]): string;
}

export function createEvidence(passages: ScoredPassage[]): Evidence {
  const shown: ScoredPassage[] = [];
  const evidence: Evidence = {
    add(found) {
      return found.map(passage => {
        const known = shown.findIndex(({ passageId }) => passageId === passage.passageId);
        return known >= 0 ? known + 1 : shown.push(passage);
      });
    },
    find: n => shown[n - 1],
    all: () => [...shown],
    snapshot: () => shown.map(({ passageId, text }, i) => ({ n: i + 1, passageId, hash: passageHash(text) })),
    block: numbers =>
      taggedGroup(
        'passages',
        numbers.flatMap(n => {
          const passage = shown[n - 1];
          if (!passage) return [];
          const { title, heading, language, score, text } = passage;
          const attributes = { n, title, heading: heading.join(' > '), language, score: score.toFixed(3) };
          return [tagged('passage', text, attributes)];
        }),
      ),
  };
  evidence.add(passages);
  return evidence;
}
