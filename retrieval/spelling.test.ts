import { beforeAll, describe, expect, it } from 'vitest';
import { createAnalyser } from './analysis.ts';
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts';
import { RANKING_WEIGHTS } from './ranking-weights.ts';

const TEXTS = {
  cell: 'Mitochondria release the energy of sugar in every cell.',
  plant: 'Chlorophyll absorbs light in the leaves.',
  law: 'Acceleration is force divided by mass.',
  form: 'The form of a sonnet has fourteen lines.',
  from: 'Letters from the front.',
};

let index: LexicalIndex;
let strict: LexicalIndex;
beforeAll(async () => {
  const analyser = await createAnalyser();
  const parts = { analyser, translate: () => [] };
  index = createLexicalIndex(parts);
  let id = 0;
  for (const [name, text] of Object.entries(TEXTS)) {
    const group = ++id;
    const resource = {
      id: name,
      versionId: '1',
      language: 'en',
      stage: null,
      subject: null,
      type: null,
      group,
    };
    const passages = [{ id, heading: [], text }];
    await index.add(resource, { title: '', description: null, passageCount: 1, passages });
  }
  const weights = { ...RANKING_WEIGHTS, misspelt: 0 };
  strict = createLexicalIndex({ ...parts, weights }, await index.exportContent());
});
const found = (query: string) => index.search(query, { limit: 5 }).hits.map(({ resource }) => resource.id);

describe('a misspelt word', () => {
  it.each([
    ['left out', 'mitochndria'],
    ['put in', 'mitochonndria'],
    ['changed', 'mitochondeia'],
    ['swapped', 'mitcohondria'],
    ['at the end', 'mitochondrie'],
  ])('stands for its neighbour: a letter %s', (_, word) => {
    expect(found(word)).toEqual(['cell']);
    expect(strict.search(word, { limit: 5 }).hits).toEqual([]);
  });

  it('is compared by its stem, like every word', () => {
    expect(found('acelerations')).toEqual(['law']);
  });

  it('is left alone when the library has it, when it is short, and when nothing is near', () => {
    expect(found('form')).toEqual(['form']);
    expect(found('sgar')).toEqual(['cell']);
    expect(found('csl')).toEqual([]);
    expect(found('qwertyuiop')).toEqual([]);
  });

  it('counts less than the word itself', () => {
    const score = (query: string) => index.search(query, { limit: 1 }).hits[0]!.score;
    expect(score('chlorphyll') / score('chlorophyll')).toBeCloseTo(RANKING_WEIGHTS.misspelt, 5);
  });
});
