import type { PlanRequest, SectionKey } from '../library/lesson-plan.ts';
import type { Language } from './notices.ts';

export type Mode = PlanRequest['mode'];

/** What a section of a lesson plan is: data for prompts, searches and rules. */
export interface SectionData {
  /** Said to the model: what belongs into it. */
  instruction: string;
  name: string;
  /** Key words that find its material beside those of the topic. */
  search: Record<Language, string>;
  max: number;
  /** Whether every item states facts, so that one without a passage cannot stand. */
  factual: boolean;
}

export const SECTIONS: Record<SectionKey, SectionData> = {
  outcomes: {
    name: 'learning outcomes',
    instruction:
      'What the learners can do at the end, each beginning with a verb that can be observed, easy to hard.',
    search: { zh: '学习目标', en: 'learning outcomes' },
    max: 4,
    factual: false,
  },
  'prior-knowledge': {
    name: 'prior knowledge',
    instruction: 'What the learners must know to start. Nothing that this lesson teaches.',
    search: { zh: '复习 先修 已经学过', en: 'prior knowledge recall' },
    max: 3,
    factual: true,
  },
  'key-points': {
    name: 'key learning points',
    instruction: 'The facts and relations to be learned, each stated in full.',
    search: { zh: '概念 要点', en: 'key idea' },
    max: 4,
    factual: true,
  },
  misconceptions: {
    name: 'misconceptions',
    instruction: 'A typical wrong idea and, in the same item, what is right and why.',
    search: { zh: '常见误区 易错', en: 'common misconceptions mistakes' },
    max: 3,
    factual: true,
  },
  keywords: {
    name: 'keywords',
    instruction: 'A term and its definition; the definition does not use the term itself.',
    search: { zh: '定义 是指 叫作', en: 'definition is called means' },
    max: 5,
    factual: true,
  },
  materials: {
    name: 'materials',
    instruction: 'What teacher and learners need: equipment, texts, safety notes.',
    search: { zh: '准备 器材 材料', en: 'you need equipment materials' },
    max: 4,
    factual: false,
  },
  starter: {
    name: 'starter',
    instruction:
      'An opening that wakes prior knowledge or a question; nothing of the new content is given away.',
    search: { zh: '导入 情境 为什么', en: 'introduction starter why' },
    max: 3,
    factual: false,
  },
  explanation: {
    name: 'explanation',
    instruction: 'What the teacher says and shows, in order, with a worked example: the explanation itself.',
    search: { zh: '例题 讲解 步骤', en: 'worked example explanation steps' },
    max: 6,
    factual: true,
  },
  practice: {
    name: 'practice',
    instruction: 'Tasks for the learners, easy to hard, each with what counts as done.',
    search: { zh: '练习 活动', en: 'practice exercise activity' },
    max: 4,
    factual: false,
  },
  check: {
    name: 'check for understanding',
    instruction: 'Questions that show whether the outcomes were reached; no true-or-false, no trick.',
    search: { zh: '检测 思考题', en: 'check questions quiz' },
    max: 4,
    factual: false,
  },
  homework: {
    name: 'homework',
    instruction: 'What is done after the lesson: practice, then one task that goes further.',
    search: { zh: '作业 拓展', en: 'homework extension project' },
    max: 3,
    factual: false,
  },
  'board-plan': {
    name: 'board plan',
    instruction: 'The few words and formulas that stay on the board, in their order.',
    search: { zh: '要点 公式', en: 'summary formula' },
    max: 5,
    factual: false,
  },
};

/** The sections on the lesson's time bar. */
export const TIMED = ['starter', 'explanation', 'practice', 'check'] as const satisfies SectionKey[];
type Shares = Record<(typeof TIMED)[number], number>;

/**
 * How a lesson's time is split by mode: new content comes before the lesson (flipped), out of the learners' own work
 * (project, inquiry), or with pauses in which two places come together (dual-teacher).
 */
const SHARES: Record<Mode, Shares> = {
  direct: { starter: 0.1, explanation: 0.45, practice: 0.3, check: 0.15 },
  flipped: { starter: 0.2, explanation: 0.15, practice: 0.5, check: 0.15 },
  project: { starter: 0.1, explanation: 0.15, practice: 0.6, check: 0.15 },
  inquiry: { starter: 0.15, explanation: 0.2, practice: 0.5, check: 0.15 },
  'dual-teacher': { starter: 0.1, explanation: 0.4, practice: 0.3, check: 0.2 },
};
/** A short lesson cannot do everything; in a long one attention lasts for more practice, not for more talk. */
const SHIFTS: { from: number; to: number; shift: Shares }[] = [
  { from: 0, to: 24, shift: { starter: -0.05, explanation: 0.1, practice: -0.05, check: 0 } },
  { from: 61, to: 240, shift: { starter: 0, explanation: -0.05, practice: 0.05, check: 0 } },
];

/** Whole minutes of the timed sections; they add up to `minutes`, and each has at least one. Largest remainders. */
export function splitMinutes(minutes: number, mode: Mode): Shares {
  const shift = SHIFTS.find(({ from, to }) => minutes >= from && minutes <= to)?.shift;
  const spare = minutes - TIMED.length;
  const exact = TIMED.map(key => ({ key, share: (SHARES[mode][key] + (shift?.[key] ?? 0)) * spare }));
  const split = Object.fromEntries(exact.map(({ key, share }) => [key, 1 + Math.floor(share)])) as Shares;
  const left = minutes - TIMED.reduce((sum, key) => sum + split[key], 0);
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { key } of byRemainder.slice(0, left)) split[key] += 1;
  return split;
}

/** What a mode means, for the model, and the line that it puts into the plan, for the teacher. */
export const MODES: Record<
  Mode,
  { meaning: string; line?: { section: SectionKey } & Record<Language, string> }
> = {
  direct: { meaning: 'direct teaching' },
  flipped: {
    meaning: 'flipped: the learners meet the content at home, the lesson is for questions and practice',
    line: {
      section: 'starter',
      zh: '翻转课堂：课前布置“资源”中的材料自学，上课先收集问题，再核对关键点。',
      en: 'Flipped: set the resources of this plan for study at home; begin by collecting questions and checking the key points.',
    },
  },
  project: {
    meaning: 'project-based: the learners make something that needs the content',
    line: {
      section: 'practice',
      zh: '项目式学习：先公布成果和评价标准，分组分工，中途检查一次进度，最后展示互评。',
      en: 'Project: show the product and its criteria first, share out the work, check progress once, end with a showing and comments.',
    },
  },
  inquiry: {
    meaning: 'inquiry: the learners ask, predict, test and conclude before the teacher explains',
    line: {
      section: 'practice',
      zh: '探究式学习：提出问题、作出猜想、设计并实施检验、记录证据，得出结论后教师再作讲解。',
      en: 'Inquiry: question, prediction, test, record of evidence, conclusion; the teacher explains only then.',
    },
  },
  'dual-teacher': {
    meaning: 'dual-teacher: a lead teacher on screen, a local teacher in the room',
    line: {
      section: 'explanation',
      zh: '双师课堂：主讲教师线上讲解，本地教师组织提问和练习；每一环节结束时两地同步一次；断线时由本地教师按本页引文继续，恢复后从下一环节接上。',
      en: 'Two teachers: the lead explains on screen, the local teacher runs questions and practice; both rooms meet at the end of each part; if the link drops, the local teacher goes on with the quotations here and rejoins at the next part.',
    },
  },
};
