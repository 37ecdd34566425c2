import { expect, it } from 'vitest';
import { textKey } from '../retrieval/term-key.ts';
import { createOfflineEmbedder } from './offline-embedder.ts';

const embedder = createOfflineEmbedder(text =>
  text.split(' ').map(word => ({ key: textKey(word, 1), kind: 'p', text: word, count: 1 })),
);
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

it('puts texts with common words near each other, and gives each unit length', async () => {
  const [leaf, leaves, court] = await embedder.embed([
    'green plants make sugar from light and water',
    'light lets green plants turn water into sugar',
    'the court heard an appeal about taxes',
  ]);
  expect(cosine(leaf!, leaf!)).toBeCloseTo(1, 5);
  expect(cosine(leaf!, leaves!)).toBeGreaterThan(cosine(leaf!, court!) + 0.3);
});

it('gives the same vector for the same text, and zeros for none', async () => {
  const [once] = await embedder.embed(['one two two']);
  const [again] = await embedder.embed(['one two two']);
  expect(again).toEqual(once);
  const silent = createOfflineEmbedder(() => []);
  expect((await silent.embed(['']))[0]).toEqual(new Float32Array(256));
});
