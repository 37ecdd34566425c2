import { setImmediate } from 'node:timers/promises';
import type { NearPassage } from '../library/nearest-passages.ts';
import type { QueryEmbedder } from '../models/query-embedder.ts';
import { fits } from './filters.ts';
import { type Candidate, fuse, knowsOnlyWords } from './fusion.ts';
import { familyOf } from './language.ts';
import type { IndexedResource, LexicalIndex, LexicalRanking } from './lexical-index.ts';
import { RANKING_WEIGHTS, type RankingWeights } from './ranking-weights.ts';
import type { SearchRequest } from './search-request.ts';
import type { VectorLeg } from './vector-leg.ts';

/** Passages kept of each resource. */
const PASSAGES = 3;
/** Where resources are named one by one, few of them must be able to fill a list alone. */
const PASSAGES_OF_NAMED = 24;
/** A soft wish is worth this share of the best score: it decides between near equals, not against relevance. */
const WISH = 0.05;

/** What both legs found, before the rows are looked at. */
export interface Proposal {
  /** Best first. */
  candidates: Candidate[];
  /** Best lexical score as a share of what a perfect text would score; 0 to 1. */
  strength: number;
  /** Whether a larger `limit` could bring more. */
  isCut: boolean;
}

/** What proposes candidates. The embedder is that of the leg's space; `weights` are others in an evaluation. */
export interface Legs {
  index: LexicalIndex;
  embedder: QueryEmbedder;
  vectorLeg: VectorLeg;
  /** Told why a query got no vector: words alone decide then. */
  onLostVector: (error: unknown) => void;
  weights?: RankingWeights;
}

/** Up to `limit` resources of each leg, fused, with what the asker wishes for moved up. */
export async function proposeCandidates(
  { index, embedder, vectorLeg, onLostVector, weights = RANKING_WEIGHTS }: Legs,
  request: Omit<SearchRequest, 'limit'>,
  limit: number,
): Promise<Proposal> {
  const { query, filters = {}, exclude = [], prefer } = request;
  const passages = filters.resourceIds ? PASSAGES_OF_NAMED : PASSAGES;
  const findWords = () =>
    index.search(query, {
      ...{ limit, passages, filters, exclude },
      ...(filters.language && { families: [familyOf(filters.language)] }),
    });
  const embedding = embedder.embedQuery(query).catch((error: unknown) => {
    onLostVector(error);
    return null;
  });
  const { lexical, near } = await (vectorLeg.compare && knowsOnlyWords(embedder.space)
    ? compareFound(findWords(), await embedding, vectorLeg.compare)
    : searchBoth(findWords, embedding, vector =>
        vectorLeg.search(vector, { limit, filters, accept: acceptOf(request) }),
      ));
  const excluded = new Set(exclude);
  const wanted = near.filter(({ resourceId }) => !excluded.has(resourceId));
  const candidates = fuse(lexical.hits, wanted, { space: embedder.space, weights, passages });
  for (const candidate of candidates) {
    candidate.score += WISH * wishesMet(index.find(candidate.resourceId), prefer);
  }
  const best = lexical.hits[0]?.score ?? 0;
  return {
    candidates: candidates.sort((a, b) => b.score - a.score),
    strength: lexical.ceiling > 0 ? best / lexical.ceiling : 0,
    isCut: lexical.hits.length === limit || near.length === limit,
  };
}

/** What the two legs found. */
interface Found {
  lexical: LexicalRanking;
  near: NearPassage[];
}

/** Vectors that know only words need not be searched: they are compared for what the words found. */
function compareFound(
  lexical: LexicalRanking,
  vector: Float32Array | null,
  compare: NonNullable<VectorLeg['compare']>,
): Found {
  const ids = lexical.hits.map(({ resource }) => resource.id);
  return { lexical, near: vector ? compare(vector, ids) : [] };
}

/** The words are looked up while the database (or, before it, the model) is at work on the vectors. */
async function searchBoth(
  findWords: () => LexicalRanking,
  embedding: Promise<Float32Array | null>,
  findNear: (vector: Float32Array) => Promise<NearPassage[]>,
): Promise<Found> {
  const [near, lexical] = await Promise.all([
    embedding.then(vector => (vector ? findNear(vector) : [])),
    // In a turn of its own: the query to the database has been sent by then.
    setImmediate().then(findWords),
  ]);
  return { lexical, near };
}

function acceptOf({
  filters = {},
  exclude = [],
}: Pick<SearchRequest, 'filters' | 'exclude'>): (resource: IndexedResource) => boolean {
  const left = new Set(exclude);
  return resource => fits(resource, filters) && !left.has(resource.id);
}

function wishesMet(resource: IndexedResource | undefined, prefer: SearchRequest['prefer']): number {
  if (!resource || !prefer) return 0;
  const language = prefer.language !== undefined && familyOf(prefer.language) === familyOf(resource.language);
  const stage = prefer.stage !== undefined && prefer.stage === resource.stage;
  return Number(language) + Number(stage);
}
