import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NearestFilters } from '../library/nearest-passages.ts';
import { fits } from './filters.ts';
import type { IndexedResource } from './lexical-index.ts';
import { createPassageDirectory, idsOf } from './passage-directory.ts';

const resourceOf = (id: string, stage: string | null, language: string): IndexedResource => ({
  id,
  versionId: '1',
  language,
  stage,
  subject: null,
  type: null,
  group: 0,
});

/** What happens to a library: a resource gets a new version with so many passages, or goes. */
const events = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    stage: fc.constantFrom(null, 'primary', 'senior'),
    language: fc.constantFrom('zh', 'zh-Hant', 'en'),
    passages: fc.integer({ min: -1, max: 30 }),
    gap: fc.integer({ min: 1, max: 400 }),
  }),
  { maxLength: 30 },
);
const FILTERS: NearestFilters[] = [
  {},
  { stage: 'senior' },
  { language: 'zh' },
  { stage: 'primary', language: 'en' },
  { resourceIds: ['b', 'd', 'unknown'] },
  { stage: 'senior', resourceIds: ['a', 'b'] },
];

describe('the passage directory', () => {
  it('knows what fits a filter at any time, and the same after it was saved and loaded', () => {
    fc.assert(
      fc.property(events, list => {
        const directory = createPassageDirectory();
        const truth = new Map<string, { resource: IndexedResource; ids: number[] }>();
        let next = 0;
        for (const { id, stage, language, passages, gap } of list) {
          const resource = resourceOf(id, stage, language);
          const ids = Array.from({ length: Math.max(0, passages) }, () => (next += gap));
          if (passages < 0) {
            directory.remove(id);
            truth.delete(id);
          } else {
            directory.add(resource, ids);
            truth.set(id, { resource, ids });
          }
          // Asked from the start, so that what is remembered has to follow.
          for (const filters of FILTERS) expectFitting(directory, filters);
        }
        const find = (id: string) => truth.get(id)?.resource;
        const loaded = createPassageDirectory(directory.content(), find);
        for (const filters of FILTERS) expectFitting(loaded, filters);
        loaded.remove('a');
        truth.delete('a');
        for (const filters of FILTERS) expectFitting(loaded, filters);

        function expectFitting(asked: typeof directory, filters: NearestFilters) {
          const expected = [...truth.values()]
            .filter(({ resource }) => fits(resource, filters))
            .flatMap(({ resource, ids }) => ids.map(id => ({ id, owner: resource.id })))
            .sort((a, b) => a.id - b.id);
          const fitting = asked.fitting(filters);
          expect(fitting.count).toBe(expected.length);
          if (filters === FILTERS[0]) expect(asked.size()).toBe(expected.length);
          expect(idsOf(fitting)).toEqual(expected.map(({ id }) => id));
          for (const { id, owner } of expected) expect(asked.ownerOf(id)).toBe(owner);
        }
      }),
    );
  });
});
