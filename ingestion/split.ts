import type { PassageInput, Section } from '../library/resources.ts';
import { type Break, findBreaks, LARGEST_WHOLE, sizeOf } from '../retrieval/breaks.ts';

/** What is no larger stays one passage although it is over the target: cutting would leave two weak halves. */
const LARGEST_PASSAGE = 1.15;
/** What the pieces of a longer text come close to; a little over 1, so that 1.01 is not cut into two halves. */
const TARGET = 1.05;
/** A passage below this (70 Han or 180 Latin characters) joins its neighbour under the same heading. */
const SMALLEST_PASSAGE = 0.2;
/**
 * What a cut costs by kind of place (paragraph, line, sentence, clause, word, character), in passages of deviation
 * from the ideal length: a paragraph end is worth a passage that is a quarter shorter than a sentence end gives.
 */
const CUT_COSTS = [0, 0.1, 0.25, 0.6, 1, 2] as const;

/**
 * Cuts the sections of a resource into passages of about 350 Han or 900 Latin characters: at paragraph ends, else at
 * line ends, sentence ends, … A formula, code fence or table is cut only if it alone is half as long again as a
 * passage. A passage is a verbatim, trimmed stretch of one heading's text; every character that is not white space
 * is in exactly one passage.
 */
export function splitPassages(sections: Section[], language: string): PassageInput[] {
  return [...eachPassage(sections, language)];
}

/** The same, one by one, so that the caller can let others run in between. */
export function* eachPassage(sections: Section[], language: string): Generator<PassageInput> {
  for (const section of joinNeighbours(sections)) {
    for (const text of cutText(section.text, language)) yield { ...section, text };
  }
}

/** Sections that follow each other under one heading and at one place are one section. */
function joinNeighbours(sections: Section[]): Section[] {
  const joined: Section[] = [];
  for (const section of sections) {
    const before = joined.at(-1);
    if (before && placeOf(before) === placeOf(section)) before.text += `\n\n${section.text}`;
    else joined.push({ ...section });
  }
  return joined;
}

function placeOf(section: Section): string {
  return JSON.stringify([section.heading, section.locator]);
}

function* cutText(text: string, language: string): Generator<string> {
  const total = sizeOf(text, 0, text.length);
  if (total <= LARGEST_PASSAGE) {
    if (text.trim() !== '') yield text.trim();
    return;
  }
  const breaks = findBreaks(text, language);
  let start: Break = { at: 0, level: 0, size: 0 };
  let next = 0;
  while (start.at < text.length) {
    const rest = total - start.size;
    next = rest <= LARGEST_PASSAGE ? breaks.length - 1 : chooseBreak(breaks, next, start.size, rest);
    if (total - breaks[next]!.size < SMALLEST_PASSAGE && total - start.size <= LARGEST_WHOLE) {
      next = breaks.length - 1;
    }
    const piece = text.slice(start.at, breaks[next]!.at).trim();
    if (piece !== '') yield piece;
    start = breaks[next]!;
    next++;
  }
}

/** Index of the cheapest place to end the passage that starts at `from`, so that the rest divides evenly. */
function chooseBreak(breaks: Break[], first: number, from: number, rest: number): number {
  const ideal = rest / Math.ceil(rest / TARGET);
  let best = first;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let i = first; i < breaks.length; i++) {
    const size = breaks[i]!.size - from;
    if (size > LARGEST_WHOLE && i > first) break;
    const tooLong = Math.max(0, size - LARGEST_PASSAGE) * 3;
    const tooShort = size < SMALLEST_PASSAGE ? 1 : 0;
    const cost = Math.abs(size - ideal) + CUT_COSTS[breaks[i]!.level] + tooLong + tooShort;
    if (cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  }
  return best;
}
