import { describe, expect, it } from 'vitest';
import type { Plan, PlanSection } from '../api/types.ts';
import { editOf, isPlanDesk, type PlanDesk, withSection, withText } from './edit-plan.ts';

const cited = { text: 'Light is needed.', citations: [1], origin: 'library' as const };
const outcomes: PlanSection = { key: 'outcomes', minutes: null, items: [cited] };
const homework: PlanSection = { key: 'homework', minutes: 5, items: [], notice: 'The library has nothing.' };
const plan = { title: 'Photosynthesis', sections: [outcomes, homework] } as unknown as Plan;
const desk: PlanDesk = { version: 1, title: plan.title, sections: plan.sections, note: '' };

describe('a plan on the desk', () => {
  it('sends nothing while nothing differs', () => {
    expect(editOf(plan, desk)).toBeUndefined();
    expect(editOf(plan, { ...desk, note: 'only a note' })).toBeUndefined();
    const blank = { text: '  ', citations: [], origin: 'teacher' as const };
    expect(editOf(plan, withSection(desk, 'homework', { items: [blank] }))).toBeUndefined();
  });

  it('sends only the sections that differ, with the note', () => {
    const changed = withSection(desk, 'outcomes', {
      items: [withText(cited, 'Light and water are needed.')],
    });
    expect(editOf(plan, { ...changed, note: ' more precise ' })).toEqual({
      note: 'more precise',
      sections: [
        {
          ...outcomes,
          notice: null,
          items: [{ text: 'Light and water are needed.', citations: [1], origin: 'teacher' }],
        },
      ],
    });
  });

  it('takes back the notice of a section that is filled, keeps it where it stays empty', () => {
    const line = { text: 'Read page 4.', citations: [], origin: 'teacher' as const };
    expect(editOf(plan, withSection(desk, 'homework', { items: [line] }))?.sections).toEqual([
      { ...homework, items: [line], notice: null },
    ]);
    expect(editOf(plan, withSection(desk, 'homework', { minutes: 10 }))?.sections).toEqual([
      { ...homework, minutes: 10 },
    ]);
  });

  it('renames, but never to nothing', () => {
    expect(editOf(plan, { ...desk, title: 'Leaves' })).toEqual({ sections: [], note: '', title: 'Leaves' });
    expect(editOf(plan, { ...desk, title: ' ' })).toBeUndefined();
  });

  it('leaves an item alone whose text is what it was', () => {
    expect(withText(cited, cited.text)).toBe(cited);
  });

  it('takes up only what is a desk', () => {
    expect(isPlanDesk(structuredClone(desk))).toBe(true);
    for (const other of [null, 'x', {}, { version: 1, title: 'x' }, { ...desk, sections: 'x' }]) {
      expect(isPlanDesk(other)).toBe(false);
    }
  });
});
