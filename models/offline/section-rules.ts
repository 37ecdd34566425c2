import type { SectionKey } from '../../library/lesson-plan.ts';

/** What of a passage belongs into a section of a lesson plan. */
export interface SectionRule {
  /** What one item is: a sentence, a whole line (a list item, a task), or the heading of a passage. */
  unit: 'sentence' | 'line' | 'heading';
  /** Passages under such a heading belong here. */
  heading?: RegExp;
  /** Such sentences or lines belong here under any heading. */
  text?: RegExp;
  /** Never here, whatever else fits. */
  not?: RegExp;
  /** Nothing from under such a heading. */
  notUnder?: RegExp;
  /** Without a heading or text that fits, the sentences nearest to the topic do. */
  anyOnTopic?: boolean;
}

const SOLUTIONS = /^[*\s]*(?:答案|参考答案|解[：:]|解析|answers?\b|solution)/iu;
const TASK_HEADINGS =
  /练习|習題|习题|作业|作業|检测|檢測|自测|测验|思考|exercise|practi[cs]e|homework|check|quiz|question|review/iu;

/** Headings that name a part of a lesson or a page, not a piece of its content. */
const PARTS = new RegExp(
  `${TASK_HEADINGS.source}|误区|誤區|易错|例题|例題|小结|总结|參考|参考|教师|教學建議|教学建议|安全|资源|目录|核心内容|课程|学时|说明|misconception|mistake|example|summary|recap|note|teacher|safety|resource|session|hours|schedule|assessment|contents|reference|licen[cs]e`,
  'iu',
);

/** The headings and turns of phrase that mark the parts of a lesson in Chinese and in English material. */
export const SECTION_RULES: Record<SectionKey, SectionRule> = {
  outcomes: { unit: 'heading', not: PARTS },
  'prior-knowledge': {
    unit: 'sentence',
    heading:
      /先修|预备|準備知識|准备知识|复习|回顾|温故|prior|prerequisite|before you|what you (?:already )?know|recap/iu,
    text: /已经学过|已学过|学过的|之前学|复习|回顾|先修|前面学|以前学|you (?:already )?know|you (?:have )?(?:met|learn(?:ed|t))|recall|remember that|earlier (?:lesson|chapter)/iu,
    not: SOLUTIONS,
  },
  'key-points': {
    unit: 'sentence',
    anyOnTopic: true,
    notUnder: PARTS,
    not: /[？?]["”’」』)）*]*$|^[*\s]*(?:答案|解[：:]|例\s*\d|answers?\b)/iu,
  },
  misconceptions: {
    unit: 'line',
    heading:
      /误区|誤區|易错|易錯|易混|常见错误|常見錯誤|注意事项|misconception|common (?:mistake|error)|pitfall|mistake/iu,
    text: /误以为|誤以為|错误地认为|常常?错|容易(?:混淆|误解|写错|忽略)|易错|并不(?:是|意味)|mistakenly|it is (?:a )?common (?:mistake|error)|many (?:people|pupils|students) think|wrongly/iu,
  },
  keywords: {
    unit: 'sentence',
    text: /^[^，。；]{1,24}(?:是指|指的是|就是指|称为|稱為|叫作|叫做|的定义是)|(?:称为|稱為|叫作|叫做)[“"「*]*[^，。；：]{1,12}[”"」*]*(?=[，。；：:]|$)|^(?:an? |the )?[*"“]{0,3}[\p{L} -]{2,40}[*"”]{0,3},? (?:is|are) (?:an?|the) |\b(?:is|are) called\b|\bis known as\b|\b(?:means|refers to)\b/iu,
    not: /[？?]["”’」』)）*]*$/u,
  },
  materials: {
    unit: 'line',
    heading:
      /准备|準備|器材|材料|工具|用具|教具|what you(?:'ll)? need|materials|equipment|apparatus|ingredients/iu,
    text: /^(?:材料|器材|用具|教具|materials|equipment|you (?:will )?need)\s*[：:]/iu,
    not: /准备知识/u,
  },
  starter: {
    unit: 'sentence',
    heading:
      /导入|導入|引入|引言|情境|热身|想一想|为什么|有什么用|生活中|warm|starter|hook|introduction|why|everyday/iu,
    not: SOLUTIONS,
  },
  explanation: {
    unit: 'line',
    heading:
      /例题|例題|^例|示例|讲解|講解|步骤|步驟|怎样|如何|方法|推导|证明|演示|worked example|example|how to|steps?\b|method|explain|procedure/iu,
    anyOnTopic: true,
    notUnder: new RegExp(TASK_HEADINGS.source.replace('question|', ''), 'iu'),
    not: /^[*\s]*(?:答案|参考答案|answers?\b)/iu,
  },
  practice: {
    unit: 'line',
    heading:
      /练习|練習|习题|習題|例题|例題|活动|活動|动手|做一做|试一试|exercise|practi[cs]e|activit|try|task|worked example/iu,
    not: SOLUTIONS,
  },
  check: {
    unit: 'line',
    heading: /检测|檢測|自测|测验|小测|思考|check|quiz|self-?test|questions?\b|review/iu,
    not: SOLUTIONS,
  },
  homework: {
    unit: 'line',
    heading:
      /作业|作業|课后|課後|拓展|延伸|阅读|实践|homework|assignment|extension|further|project|at home|challenge/iu,
    not: SOLUTIONS,
  },
  'board-plan': { unit: 'heading', not: PARTS },
};
