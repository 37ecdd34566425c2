import { hanShare, type TextTools } from '../models/text-tools.ts';
import { isOnlySaid, locateQuote } from './checks/locate-quote.ts';
import { missingName } from './checks/names.ts';
import { disagreeingNumber } from './checks/numbers.ts';
import { disagreesInPolarity } from './checks/polarity.ts';

/** What of a passage a check needs: its text, and the title and headings that its sentences take for granted. */
export interface CitedPassage {
  title: string;
  heading: string[];
  text: string;
}

/** Whether a span of a passage carries a sentence, how that was found out, and which span. */
export type Verdict =
  | { supported: true; method: 'quoted' | 'agreement'; quote: string; quoteStart: number }
  | {
      supported: false;
      fault: 'overlap' | 'number' | 'name' | 'polarity' | 'only-said' | 'language';
      /** The best span all the same, for a judge to look at. */
      quote: string;
      quoteStart: number;
    };

/**
 * Term overlap from which a sentence counts as carried: share of its idf mass in the span, its title and headings.
 * Calibrated on hand-written paraphrases and planted faults in Chinese and English (verify.test.ts).
 */
const FLOOR = 0.55;
/** Longest span: a sentence that needs more than three neighbouring ones together sums up rather than states. */
const LONGEST_SPAN = 3;
/** A longer span must carry this much more of the sentence to be preferred. */
const LONGER_SPAN_GAIN = 0.06;

/**
 * Checks one sentence (without its `[n]`) against the passage that it cites. `quoted`: the passage says it word for word.
 * `agreement`: the best span has every number with its unit, every name, the same negations and conditions, and enough
 * of its terms. Pure; some 2 ms a passage. The quote is always verbatim from `passage.text`.
 */
export function verifySentence(sentence: string, passage: CitedPassage, tools: TextTools): Verdict {
  const exact = locateQuote(sentence, passage.text);
  if (exact) return { supported: true, method: 'quoted', quote: exact.text, quoteStart: exact.start };
  const span = bestSpan(sentence, passage, tools);
  const place = { quote: span.text, quoteStart: span.start };
  const context = `${passage.title}\n${passage.heading.join('\n')}\n${span.text}`;
  const fault = faultOf(sentence, { passage, span: span.text, context, overlap: span.overlap }, tools);
  return fault ? { supported: false, fault, ...place } : { supported: true, method: 'agreement', ...place };
}

function faultOf(
  sentence: string,
  found: { passage: CitedPassage; span: string; context: string; overlap: number },
  tools: TextTools,
) {
  if (isOnlySaid(sentence, found.passage.text)) return 'only-said';
  if (disagreeingNumber(sentence, found.context)) return 'number';
  if (inOtherLanguage(sentence, found.passage.text)) return 'language';
  if (missingName(sentence, found.context, tools)) return 'name';
  if (found.overlap < FLOOR) return 'overlap';
  return disagreesInPolarity(sentence, found.span, tools) ? 'polarity' : undefined;
}

/** Formulas, code and names are Latin in Chinese texts too: only a text with next to no Han is another language. */
function inOtherLanguage(sentence: string, passage: string): boolean {
  const [said, shown] = [hanShare(sentence), hanShare(passage)];
  return (
    (said >= 0.3 && shown < 0.05) || (said < 0.05 && shown >= 0.3 && /\p{L}{3,}\s+\p{L}{3,}/u.test(sentence))
  );
}

function bestSpan(sentence: string, passage: CitedPassage, tools: TextTools) {
  const weights = new Map(tools.analyse(sentence).map(term => [term, tools.weigh(term)]));
  let all = 0;
  for (const weight of weights.values()) all += weight;
  const named = tools.analyse(`${passage.title} ${passage.heading.join(' ')}`);
  const sentences = tools.splitSentences(passage.text);
  const terms = sentences.map(({ text }) => tools.analyse(text));
  let best = { start: 0, text: passage.text.slice(0, 300), overlap: 0, rank: -1 };
  for (let size = 1; size <= LONGEST_SPAN; size++) {
    for (let i = 0; i + size <= sentences.length; i++) {
      const overlap = shareOf(weights, new Set([...named, ...terms.slice(i, i + size).flat()])) / (all || 1);
      const own = shareOf(weights, new Set(terms.slice(i, i + size).flat())) / (all || 1);
      // Of two spans under one title, the one that says more by itself.
      const rank = overlap + own / 4 - (size - 1) * LONGER_SPAN_GAIN;
      if (rank <= best.rank) continue;
      const { start } = sentences[i]!;
      best = { start, text: passage.text.slice(start, sentences[i + size - 1]!.end), overlap, rank };
    }
  }
  return best;
}

function shareOf(weights: Map<string, number>, terms: Set<string>): number {
  let sum = 0;
  for (const [term, weight] of weights) if (terms.has(term)) sum += weight;
  return sum;
}
