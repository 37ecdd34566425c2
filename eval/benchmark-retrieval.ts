import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { makePayload, parsePayload } from '../ingestion/parse/parse-payload.ts';
import { splitPassages } from '../ingestion/split.ts';
import { embeddingText } from '../library/passages.ts';
import { createOfflineEmbedder } from '../models/offline-embedder.ts';
import { createQueryEmbedder } from '../models/query-embedder.ts';
import { type Analyser, createAnalyser } from '../retrieval/analysis.ts';
import { createFlatVectors } from '../retrieval/flat-vectors.ts';
import { indexedOf } from '../retrieval/index-sync.ts';
import { createLexicalIndex } from '../retrieval/lexical-index.ts';
import { proposeCandidates } from '../retrieval/propose-candidates.ts';
import { type LabelledCase, readCases } from './cases.ts';
import { meanScore, type RankingScore, scoreRanking } from './metrics.ts';

/*
 * Ranks labelled queries over a library of `.jsonl` files with the product's own parsing, analysis and ranking, without
 * a database: node --import tsx eval/benchmark-retrieval.ts LIBRARY_DIR QUERIES_DIR [--sample N] [--baseline bm25.json]
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, baseline: { type: 'string' } },
});
const [libraryDir, queriesDir] = positionals;
if (!libraryDir || !queriesDir) {
  throw new Error('Name the folder of the library and the folder of the queries.');
}

const analyser = await createAnalyser();
const found = await openLibrary(libraryDir, analyser);
const baseline: Record<string, { ndcg10: number; recall10: number }> = values.baseline
  ? JSON.parse(await readFile(values.baseline, 'utf8')).sets
  : {};
const rows: SetRow[] = [];
const times: number[] = [];
for (const file of (await jsonlFiles(queriesDir)).sort()) {
  const cases = sample(await readCases(file), Number(values.sample ?? Number.POSITIVE_INFINITY));
  const scores: RankingScore[] = [];
  for (const query of cases) {
    const started = performance.now();
    const ranked = await found.rank(query);
    times.push(performance.now() - started);
    scores.push(scoreRanking(ranked, query.grades));
  }
  const set = basename(file, '.jsonl');
  rows.push({ set, ...meanScore(scores), odd: meanScore(scores.filter((_, i) => i % 2 === 1)).ndcg10 });
  print(rows.at(-1)!);
}
printSummary();

interface SetRow extends RankingScore {
  set: string;
  n: number;
  /** nDCG@10 of the queries at odd positions, which no choice was made on. */
  odd: number;
}

/** Reads every resource into the index and the offline vectors, as ingestion and index would. */
async function openLibrary(dir: string, analyse: Analyser) {
  const started = performance.now();
  const index = createLexicalIndex(analyse);
  const embedder = createOfflineEmbedder(analyse.terms);
  const flat = createFlatVectors(embedder.space.dimensions);
  let passageId = 0;
  for (const file of (await jsonlFiles(dir)).sort()) {
    for (const line of (await readFile(file, 'utf8')).split('\n').filter(Boolean)) {
      const { input, sections } = parsePayload(makePayload({ format: 'manifest' }, line));
      const { title, description = null, language, stage = null, subject = null, type = null } = input;
      const passages = splitPassages(sections, language).map(passage => ({ ...passage, id: ++passageId }));
      const version = { title, description, language, stage, subject, type, passageCount: passages.length };
      const source = input.source ?? basename(file, '.jsonl');
      const resource = indexedOf({ ...version, source, resourceId: input.id, versionId: input.id });
      const vectors = await embedder.embed(passages.map(passage => embeddingText(title, passage)));
      flat.add(
        resource,
        vectors.map((vector, i) => ({ vector, passageId: passages[i]!.id })),
      );
      await index.add(resource, { ...version, passages });
    }
  }
  const { resources, postings, terms, segments } = index.statistics();
  console.log(
    `${resources} resources, ${passageId} passages, ${postings} postings, ${terms} terms in ${segments} segments; ` +
      `read in ${((performance.now() - started) / 1000).toFixed(1)} s, ` +
      `${Math.round(process.memoryUsage().arrayBuffers / 1e6)} MB of arrays`,
  );
  const vectorLeg = {
    search: async (
      vector: Float32Array,
      { limit, accept }: Parameters<Parameters<typeof proposeCandidates>[0]['vectorLeg']['search']>[1],
    ) => flat.search(vector, limit, accept),
    compare: flat.compare,
  };
  const onLostVector = (error: unknown) => {
    throw error;
  };
  const legs = { index, embedder: createQueryEmbedder(embedder), vectorLeg, onLostVector };
  return {
    async rank({ question, targetLanguage }: LabelledCase): Promise<string[]> {
      const filters = targetLanguage ? { language: targetLanguage } : {};
      const request = { query: question, filters };
      const { candidates } = await proposeCandidates(legs, request, 100);
      return candidates.slice(0, 100).map(({ resourceId }) => resourceId);
    },
  };
}

async function jsonlFiles(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter(name => name.endsWith('.jsonl')).map(name => join(dir, name));
}

/** The first `size` of the cases in a shuffled order that is the same every time (Fisher-Yates over a fixed sequence). */
function sample(cases: LabelledCase[], size: number): LabelledCase[] {
  if (cases.length <= size) return cases;
  const shuffled = [...cases];
  let state = 7;
  for (let i = shuffled.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (i + 1));
    [shuffled[i], shuffled[other]] = [shuffled[other]!, shuffled[i]!];
  }
  return shuffled.slice(0, size);
}

function print({ set, n, ndcg10, recall10, odd }: SetRow): void {
  const base = baseline[set];
  const beside = base
    ? `  BM25 ${base.ndcg10.toFixed(3)} ${base.recall10.toFixed(3)}  ratio ${(ndcg10 / base.ndcg10).toFixed(2)}`
    : '';
  console.log(
    `${set.padEnd(28)} ${String(n).padStart(5)}  nDCG@10 ${ndcg10.toFixed(3)} (odd ${odd.toFixed(3)})  recall@10 ${recall10.toFixed(3)}${beside}`,
  );
}

function printSummary(): void {
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const based = rows.filter(({ set }) => baseline[set]);
  if (based.length > 0) {
    const base = mean(based.map(({ set }) => baseline[set]!.ndcg10));
    const ratios = based.map(({ set, ndcg10 }) => ndcg10 / baseline[set]!.ndcg10);
    console.log(
      `mean nDCG@10 ${mean(based.map(({ ndcg10 }) => ndcg10)).toFixed(4)} (odd ${mean(based.map(({ odd }) => odd)).toFixed(4)}), ` +
        `BM25 ${base.toFixed(4)}: ratio of the means ${(mean(based.map(({ ndcg10 }) => ndcg10)) / base).toFixed(3)}, ` +
        `mean of the ratios ${mean(ratios).toFixed(3)}`,
    );
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1);
  console.log(`a query takes p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms`);
}
