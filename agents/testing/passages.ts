import type { PassageResult, ScoredPassage } from '../../retrieval/search.ts';

let next = 1;

/** A passage as retrieval finds it, for tests; ids count up. */
export function foundPassage(over: Partial<ScoredPassage> & Pick<ScoredPassage, 'text'>): ScoredPassage {
  const id = `${next++}`;
  return {
    passageId: id,
    versionId: `v${id}`,
    resourceId: `r${id}`,
    title: 'Untitled',
    description: null,
    language: 'zh',
    stage: null,
    subject: null,
    grade: null,
    type: null,
    provider: null,
    minutes: null,
    url: null,
    teaches: [],
    prerequisites: [],
    heading: [],
    locator: null,
    score: 1,
    ...over,
  };
}

export function passageResult(passages: ScoredPassage[]): PassageResult {
  return { passages, strength: passages.length > 0 ? 0.8 : 0 };
}
