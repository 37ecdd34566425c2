import type { TextTools } from '../../models/text-tools.ts';

/** Words with a negation sign in them that negate nothing, or whose negation is part of the term itself. */
const NO_NEGATION =
  /不但|不仅|不僅|不断|不斷|不同|不过|不過|不等式|不少|不久|不论|不論|不管|不锈|不銹|不妨|不止|不得不|不可不|无论|無論|无数|無數|无疑|無疑|无限|無限|无穷|無窮|无机|無機|非常|除非|是否|能否|否则|否則|分别|分別|区别|區別|差别|差別|级别|級別|个别|個別|特别|特別|类别|類別|性别|性別|别人|別人|别的|別的|未来|未來|没错|沒錯|莫过于|未知|不[到足](?= ?[\d一二两三四五六七八九十百千万半])|\bnot only\b|\bno (?:doubt|matter)\b|\bnothing but\b|\bwhether or not\b/giu;
const NEGATION =
  /[不没沒無无非未勿莫]|[并並]非|否[认認定]|别[再去把让]|禁止|严禁|嚴禁|避免|\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|unable|lacks?|lacking|fails?)\b|n['’]t\b/giu;

/** Words of opposite meaning: a sentence with one of them is not carried by a span that has only the other. */
const OPPOSITES: [RegExp, RegExp][] = [
  [
    /增[大加强多长長]|变[大多高强快]|變[大多高強快]|升高|上升|提高|膨胀|膨脹/u,
    /[减減][小少弱]|变[小少低弱慢]|變[小少低弱慢]|降低|下降|收缩|收縮/u,
  ],
  [/[大多高重快长長强強早]于|超过|超過|以上/u, /[小少低轻輕慢短弱晚]于|不到|不足|以下/u],
  [/最[大多高重快长長强強早]/u, /最[小少低轻輕慢短弱晚]/u],
  [/正比/u, /反比/u],
  [/之前|以前|先于/u, /之后|以后|之後|以後|后于/u],
  [/吸[热收熱]/u, /放[热熱出]|释放|釋放/u],
  [/左/u, /右/u],
  [/东|東/u, /西/u],
  [/南/u, /北/u],
  [/正[数數电電极極]/u, /[负負][数數电電极極]/u],
  [/正确|正確/u, /错误|錯誤/u],
  [/必须|必須|应当|應當|需要/u, /可以不|不必|无需|無需|不用/u],
  [
    /\b(?:increas\w*|rises?|rising|grows?|larger|greater|more|higher|faster|longer|heavier|above|over|gains?)\b/iu,
    /\b(?:decreas\w*|falls?|falling|shrinks?|smaller|less|fewer|lower|slower|shorter|lighter|below|under|los(?:es?|ing))\b/iu,
  ],
  [
    /\b(?:most|largest|greatest|highest|longest|maximum|best)\b/iu,
    /\b(?:least|smallest|lowest|shortest|minimum|worst)\b/iu,
  ],
  [/\bbefore\b/iu, /\bafter\b/iu],
  [/\b(?:first|earliest)\b/iu, /\b(?:last|latest)\b/iu],
  [/\b(?:always|must|required)\b/iu, /\b(?:sometimes|may|optional)\b/iu],
  [/\b(?:absorbs?|absorbed)\b/iu, /\b(?:releases?|released|emits?)\b/iu],
  [/\bleft\b/iu, /\bright\b/iu],
  [/\bnorth\w*\b/iu, /\bsouth\w*\b/iu],
  [/\beast\w*\b/iu, /\bwest\w*\b/iu],
  [/\bpositive\b/iu, /\bnegative\b/iu],
  [/\b(?:true|correct|safe)\b/iu, /\b(?:false|wrong|incorrect|unsafe|dangerous)\b/iu],
  [/\bdirectly\b/iu, /\binversely\b/iu],
];

/** Words that claim everything or certainty; one in the sentence needs one in the span. */
const ABSOLUTE =
  /所有|全部|一切|任何|总是|總是|永远|永遠|必然|必定|一定会|一定能|绝对|絕對|从不|從不|唯一|只有|只能|仅有|\b(?:all|every|always|any|only|never|none|entirely|completely|certainly|guarantees?)\b/iu;

const SENTENCE_END = /[。．！？!?；;\n]|\.(?=\s|$)/u;
const CLAUSE_END = /[，,：:]/u;
/** What follows holds only if this does, or is only what somebody wrongly thinks. */
const CONDITION =
  /如果|假如|假设|若[^干]|倘若|除非|只要|只有|當|当[^然时地]|要是|\b(?:if|unless|provided|only when|in case)\b/iu;
const TRAILING_CONDITION =
  /^\s*(?:除非|只要|前提|但(?:是)?(?:如果|若|当)|(?:but )?only (?:if|when)|if|unless|except|provided)/iu;
const DENIED =
  /误以为|誤以為|错误地|以为|並非|并非|误认为|\b(?:wrongly|mistakenly|myth|misconception|falsely)\b/iu;
/** A clause of the span answers to one of the sentence from this share of common terms on. */
const ALIGNED = 0.4;
/** A condition counts as mentioned from this share of its terms on. */
const MENTIONED = 0.3;

/**
 * Whether sentence and span differ in what they affirm: a negation on one side only, opposite words, certainty that the
 * span does not claim, or a condition or denial of the span that the sentence leaves out. Clause is compared with clause,
 * each of the sentence with the nearest one of the span.
 */
export function disagreesInPolarity(sentence: string, span: string, tools: TextTools): boolean {
  if (ABSOLUTE.test(sentence) && !ABSOLUTE.test(span)) return true;
  if (DENIED.test(span) && !DENIED.test(sentence) && negations(sentence) === 0) return true;
  const said = new Set(tools.analyse(sentence));
  const clauses = clausesOf(span, tools);
  return clausesOf(sentence, tools).some(clause => {
    const nearest = nearestClause(clause.terms, clauses, tools);
    if (!nearest) return isOpposed(clause.text, span) || (clause.negations > 0 && negations(span) === 0);
    // Two negations affirm: what counts is whether their number is odd on both sides.
    if (clause.negations % 2 !== nearest.negations % 2) return true;
    return isOpposed(clause.text, nearest.text) || leavesOut(nearest.condition, said);
  });
}

/** Whether one text has a word whose opposite is all that the other has. */
function isOpposed(text: string, other: string): boolean {
  const onlyOpposite = (a: RegExp, b: RegExp) =>
    a.test(text) && !b.test(text) && !a.test(other) && b.test(other);
  return OPPOSITES.some(([a, b]) => onlyOpposite(a, b) || onlyOpposite(b, a));
}

/** Whether the clauses around a stretch of a sentence make it depend on something or deny it. */
export function isQualified(before: string, after: string): boolean {
  const earlier = before.split(SENTENCE_END).at(-1) ?? '';
  const later = /^[，,]([^。！？!?；;\n]*)/u.exec(after)?.[1] ?? '';
  return CONDITION.test(earlier) || DENIED.test(earlier) || TRAILING_CONDITION.test(later);
}

interface Clause {
  text: string;
  terms: Set<string>;
  negations: number;
  /** Terms of the clause beside it in its sentence, if that is a condition. */
  condition: Set<string> | undefined;
}

function clausesOf(text: string, tools: TextTools): Clause[] {
  return text.split(SENTENCE_END).flatMap(sentence => {
    const parts = sentence.split(CLAUSE_END).map(text => ({ text, terms: new Set(tools.analyse(text)) }));
    return parts.flatMap(({ text: part, terms }, i) => {
      if (terms.size === 0) return [];
      const [before, after] = [parts[i - 1], parts[i + 1]];
      const condition =
        before && CONDITION.test(before.text)
          ? before.terms
          : after && TRAILING_CONDITION.test(after.text)
            ? after.terms
            : undefined;
      return [{ text: part, terms, negations: negations(part), condition }];
    });
  });
}

function leavesOut(condition: Set<string> | undefined, said: Set<string>): boolean {
  if (!condition) return false;
  return [...condition].filter(term => said.has(term)).length / condition.size < MENTIONED;
}

function nearestClause(terms: Set<string>, clauses: Clause[], tools: TextTools): Clause | undefined {
  const weights = [...terms].map(term => [term, tools.weigh(term)] as const);
  const all = weights.reduce((sum, [, weight]) => sum + weight, 0) || 1;
  let nearest: Clause | undefined;
  let most = ALIGNED;
  for (const clause of clauses) {
    const common =
      weights.reduce((sum, [term, weight]) => sum + (clause.terms.has(term) ? weight : 0), 0) / all;
    if (common >= most) {
      most = common;
      nearest = clause;
    }
  }
  return nearest;
}

function negations(text: string): number {
  return text.replace(NO_NEGATION, ' ').match(NEGATION)?.length ?? 0;
}
