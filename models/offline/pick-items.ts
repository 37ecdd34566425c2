import type { SectionKey } from '../../library/lesson-plan.ts';
import type { TextTools } from '../text-tools.ts';
import { readingCost } from './best-clauses.ts';
import { linesOf } from './quotable-spans.ts';
import { type ReadPassage, rankSentences } from './rank-sentences.ts';
import { SECTION_RULES, type SectionRule } from './section-rules.ts';

/** One extracted item: a verbatim stretch of passage `n`, its heading, or a fact that came with it. */
export interface PickedItem {
  text: string;
  passages: number[];
}

export interface SectionAsked {
  key: SectionKey;
  topic: string;
  max: number;
  /** What the resources say of themselves (what they teach, what they ask for), each with the number of a passage. */
  facts: { n: number; text: string }[];
}

/** An item longer than 160 Han or 400 Latin characters is a page, not an item. */
const LONGEST_ITEM = 160;
const SHORTEST_ITEM = 4;
/** A passage on the topic opens with what it is about, but not in three words. */
const SHORTEST_OPENING = 15;

/**
 * At most `max` items for a section of a lesson plan. First what the resources say of themselves; then what stands under
 * a fitting heading, fitting sentences, sentences on the topic, chosen by nearness to it and given in the order of the
 * passages. Nothing is taken that only happens to be there.
 */
export function pickItems(section: SectionAsked, passages: ReadPassage[], tools: TextTools): PickedItem[] {
  const rule = SECTION_RULES[section.key];
  const picked = new Map(section.facts.slice(0, section.max).map(({ n, text }) => [text, n]));
  const room = section.max - picked.size;
  const more = rule.unit === 'heading' ? headingsOf(passages, rule) : textsOf(section, passages, tools);
  for (const { n, text } of more.filter(each => !picked.has(each.text)).slice(0, room)) picked.set(text, n);
  return [...picked].map(([text, n]) => ({ text, passages: [n] }));
}

function headingsOf(passages: ReadPassage[], rule: SectionRule): { n: number; text: string }[] {
  const found = new Map<string, number>();
  for (const { n, heading } of passages) {
    const own = heading.split(' > ').at(-1)?.trim() ?? '';
    if (own !== '' && !rule.not?.test(own) && !found.has(own)) found.set(own, n);
  }
  return [...found].map(([text, n]) => ({ text, n }));
}

function textsOf({ key, topic, max }: SectionAsked, passages: ReadPassage[], tools: TextTools) {
  const rule = SECTION_RULES[key];
  const units = { ...tools, splitSentences: rule.unit === 'line' ? linesOf : tools.splitSentences };
  const asked = new Set(tools.analyse(topic));
  const found = new Map<string, { n: number; text: string; start: number; rank: number }>();
  for (const { passage, span, score } of rankSentences(topic, passages, units)) {
    const text = span.text.replace(/[；;：:，,]$/u, '');
    const opens = span.start === 0 && readingCost(text) >= SHORTEST_OPENING;
    const onTopic = opens || tools.analyse(text).some(term => asked.has(term));
    const fit = fitOf(rule, passage, { text, onTopic });
    if (fit === 0 || !isItem(text) || found.has(text)) continue;
    found.set(text, { n: passage.n, text, start: span.start, rank: fit * 100 + score });
  }
  const order = new Map(passages.map(({ n }, i) => [n, i]));
  return [...found.values()]
    .sort((a, b) => b.rank - a.rank)
    .slice(0, max)
    .sort((a, b) => order.get(a.n)! - order.get(b.n)! || a.start - b.start);
}

/** 3 under a fitting heading, 2 for a fitting text, 1 for what is merely on the topic where that is enough, else 0. */
function fitOf(
  rule: SectionRule,
  passage: ReadPassage,
  { text, onTopic }: { text: string; onTopic: boolean },
) {
  if (rule.not?.test(text) || rule.notUnder?.test(passage.heading)) return 0;
  if (rule.heading?.test(passage.heading)) return 3;
  if (rule.text?.test(text)) return 2;
  return rule.anyOnTopic && onTopic ? 1 : 0;
}

/** Headings, rows of tables, addresses and pictures are no items; nor is half a quotation. */
function isItem(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const opened = text.match(/[“「『]/gu)?.length ?? 0;
  const closed = text.match(/[”」』]/gu)?.length ?? 0;
  const odd = (text.match(/\*\*/gu)?.length ?? 0) % 2 === 1;
  if (letters < SHORTEST_ITEM || readingCost(text) > LONGEST_ITEM || opened !== closed || odd) return false;
  return !/^#{1,6}\s|\s\|\s|https?:\/\/|!\[/u.test(text);
}
