/** What a question asks for, as far as its wording tells. */
export type QuestionKind = 'when' | 'number' | 'who' | 'why' | 'where' | 'definition' | 'how';

const ASKS: Record<QuestionKind, RegExp> = {
  when: /什[么麼][时時]候|何[时時]|[哪几幾]一?[年月天]|哪個?年|何年|年代|日期|\bwhen\b|\bwhat (?:year|date|time|century)\b/iu,
  number:
    /多少|多[大高长長远遠宽寬重深久]|[几幾](?:[个個次人种種名位岁歲层層分成倍元条條座所篇部])|\bhow (?:many|much|long|far|large|big|tall|old|often)\b|\bwhat (?:percentage|number|proportion)\b/iu,
  who: /谁|誰|何人|哪[一]?[位名]|什[么麼]人|\bwho(?:m|se)?\b/iu,
  why: /为什[么麼]|為什[么麼]|为何|為何|何故|原因|怎么会|\bwhy\b|\bwhat (?:causes?|caused|reason)\b/iu,
  where:
    /哪[里裡裏儿兒]|何[处處地]|在哪|位[于於]哪|什[么麼]地方|哪[个個]?(?:国家|國家|城市|省|地区|地區)|\bwhere\b/iu,
  definition:
    /什[么麼]是|是什[么麼](?:意思)?[？?。]?$|何[谓謂]|的定[义義]|什[么麼]叫|\bwhat (?:is|are) (?:an? |the )?[\w -]+\??$|\bdefine\b|\bwhat does .+ mean\b/iu,
  how: /怎[么麼样樣]|如何|\bhow (?:do|does|can|to|should|did)\b/iu,
};

const ANSWERS: Record<QuestionKind, RegExp> = {
  when: /\d+ ?[年月日時时]|世[纪紀]|[〇一二三四五六七八九十]+[年月日]|\b(?:1\d|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/u,
  number:
    /\d|[一二两兩三四五六七八九十百千万萬亿億半]+ ?[个個次人种種名位岁歲层層分成倍元条條座所篇部米克度年天]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|twice)\b/u,
  who: /[·‧・]|由|[教博]授|[学學]者|[国國]王|皇帝|[总總][统統]|先生|女士|作者|\b(?:by|Mr|Dr|Professor|President)\b|(?<=[a-z,] )[A-Z][a-z]+/u,
  why: /因[为為]|由[于於]|因此|所以|原因|[导導]致|使得|以便|\b(?:because|since|due to|therefore|so that|as a result|causes?|reason)\b/iu,
  where: /位[于於]|[地坐]落|在|[省市县縣州国國区區村岛島]|\b(?:in|at|located|near|north|south|east|west)\b/u,
  definition: /[是指]|[称稱][为為作]|叫[做作]|\b(?:is|are|means|refers? to|called|defined)\b/u,
  how: /[先再然后後]|步[骤驟]|方法|通[过過]|[用按]|\b(?:first|then|by|use|using|step|method)\b/iu,
};

/** The kinds that a question's wording shows; none for a bare topic. */
export function questionKinds(question: string): QuestionKind[] {
  return (Object.keys(ASKS) as QuestionKind[]).filter(kind => ASKS[kind].test(question.trim()));
}

/** Whether a sentence has what an answer of this kind usually contains. */
export function answersKind(sentence: string, kind: QuestionKind): boolean {
  return ANSWERS[kind].test(sentence);
}

/** Words that ask and carry no topic; they would reward sentences that are questions themselves. */
const ASKING =
  /什[么麼]是|[是在]?(?:什[么麼][时時]候|什[么麼]地方|为什[么麼]|為什[么麼]|什[么麼]人?|怎[么麼]样?樣?|多少|如何|为何|為何|何[时時处處人谓謂年]|哪[个個些里裡裏儿兒位一年种種]*|[谁誰])|[呢吗嗎？?]|[几幾](?=[个個次人种種名位年月天岁歲])|请问|請問|告诉我|\b(?:who|whom|whose|what|which|when|where|why|how|many|much|is|are|was|were|do|does|did|the|an?|please|tell me)\b/giu;

/** The question without its asking words: what it is about. */
export function topicOf(question: string): string {
  return question.replace(ASKING, ' ').replace(/\s+/gu, ' ').trim();
}
