import type { SectionKey } from '../../library/lesson-plan.ts';
import type { TextTools } from '../text-tools.ts';
import { readingCost } from './best-clauses.ts';
import { linesOf } from './quotable-spans.ts';
import { type ReadPassage, rankSentences } from './rank-sentences.ts';
import { SECTION_RULES, type SectionRule } from './section-rules.ts';

/** One extracted item: a verbatim stretch, or the heading, of passage `n`. */
export interface PickedItem {
  text: string;
  passages: number[];
}

/** An item longer than 160 Han or 400 Latin characters is a page, not an item. */
const LONGEST_ITEM = 160;
const SHORTEST_ITEM = 4;

/**
 * At most `max` items for a section of a lesson plan on `topic`, best first: what stands under a fitting heading, then
 * fitting sentences, in each case nearest to the topic first. Nothing is taken that only happens to be there.
 */
export function pickItems(
  section: { key: SectionKey; topic: string; max: number },
  passages: ReadPassage[],
  tools: TextTools,
): PickedItem[] {
  const rule = SECTION_RULES[section.key];
  if (rule.unit === 'heading') return pickHeadings(passages, rule, section.max);
  const units = { ...tools, splitSentences: rule.unit === 'line' ? linesOf : tools.splitSentences };
  const ranked = rankSentences(section.topic, passages, units).flatMap(({ passage, span, score }) => {
    const fit = fitOf(rule, passage, span.text);
    return fit > 0 && isItem(span.text) ? [{ n: passage.n, text: span.text, order: fit * 100 + score }] : [];
  });
  const chosen = new Map<string, number>();
  for (const { n, text } of ranked.sort((a, b) => b.order - a.order)) {
    if (chosen.size < section.max && !chosen.has(text)) chosen.set(text, n);
  }
  return [...chosen].map(([text, n]) => ({ text, passages: [n] }));
}

function pickHeadings(passages: ReadPassage[], rule: SectionRule, max: number): PickedItem[] {
  const chosen = new Map<string, number>();
  for (const passage of passages) {
    const heading = passage.heading.split(' > ').at(-1)?.trim() ?? '';
    if (heading === '' || rule.not?.test(heading) || chosen.has(heading) || chosen.size === max) continue;
    chosen.set(heading, passage.n);
  }
  return [...chosen].map(([text, n]) => ({ text, passages: [n] }));
}

/** 3 under a fitting heading, 2 for a fitting text, 1 for what is merely on the topic where that is enough, else 0. */
function fitOf(rule: SectionRule, passage: ReadPassage, text: string): number {
  if (rule.not?.test(text)) return 0;
  if (rule.heading?.test(passage.heading)) return 3;
  if (rule.text?.test(text)) return 2;
  return rule.anyOnTopic ? 1 : 0;
}

function isItem(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return (
    letters >= SHORTEST_ITEM && readingCost(text) <= LONGEST_ITEM && !/^#{1,6}\s|https?:\/\/|!\[/u.test(text)
  );
}
