import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ABLATIONS } from './ablations.ts';
import { openLibrary } from './open-library.ts';
import { readQuerySets, SAMPLE_LIBRARY, SAMPLE_QUERIES } from './query-sets.ts';
import { rankingSystems } from './ranking-systems.ts';

it('opens the sample library, and every system ranks it', async () => {
  const opened = await openLibrary(SAMPLE_LIBRARY);
  expect(opened.faults).toEqual([]);
  expect(opened.languages.size).toBe(160);
  expect(opened.passages).toBe(opened.index.statistics().passages);
  const systems = await rankingSystems(opened, ABLATIONS);
  expect(systems.map(({ id }) => id)).toEqual(['zhujiao', 'bm25', ...ABLATIONS.map(({ id }) => id)]);
  for (const { rank } of systems) {
    expect((await rank({ question: '勾股定理', targetLanguage: 'zh' }))[0]).toBe('zh/pythagoras');
    const english = await rank({ question: 'DNA 复制 replication', targetLanguage: 'en' });
    expect(english[0]).toBe('en/dna-replication');
    expect(english.filter(id => opened.languages.get(id) !== 'en')).toEqual([]);
  }
});

it('knows every resource that the questions of the samples name', async () => {
  const { languages } = await openLibrary(SAMPLE_LIBRARY);
  const sets = await readQuerySets(SAMPLE_QUERIES);
  const names = ['en', 'en2zh', 'zh', 'zh2en'].flatMap(name => [`${name}.held-out`, name]);
  expect(sets.map(({ name }) => name)).toEqual(names.map(name => `questions.${name}`));
  const named = sets.flatMap(({ cases }) => cases.flatMap(({ relevant }) => relevant));
  expect(named.filter(id => !languages.has(id))).toEqual([]);
});

it('names what it cannot read and takes the rest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zhujiao-eval-'));
  try {
    await writeFile(
      join(folder, 'some.jsonl'),
      `{"id": "a", "title": "Moon", "text": "The moon is far away."}\nnot json\n{"id": "b", "text": "no title"}\n`,
    );
    const { languages, faults } = await openLibrary([folder]);
    expect([...languages]).toEqual([['a', 'en']]);
    expect(faults.map(({ place }) => place.replace(folder, ''))).toEqual(['/some.jsonl:2', '/some.jsonl:3']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
