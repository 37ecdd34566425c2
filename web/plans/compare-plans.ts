import type { Plan, PlanItem, PlanSection, SectionKey } from '../api/types.ts';

/** A stretch of a text that both versions have, or only the older, or only the newer. */
export interface Stretch {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** What became of one item: a changed one has the stretches of both texts in order. */
export interface ItemChange {
  kind: 'same' | 'gone' | 'new' | 'changed';
  stretches: Stretch[];
}

export interface SectionChange {
  key: SectionKey;
  minutes: { before: number | null; after: number | null } | null;
  items: ItemChange[];
}

export interface PlanChange {
  title: Stretch[] | null;
  /** Only those that differ. */
  sections: SectionChange[];
}

/** Two texts are one that was changed if they share at least this part of their words. */
const ALIKE = 0.4;

/** What differs between two versions, item by item, in the order of the newer one. */
export function comparePlans(before: Plan, after: Plan): PlanChange {
  const segment = segmenterOf(after.language);
  const sections = after.sections.flatMap(section => {
    const old = before.sections.find(({ key }) => key === section.key);
    const change = compareSections(old, section, segment);
    return change ? [change] : [];
  });
  return {
    title: before.title === after.title ? null : compareTexts(before.title, after.title, segment),
    sections,
  };
}

type Segment = (text: string) => string[];

/** Words as the language has them: Chinese without spaces, too. */
function segmenterOf(language: string): Segment {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return text => [...segmenter.segment(text)].map(({ segment }) => segment);
}

function compareSections(
  before: PlanSection | undefined,
  after: PlanSection,
  segment: Segment,
): SectionChange | null {
  const items = compareItems(before?.items ?? [], after.items, segment);
  const minutes = { before: before?.minutes ?? null, after: after.minutes };
  const retimed = minutes.before !== minutes.after;
  if (!retimed && items.every(({ kind }) => kind === 'same')) return null;
  return { key: after.key, minutes: retimed ? minutes : null, items };
}

function compareItems(before: PlanItem[], after: PlanItem[], segment: Segment): ItemChange[] {
  const texts = (items: PlanItem[]) => items.map(({ text }) => text);
  const changes: ItemChange[] = [];
  let gone: string[] = [];
  let fresh: string[] = [];
  // What went and what came between two items that stayed are taken as changes of each other where they are alike.
  const flush = () => {
    for (const text of fresh) {
      const at = gone.findIndex(old => likeness(old, text, segment) >= ALIKE);
      if (at === -1) changes.push({ kind: 'new', stretches: [{ kind: 'new', text }] });
      else {
        for (const old of gone.splice(0, at)) changes.push(goneItem(old));
        changes.push({ kind: 'changed', stretches: compareTexts(gone.shift()!, text, segment) });
      }
    }
    changes.push(...gone.map(goneItem));
    gone = [];
    fresh = [];
  };
  for (const { kind, value } of compareLists(texts(before), texts(after))) {
    if (kind === 'gone') gone.push(value);
    else if (kind === 'new') fresh.push(value);
    else {
      flush();
      changes.push({ kind: 'same', stretches: [{ kind: 'same', text: value }] });
    }
  }
  flush();
  return changes;
}

const goneItem = (text: string): ItemChange => ({ kind: 'gone', stretches: [{ kind: 'gone', text }] });

function likeness(a: string, b: string, segment: Segment): number {
  const words = (text: string) => segment(text).filter(word => /[\p{L}\p{N}]/u.test(word));
  const [first, second] = [words(a), words(b)];
  const same = compareLists(first, second).filter(({ kind }) => kind === 'same').length;
  return (2 * same) / Math.max(1, first.length + second.length);
}

/** Both texts as one, word by word; neighbouring words of a kind are one stretch. */
export function compareTexts(before: string, after: string, segment: Segment): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { kind, value } of compareLists(segment(before), segment(after))) {
    const last = stretches.at(-1);
    if (last?.kind === kind) last.text += value;
    else stretches.push({ kind, text: value });
  }
  return stretches;
}

/** A longest common subsequence of two lists, with what is only in one of them; of a change, what went comes first. */
function compareLists(a: string[], b: string[]): { kind: Stretch['kind']; value: string }[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const result: { kind: Stretch['kind']; value: string }[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push({ kind: 'same', value: a[i]! });
      i++;
      j++;
    } else if (j === b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      result.push({ kind: 'gone', value: a[i++]! });
    } else {
      result.push({ kind: 'new', value: b[j++]! });
    }
  }
  return result;
}
