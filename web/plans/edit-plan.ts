import type { Plan, PlanEdit, PlanItem, PlanReply, PlanSection } from '../api/types.ts';

/** A plan on the desk: its title and sections as the teacher has them now, and what they are changes of. */
export interface PlanDesk {
  /** The version that is being edited; a draft of another version is not taken up again. */
  version: number;
  title: string;
  sections: PlanSection[];
  note: string;
}

/** Under which name the changes of a plan's newest version are kept until they are saved or discarded. */
export function deskKey({ id, versions }: Pick<PlanReply, 'id' | 'versions'>): string {
  return `edit.${id}.${versions.at(-1)?.number ?? 1}`;
}

export function isPlanDesk(value: unknown): value is PlanDesk {
  const desk = value as PlanDesk | null;
  return typeof desk?.version === 'number' && typeof desk.title === 'string' && Array.isArray(desk.sections);
}

/** What a changed text becomes: the teacher's own, with its sources kept for the reader to compare. */
export function withText(item: PlanItem, text: string): PlanItem {
  return text === item.text ? item : { ...item, text, origin: 'teacher' };
}

/** The desk with one section changed. */
export function withSection(desk: PlanDesk, key: PlanSection['key'], change: Partial<PlanSection>): PlanDesk {
  return {
    ...desk,
    sections: desk.sections.map(section => (section.key === key ? { ...section, ...change } : section)),
  };
}

/** Only what differs from the plan is sent; empty statements are dropped. Undefined when nothing differs. */
export function editOf(plan: Plan, desk: PlanDesk): PlanEdit | undefined {
  const sections = desk.sections
    .map(section => ({ ...section, items: section.items.filter(({ text }) => text.trim() !== '') }))
    .map(section => (section.items.length > 0 ? { ...section, notice: null } : section))
    .filter(section => {
      const before = plan.sections.find(({ key }) => key === section.key);
      return !before || section.minutes !== before.minutes || !sameItems(section.items, before.items);
    });
  const title = desk.title.trim();
  const renamed = title !== '' && title !== plan.title;
  if (sections.length === 0 && !renamed) return undefined;
  return { sections, note: desk.note.trim(), ...(renamed && { title }) };
}

function sameItems(a: PlanItem[], b: PlanItem[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
