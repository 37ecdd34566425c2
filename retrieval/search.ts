import type { Asker } from '../library/accounts.ts';
import type { Db } from '../library/db.ts';
import { type FoundPassage, readVisiblePassages } from '../library/found-passages.ts';
import type { Embedder } from '../models/embedder.ts';
import { type Candidate, fuse } from './fusion.ts';
import { familyOf } from './language.ts';
import type { IndexedResource, LexicalIndex } from './lexical-index.ts';
import type { VectorLeg } from './vector-leg.ts';

/** Hard filters: what does not match is not found. `zh` covers zh-Hant and every other Chinese. */
export interface SearchFilters {
  language?: string;
  stage?: string;
  subject?: string;
  type?: string;
}

export interface SearchRequest {
  query: string;
  /** Number of resources. */
  limit: number;
  filters?: SearchFilters;
  /** Soft wishes: they move what fits up and hide nothing. */
  prefer?: { language?: string; stage?: string };
  /** Resources to leave out. */
  exclude?: string[];
}

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

/** Passages kept of each resource. */
const PASSAGES = 3;
/** Resources that each leg proposes: twice what is shown at least, so that what is dropped at the end can be replaced. */
const LEAST_CANDIDATES = 60;
/** A soft wish is worth this share of the best score: it decides between near equals, not against relevance. */
const WISH = 0.05;

export type Searcher = ReturnType<typeof createSearcher>;

/** Search over both legs. Rows are read last, with the rights of the asker. */
export function createSearcher(deps: {
  db: Db;
  index: LexicalIndex;
  embedder: Embedder;
  vectorLeg: VectorLeg;
}) {
  const { db, index, embedder, vectorLeg } = deps;

  async function propose(request: SearchRequest): Promise<{ candidates: Candidate[]; strength: number }> {
    const accept = acceptOf(request);
    const limit = Math.max(LEAST_CANDIDATES, request.limit * 2);
    const language = request.filters?.language;
    const families = language ? [familyOf(language)] : undefined;
    const lexical = index.search(request.query, {
      limit,
      passages: PASSAGES,
      accept,
      ...(families && { families }),
    });
    const [vector] = await embedder.embed([request.query]);
    const near = await vectorLeg.search(vector!, { limit, filters: request.filters ?? {}, accept });
    const candidates = fuse(lexical.hits, near, { space: embedder.space });
    for (const candidate of candidates)
      candidate.score += WISH * wishesMet(index.find(candidate.resourceId), request.prefer);
    candidates.sort((a, b) => b.score - a.score);
    const best = lexical.hits[0]?.score ?? 0;
    return { candidates, strength: lexical.ceiling > 0 ? best / lexical.ceiling : 0 };
  }

  /** Reads rows candidate by candidate until enough are the asker's to see. */
  async function readCandidates(
    candidates: Candidate[],
    limit: number,
    asker: Asker | null,
  ): Promise<SearchResult[]> {
    const results: SearchResult[] = [];
    let next = 0;
    while (results.length < limit && next < candidates.length) {
      const page = candidates.slice(next, next + (limit - results.length) + 5);
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

  return {
    /** The best resources for a query, best first; `asker` null sees what is public. */
    async search(request: SearchRequest, asker: Asker | null): Promise<SearchResult[]> {
      const { candidates } = await propose(request);
      return readCandidates(candidates, request.limit, asker);
    },
    /** The best passages for a query, of whatever resources: what an answer may be made of. */
    async passagesFor(request: SearchRequest, asker: Asker | null): Promise<PassageResult> {
      const { candidates, strength } = await propose({ ...request, limit: LEAST_CANDIDATES });
      const results = await readCandidates(candidates, request.limit * 2, asker);
      const passages = results.flatMap(result => result.passages).sort((a, b) => b.score - a.score);
      return { passages: passages.slice(0, request.limit), strength };
    },
  };
}

function resultOf(passages: ScoredPassage[], score: number): SearchResult {
  const { passageId: _, versionId: __, heading: ___, locator: ____, text: _____, ...resource } = passages[0]!;
  return { ...resource, score, passages };
}

function acceptOf({ filters = {}, exclude = [] }: SearchRequest): (resource: IndexedResource) => boolean {
  const { language, stage, subject, type } = filters;
  const left = new Set(exclude);
  return resource =>
    (language === undefined ||
      resource.language === language ||
      resource.language.startsWith(`${language}-`)) &&
    (stage === undefined || resource.stage === stage) &&
    (subject === undefined || resource.subject === subject) &&
    (type === undefined || resource.type === type) &&
    !left.has(resource.id);
}

function wishesMet(resource: IndexedResource | undefined, prefer: SearchRequest['prefer']): number {
  if (!resource || !prefer) return 0;
  const language = prefer.language !== undefined && familyOf(prefer.language) === familyOf(resource.language);
  const stage = prefer.stage !== undefined && prefer.stage === resource.stage;
  return Number(language) + Number(stage);
}
