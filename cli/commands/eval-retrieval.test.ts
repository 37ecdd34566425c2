import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runZhujiao, startZhujiao } from '../../test/zhujiao-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhujiao-report-'));
afterAll(() => rm(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const read = (name: string) => readFile(file(name), 'utf8');

it('ranks the samples without a database and writes report, picture and scores', async () => {
  const printed = await runZhujiao([
    ...['eval', 'retrieval', '--json', '--out', file('report.html')],
    ...['--picture', file('plot.svg'), '--results', file('scores.json')],
  ]);
  const summary = JSON.parse(printed);
  expect(summary.library.resources).toBe(160);
  expect(summary.sets.map((set: { name: string }) => set.name)).toContain('questions.zh2en');
  expect(summary.groups.within.system.value).toBeGreaterThan(0.88);
  expect(summary.groups.across.system.value).toBeGreaterThan(0.8);
  // What plain BM25 cannot: it finds only what shares a word.
  expect(summary.groups.across.difference.low).toBeGreaterThan(0.3);

  const { sets } = JSON.parse(await read('scores.json'));
  const english = sets.find((set: { name: string }) => set.name === 'questions.en');
  expect(english.ids).toContain('en-q01');
  const mean =
    english.ndcg10.zhujiao.reduce((sum: number, score: number) => sum + score, 0) / english.ids.length;
  const reported = summary.sets.find((set: { name: string }) => set.name === 'questions.en');
  expect(reported.ndcg10.system.value).toBeCloseTo(mean, 12);

  expect(await read('report.html')).toContain(
    `<p class="number">${summary.groups.within.ratio.value.toFixed(2)}×</p>`,
  );
  expect(await read('plot.svg')).toMatch(/^<svg /);
}, 120_000);

it('says what is wrong with its flags', async () => {
  const told = async (...flags: string[]) => {
    const { code, stderr } = await startZhujiao(['eval', ...flags]).ended;
    return [code, stderr.trim()];
  };
  expect(await told('retrieval', '--library', folder)).toEqual([
    1,
    '--library and --queries belong together: name both or neither.',
  ]);
  expect(await told('retrieval', '--json', 'out.json')).toEqual([
    1,
    '"out.json" is not expected. --results FILE keeps the scores.',
  ]);
  expect(await told('--limit', '3', 'answers')).toEqual([1, 'Name the suite first: zhujiao eval answers …']);
}, 120_000);
