import { parseArgs } from 'node:util';
import { createAnalyser } from '../../retrieval/analysis.ts';
import { createLexicalIndex, type IndexedResource } from '../../retrieval/lexical-index.ts';
import { openDictionary } from '../../retrieval/translation/dictionary.ts';
import { createTranslator } from '../../retrieval/translation/translate.ts';
import { quantilesOf } from './latency.ts';
import { createSyntheticLibrary } from './synthetic-library.ts';

const HELP = `Builds the in-process BM25 index over synthetic libraries and measures it.

node --expose-gc --import tsx eval/scale/benchmark-lexical.ts [options]

  --resources N[,N...]  sizes of the libraries (default 3000,30000); 300000 have some 1,050,000 passages
  --queries N           queries per measurement (default 400), of 3 to 7 words, Chinese and English
  --limit N             resources found per query (default 60), with 3 passages each
  --seed N              of texts and queries (default 1)

Prints for every size the build rate, the memory, and the time and CPU of a query: with all resources
wanted, and with filters that let half, a twentieth and a two-hundredth of them through. CPU includes the
collector's threads.
`;

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '3000,30000' },
    queries: { type: 'string', default: '400' },
    limit: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit();
}

const seed = wholeNumber('seed');
const limit = wholeNumber('limit');
const queryCount = wholeNumber('queries');
const sizes = values.resources.split(',').map(Number);
if (!sizes.every(size => Number.isInteger(size) && size > 0))
  throw new Error(`--resources ${values.resources}: give whole numbers above 0, separated by commas.`);

// Two numbers a vector: only the texts are used.
const library = createSyntheticLibrary({ dimensions: 2, seed });
const analyser = await createAnalyser();
const translate = createTranslator(analyser, await openDictionary(analyser));
for (const size of sizes) {
  const index = await build(size);
  const queries = Array.from({ length: queryCount }, (_, n) => library.query(n, size).text);
  const terms = quantilesOf(queries.map(query => analyser.terms(query).length));
  console.log(`  ${queryCount} queries of ${terms.p50} terms (median); limit ${limit}`);
  measure('all', index, queries);
  measure('higher', index, queries, ({ stage }) => stage === 'higher');
  measure('vocational', index, queries, ({ stage }) => stage === 'vocational');
  measure('trainings', index, queries, ({ type }) => type === 'training');
}

/** An index of the first `size` resources, with what building it took. */
async function build(size: number) {
  const index = createLexicalIndex({ analyser, translate });
  let passageId = 0;
  let making = 0;
  let makingCpu = 0;
  let longest = 0;
  let turned = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - turned);
    turned = performance.now();
  });
  const started = performance.now();
  const cpu = process.cpuUsage();
  for (let n = 0; n < size; n++) {
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    const { input, passages: texts } = library.resource(n);
    const cpuMade = process.cpuUsage(cpuBefore);
    making += performance.now() - before;
    makingCpu += (cpuMade.user + cpuMade.system) / 1000;
    const passages = texts.map(({ heading, text }) => ({ id: ++passageId, heading, text }));
    const { title, description = null } = input;
    await index.add(rowOf(input), { title, description, passageCount: passages.length, passages });
    if (n % 1000 === 999 && process.stderr.isTTY) process.stderr.write(`\r${n + 1} of ${size} resources`);
  }
  await index.tidy();
  clearInterval(watch);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const seconds = (performance.now() - started - making) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { postings, terms, segments } = index.statistics();
  globalThis.gc?.();
  const { arrayBuffers, rss, heapUsed } = process.memoryUsage();
  console.log(
    `${size} resources, ${passageId} passages, ${postings} postings, ${terms} terms in ${segments} segments`,
  );
  console.log(
    `  built in ${seconds.toFixed(1)} s: ${Math.round(passageId / seconds)} passages a second, ` +
      `${(((user + system) / 1000 - makingCpu) / passageId).toFixed(3)} ms CPU each; longest wait for the event loop ${longest.toFixed(1)} ms`,
  );
  console.log(
    `  ${mb(arrayBuffers)} of arrays (${(arrayBuffers / postings).toFixed(2)} bytes a posting), heap ${mb(heapUsed)}, resident ${mb(rss)}`,
  );
  return index;
}

function rowOf(input: ReturnType<typeof library.resource>['input']): IndexedResource {
  const { id, language, stage = null, subject = null, type = null } = input;
  return { id, versionId: id, language, stage, subject, type, group: 0 };
}

function measure(
  name: string,
  index: Awaited<ReturnType<typeof build>>,
  queries: string[],
  accept?: (resource: IndexedResource) => boolean,
): void {
  const options = { limit, passages: 3, ...(accept && { accept }) };
  for (const query of queries.slice(0, 50)) index.search(query, options);
  const times: number[] = [];
  let found = 0;
  const cpu = process.cpuUsage();
  for (const query of queries) {
    const started = performance.now();
    found += index.search(query, options).hits.length;
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(cpu);
  const { p50, p95, p99 } = quantilesOf(times);
  console.log(
    `  ${name.padEnd(14)} p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}  p99 ${p99.toFixed(2)} ms, ` +
      `CPU ${((user + system) / 1000 / queries.length).toFixed(2)} ms a query, ${(found / queries.length).toFixed(1)} found`,
  );
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function wholeNumber(name: 'seed' | 'limit' | 'queries'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} ${values[name]}: give a whole number above 0.`);
  return value;
}
