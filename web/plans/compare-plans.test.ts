import { describe, expect, it } from 'vitest';
import type { Plan, PlanItem } from '../api/types.ts';
import { comparePlans, type Stretch } from './compare-plans.ts';

const item = (text: string): PlanItem => ({ text, citations: [], origin: 'teacher' });
const planOf = (title: string, texts: string[], minutes = 5, language: 'zh' | 'en' = 'en') =>
  ({
    title,
    language,
    sections: [
      { key: 'outcomes', minutes: null, items: [item('Stays.')] },
      { key: 'starter', minutes, items: texts.map(item) },
    ],
  }) as unknown as Plan;
const marked = (stretches: Stretch[]) =>
  stretches.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `{+${text}+}` })[kind]).join('');

describe('two versions of a plan', () => {
  it('do not differ where they are equal', () => {
    const plan = planOf('Leaves', ['One.', 'Two.']);
    expect(comparePlans(plan, structuredClone(plan))).toEqual({ title: null, sections: [] });
  });

  it('are compared item by item, with the words that changed', () => {
    const before = planOf('Leaves', ['Plants need light.', 'Old line.', 'Last.']);
    const after = planOf('Green leaves', ['Plants need light and water.', 'Last.', 'Added here.'], 8);
    const { title, sections } = comparePlans(before, after);
    expect(marked(title!)).toBe('[-Leaves-]{+Green leaves+}');
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({ key: 'starter', minutes: { before: 5, after: 8 } });
    expect(sections[0]!.items.map(({ kind }) => kind)).toEqual(['changed', 'gone', 'same', 'new']);
    expect(marked(sections[0]!.items[0]!.stretches)).toBe('Plants need light{+ and water+}.');
  });

  it('know the words of Chinese', () => {
    const before = planOf('叶', ['植物需要阳光才能生长。'], 5, 'zh');
    const after = planOf('叶', ['植物需要水分才能生长。'], 5, 'zh');
    const [section] = comparePlans(before, after).sections;
    expect(marked(section!.items[0]!.stretches)).toBe('植物需要[-阳光-]{+水分+}才能生长。');
  });

  it('show an item that only moved as gone from one place and new at another', () => {
    const [section] = comparePlans(
      planOf('x', ['A b c.', 'D e f.']),
      planOf('x', ['D e f.', 'A b c.']),
    ).sections;
    expect(section!.items.map(({ kind }) => kind).sort()).toEqual(['gone', 'new', 'same']);
  });
});
