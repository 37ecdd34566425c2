import type { Asker } from '../library/accounts.ts';
import type { Db } from '../library/db.ts';
import type { Facets } from '../library/facets.ts';
import { type FoundPassage, readVisiblePassages, visibleResources } from '../library/found-passages.ts';
import type { QueryEmbedder } from '../models/query-embedder.ts';
import type { Reranker } from '../models/reranker.ts';
import { countFacets } from './count-facets.ts';
import type { Candidate } from './fusion.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { proposeCandidates } from './propose-candidates.ts';
import { RERANKED, rerankResults } from './rerank-results.ts';
import type { SearchRequest } from './search-request.ts';
import type { VectorLeg } from './vector-leg.ts';

/** A resource found, with its best passages. `score` is 1 for the best lexical match of the query. */
export interface SearchResult
  extends Omit<FoundPassage, 'passageId' | 'versionId' | 'heading' | 'locator' | 'text'> {
  score: number;
  passages: ScoredPassage[];
}

/** A passage with its score on the same scale, and the lexical scores that the evidence judgement needs. */
export interface ScoredPassage extends FoundPassage {
  score: number;
}

export interface PassageResult {
  /** Best first. */
  passages: ScoredPassage[];
  /** Best lexical score before it was made 1, as a share of what a perfect text would score; 0 to 1. */
  strength: number;
}

/** Resources that each leg proposes at least: the legs are fused over more than what is shown. */
const LEAST_CANDIDATES = 60;
/** Past so many that the asker may not see, a page stays short rather than read the whole library. */
const MOST_CANDIDATES = 4000;

/** One embedding space to search in: its leg, and what makes the vectors of queries for it. They change together. */
export interface VectorSearch {
  embedder: QueryEmbedder;
  vectorLeg: VectorLeg;
}

/** A part that a search did without because it failed or was late. */
export type LostPart = 'embedding' | 'rerank';

export type Searcher = ReturnType<typeof createSearcher>;

/** Search over both legs. Rows are read last, with the rights of the asker. */
export function createSearcher(deps: {
  db: Db;
  index: LexicalIndex;
  /** The live space as this process has it; asked once a search. */
  vectors: () => VectorSearch;
  reranker?: Reranker | undefined;
  onLost: (part: LostPart, error: unknown) => void;
}) {
  const { db, index, reranker, onLost } = deps;
  const onLostVector = (error: unknown) => onLost('embedding', error);

  /** Reads rows candidate by candidate until enough are the asker's to see. */
  async function readCandidates(
    candidates: Candidate[],
    limit: number,
    asker: Asker | null,
  ): Promise<SearchResult[]> {
    const results: SearchResult[] = [];
    let next = 0;
    while (results.length < limit && next < candidates.length) {
      const page = candidates.slice(next, next + limit);
      next += page.length;
      const rows = await readVisiblePassages(
        db,
        page.flatMap(({ passages }) => passages.map(({ passageId }) => passageId)),
        asker,
      );
      const rowOf = new Map(rows.map(row => [row.passageId, row]));
      for (const candidate of page) {
        const passages = candidate.passages.flatMap(({ passageId, score }) => {
          const row = rowOf.get(`${passageId}`);
          return row ? [{ ...row, score }] : [];
        });
        if (passages[0]) results.push(resultOf(passages, candidate.score));
      }
    }
    return results.slice(0, limit);
  }

  /** Proposes more and more until `limit` resources are the asker's to see, or there are no more. */
  async function propose(request: SearchRequest, limit: number, asker: Asker | null) {
    const legs = { ...deps.vectors(), index, onLostVector };
    for (let reach = Math.max(LEAST_CANDIDATES, limit * 2); ; reach *= 4) {
      const { candidates, strength, isCut } = await proposeCandidates(legs, request, reach);
      const results = await readCandidates(candidates, limit, asker);
      if (results.length === limit || !isCut || reach >= MOST_CANDIDATES) return { results, strength };
    }
  }

  async function find(request: SearchRequest, limit: number, asker: Asker | null) {
    if (!reranker) return propose(request, limit, asker);
    const found = await propose(request, Math.max(limit, RERANKED), asker);
    const results = await rerankResults(reranker, request.query, found.results).catch((error: unknown) => {
      onLost('rerank', error);
      return found.results;
    });
    return { ...found, results: results.slice(0, limit) };
  }

  return {
    /** The best resources for a query, best first; `asker` null sees what is public. */
    async search(request: SearchRequest, asker: Asker | null): Promise<SearchResult[]> {
      return (await find(request, request.limit, asker)).results;
    },
    /** How the best of what the words of a query find spreads over stages, subjects, types and languages. */
    facets(request: Pick<SearchRequest, 'query' | 'filters'>, asker: Asker | null): Promise<Facets> {
      return countFacets(index, request, ids => visibleResources(db, ids, asker));
    },
    /** The best passages for a query, of whatever resources: what an answer may be made of. */
    async passagesFor(request: SearchRequest, asker: Asker | null): Promise<PassageResult> {
      const { results, strength } = await find(request, request.limit * 2, asker);
      const passages = results.flatMap(result => result.passages).sort((a, b) => b.score - a.score);
      return { passages: passages.slice(0, request.limit), strength };
    },
  };
}

function resultOf(passages: ScoredPassage[], score: number): SearchResult {
  const { passageId: _, versionId: __, heading: ___, locator: ____, text: _____, ...resource } = passages[0]!;
  return { ...resource, score, passages };
}
