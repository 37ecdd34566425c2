import type { Span, TextTools } from '../text-tools.ts';
import { answersKind, questionKinds, topicOf } from './question-kind.ts';

/** Length of a text in Han characters: in a text with Han every character counts 1, in others 0.4 (300 Latin = 120 Han). */
export function readingCost(text: string): number {
  return text.length * (/\p{Script=Han}/u.test(text) ? 1 : 0.4);
}

const CLAUSE_END = /[，,；;：:、。！？!?]["”’」』)）]*(?=\S|\s|$)/gu;

/**
 * The stretch of whole clauses of a sentence that fits into `budget` (see `readingCost`) and says most of what is asked:
 * most idf mass, an answer of the asked kind counting as much as a third of all. Always a verbatim stretch; the sentence
 * itself when it fits. A single clause above the budget is returned whole: cutting inside it would change what it says.
 */
export function bestClauses(asked: string, sentence: Span, budget: number, tools: TextTools): Span {
  if (readingCost(sentence.text) <= budget) return sentence;
  const cuts = [0, ...[...sentence.text.matchAll(CLAUSE_END)].map(match => match.index + match[0].length)];
  if (cuts.at(-1) !== sentence.text.length) cuts.push(sentence.text.length);
  const weights = new Map(
    tools.analyse(topicOf(asked) || asked).map(term => [term, tools.weigh(term)] as const),
  );
  const third = [...weights.values()].reduce((sum, weight) => sum + weight, 0) / 3;
  const kinds = questionKinds(asked);
  const worthOf = (text: string) =>
    tools.analyse(text).reduce((sum, term) => sum + (weights.get(term) ?? 0), 0) +
    (kinds.some(kind => answersKind(text, kind)) ? third : 0);

  let best = { from: 0, to: cuts[1]!, value: -1 };
  for (let i = 0; i < cuts.length - 1; i++) {
    for (let j = i + 1; j < cuts.length; j++) {
      const text = sentence.text.slice(cuts[i], cuts[j]);
      if (readingCost(text) > budget && j > i + 1) break;
      const value = worthOf(text);
      // Of equally good stretches the longer one keeps more of its context.
      if (value > best.value || (value === best.value && text.length > best.to - best.from)) {
        best = { from: cuts[i]!, to: cuts[j]!, value };
      }
    }
  }
  return trimmed(sentence, best.from, best.to);
}

function trimmed(sentence: Span, from: number, to: number): Span {
  const text = sentence.text.slice(from, to);
  const lead = text.length - text.trimStart().length;
  const bare = text.trim().replace(/[，,：:、；;]$/u, '');
  const start = sentence.start + from + lead;
  return { start, end: start + bare.length, text: bare };
}
