import type { ServerFigures } from './benchmark-server.ts';
import type { Load, Quantiles } from './latency.ts';
import type { FilterResult } from './measure-vectors.ts';
import type { SearchesResult } from './search-process.ts';

/** Prints the figures as tables of Markdown. */
export function printReport(figures: ServerFigures): void {
  const { machine, load, sizes, firstStart, nextStart, curve, legs, searches, writing } = figures;
  const perSecond = (count: number, seconds: number) => `${Math.round(count / seconds)}/s`;
  print(
    `${load.resources} resources, ${load.passages} passages, ${figures.dimensions} dimensions; ${machine.cores} cores, ` +
      `${machine.memoryGB} GB, Postgres ${machine.postgres}, shared_buffers ${machine.sharedBuffers}`,
  );
  table(
    ['step', 'figure'],
    [
      ['load', `${load.seconds.toFixed(0)} s, ${perSecond(load.passages, load.seconds)} passages`],
      ['of which making the texts and vectors', `${load.generatorSeconds.toFixed(0)} s`],
      ['vector index', `${figures.vectorIndexSeconds.toFixed(0)} s`],
      ...Object.entries(sizes).map(([name, bytes]) => [`size: ${name}`, `${Math.round(bytes / 2 ** 20)} MB`]),
      ['first start, from the rows', startOf(firstStart)],
      ['next start, from the snapshot', startOf(nextStart)],
      ['memory at the end', `${figures.memoryAtTheEnd.now} MB (peak ${figures.memoryAtTheEnd.peak})`],
    ],
  );
  table(
    ['hnsw.ef_search', 'recall@10', ...LOAD],
    curve.map(point => [`${point.efSearch}`, point.recall10.toFixed(3), ...loadCells(point)]),
  );
  legTable('vector leg', legs);
  searchTables('searches', searches);
  searchTables(
    `searches while ${writing.resourcesPerMinute} resources a minute are written`,
    writing.searches,
  );
  legTable('vector leg after the writes', writing.legsAfter);
}

function startOf({ ready, memory }: ServerFigures['firstStart']): string {
  return `${ready.toFixed(1)} s, ${memory.now} MB (peak ${memory.peak})`;
}

const LOAD = ['p50 ms', 'p95', 'p99', 'node CPU ms', 'Postgres CPU ms'];

const quantileCells = ({ p50, p95, p99 }: Quantiles) => [p50, p95, p99].map(value => value.toFixed(2));
const loadCells = (load: Load) => [
  ...quantileCells(load),
  load.node.toFixed(2),
  load.postgres?.toFixed(2) ?? 'unknown',
];

function legTable(name: string, legs: FilterResult[]): void {
  table(
    [name, 'share', 'recall@10', 'too few', ...LOAD],
    legs.map(leg => [
      leg.filter,
      `${(leg.share * 100).toFixed(2)}%`,
      leg.recall10.toFixed(3),
      `${leg.incomplete}`,
      ...loadCells(leg),
    ]),
  );
}

function searchTables(name: string, { oneClient, parts, openLoop, filtered }: SearchesResult): void {
  table(
    [name, ...LOAD],
    [
      ['one client', ...loadCells(oneClient)],
      ...Object.entries(parts).map(([part, quantiles]) => [
        `of it: ${part}`,
        ...quantileCells(quantiles),
        '',
        '',
      ]),
      ['open loop', ...loadCells(openLoop)],
      ...filtered.map(({ filter, load }) => [filter, ...loadCells(load)]),
    ],
  );
}

export function table(head: string[], rows: string[][]): void {
  print('');
  for (const cells of [head, head.map(() => '---'), ...rows]) print(`| ${cells.join(' | ')} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
