import { familyOfText, type TextTools } from '../text-tools.ts';
import { bestClauses, readingCost } from './best-clauses.ts';
import { type Candidate, type ReadPassage, rankSentences } from './rank-sentences.ts';

/** An answer is at most 120 Han or 300 Latin characters, its `[n]` included: what is read at a glance. */
const BUDGET = 120;
/** Four sentences at most, and none scored this far below the best: of 800 answers, wider gaps put 2 more right. */
const MOST_SENTENCES = 4;
const WIDEST_GAP = 5;
/** Room that `[n]` takes. */
const MARK = 3;

/**
 * Sentences of the passages, word for word, that answer best, each with its `[n]`; empty when no passage has anything to
 * do with the question. Sentences of one passage stay together and in their order. With passages in another language
 * than the question no words can be compared, and the passages' own order decides.
 */
export function composeAnswer(question: string, passages: ReadPassage[], tools: TextTools): string {
  const ranked = rankSentences(question, passages, tools).filter(({ span }) => isQuotable(span.text));
  const chosen = choose(question, ranked, tools);
  const groups = new Map<number, Candidate[]>();
  for (const candidate of chosen) {
    groups.set(candidate.passage.n, [...(groups.get(candidate.passage.n) ?? []), candidate]);
  }
  return [...groups.values()]
    .flatMap(group => group.sort((a, b) => a.span.start - b.span.start))
    .map(({ passage, span }) => `${span.text}[${passage.n}]${separatorAfter(span.text)}`)
    .join('')
    .trim();
}

function choose(question: string, ranked: Candidate[], tools: TextTools): Candidate[] {
  const chosen: Candidate[] = [];
  let left = BUDGET;
  const take = (candidate: Candidate): boolean => {
    const cost = readingCost(candidate.span.text) + MARK;
    if (cost > left || chosen.some(({ span }) => span.text === candidate.span.text)) return false;
    chosen.push(candidate);
    left -= cost;
    return true;
  };
  for (const candidate of ranked) {
    const [best] = chosen;
    if (best && (chosen.length >= MOST_SENTENCES || candidate.score < best.score - WIDEST_GAP)) break;
    const span = best ? candidate.span : bestClauses(question, candidate.span, BUDGET - MARK, tools);
    if (!take({ ...candidate, span }) || !LEANS.test(span.text)) continue;
    // "So …" and "It …" are understood with the sentence before them.
    const before = ranked.find(
      ({ passage, span: other }) =>
        passage === candidate.passage && other.end <= span.start && span.start - other.end < 3,
    );
    if (before) take(before);
  }
  return chosen;
}

const LEANS =
  /^(?:所以|因此|因而|于是|於是|这|這|它|其|他|她|该|該|此|但|而|同时|另外|(?:so|therefore|thus|hence|this|these|that|those|it|its|they|their|he|she|but|however|then)\b)/iu;

/**
 * Headings, addresses, reference marks, questions and lone answers ("1. B") are no sentence to quote; nor is what a text
 * puts wholly in quotation marks, which somebody says and the text may refute.
 */
function isQuotable(text: string): boolean {
  if (/^#{1,6}\s|https?:\/\/|www\.|!\[|\[\d+\]/u.test(text)) return false;
  const bare = text.replace(/^(?:[-*+•]\s+|\d{1,2}[.)、．]\s*)?[*_]*|[*_]*$/gu, '');
  if (/^[“"「『][^“”"「」『』]*[”"」』]$/u.test(bare)) return false;
  if (/[？?]["”’」』)）*]*$/u.test(bare)) return false;
  return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 3;
}

function separatorAfter(text: string): string {
  if (!/[。！？!?；;.…]["”’」』)）*]*$/u.test(text)) return '\n';
  return familyOfText(text) === 'zh' ? '' : ' ';
}
