import type { Half } from '../halves.ts';
import type { Group } from '../retrieval-results.ts';
import type { Direction } from '../retrieval-run.ts';

export type ReportLanguage = 'zh' | 'en';

/** Everything that the report says, in one language; `{name}` stands for a figure. */
export interface ReportWords {
  title: string;
  lead: string;
  groups: Record<Group, string>;
  directions: Record<Direction, string>;
  halves: Record<Half, string>;
  /** After the number of the headline. */
  times: Record<Group, string>;
  interval: string;
  latency: string;
  latencyNote: string;
  verdicts: Record<'better' | 'worse' | 'unclear', string>;
  tally: string;
  reference: string;
  whole: string;
  noRatio: string;
  mean: string;
  figures: Record<'sets' | 'table' | 'halves' | 'ablations' | 'scale' | 'meaning', string>;
  notes: Record<'sets' | 'table' | 'halves' | 'ablations' | 'scale' | 'noScale', string>;
  columns: Record<'set' | 'queries' | 'bm25' | 'product' | 'ratio' | 'recall' | 'verdict', string>;
  latencyColumns: Record<'series' | 'resources' | 'p50' | 'p95' | 'p99', string>;
  latencyAxis: string;
  sizeAxis: string;
  thisRun: string;
  meaning: readonly { term: string; text: string }[];
  absent: string;
  again: string;
}

const zh: ReportWords = {
  title: '检索质量报告',
  lead: '{resources} 份资源（中文 {zh} 份，英文 {en} 份），{sets} 组标注问题，共 {queries} 个。离线运行，不使用任何模型。',
  groups: { within: '同语言', across: '跨语言', all: '全部' },
  directions: {
    zh: '中文提问，找中文资源',
    en: '英文提问，找英文资源',
    zh2en: '中文提问，找英文资源',
    en2zh: '英文提问，找中文资源',
  },
  halves: { tuning: '调参用的一半', 'held-out': '留出的一半' },
  times: {
    within: '同语言检索，得分是普通 BM25 的倍数',
    across: '跨语言检索，得分是普通 BM25 的倍数',
    all: '全部问题，得分是普通 BM25 的倍数',
  },
  interval: '95% 区间 {low} 至 {high}；{queries} 个问题',
  latency: '{p50} 毫秒',
  latencyNote: '一次检索的中位耗时；95% 在 {p95} 毫秒以内',
  verdicts: { better: '优于 BM25', worse: '不及 BM25', unclear: '看不出差别' },
  tally: '{sets} 组问题中，{better} 组明显优于普通 BM25，{worse} 组明显不及，{unclear} 组看不出差别。',
  reference: '与 BM25 相同',
  whole: '完整产品',
  noRatio: 'BM25 得零分',
  mean: '平均',
  figures: {
    sets: '每组问题是普通 BM25 的几倍',
    table: '各组得分',
    halves: '调参的一半与留出的一半',
    ablations: '去掉一部分会怎样',
    scale: '资源库越大，检索要多久',
    meaning: '这些数字是什么意思',
  },
  notes: {
    sets: '横线是 95% 区间：在同样性质的另一批问题上，倍数大致落在这里。实心圆：优于 BM25；空心圆：区间包含 1，看不出差别；方块：不及 BM25；菱形：该类各组的平均。',
    table: 'nDCG@10 和召回率@10 都在 0 与 1 之间，越大越好；括号里是 95% 区间。',
    halves:
      '改动权重的人只看“调参用的一半”。两半没有共同的相关资源；若留出的一半明显更低，说明产品只是适应了看过的问题。',
    ablations:
      '从产品中去掉（或改动）一处之后，平均得分的相对变化，附 95% 区间。向左表示去掉后变差，也就是这部分有用。',
    scale: '圆点是中位数，竖线的顶端是 95% 分位。测量命令：{command}；{machine}。',
    noScale:
      '本次运行：{resources} 份资源，{passages} 个段落，进程内，不经过数据库与网络。用 --scale 可以加入不同规模资源库的测量结果。',
  },
  columns: {
    set: '问题组',
    queries: '问题数',
    bm25: 'BM25',
    product: '助教',
    ratio: '倍数',
    recall: '召回率@10（BM25）',
    verdict: '判断',
  },
  latencyColumns: { series: '测量', resources: '资源数', p50: '中位数', p95: '95% 以内', p99: '99% 以内' },
  latencyAxis: '毫秒',
  sizeAxis: '资源数',
  thisRun: '本次运行',
  meaning: [
    {
      term: '标注问题',
      text: '事先知道哪份资源能回答的问题。标注来自资料本身的结构（例如某节的复习题），多数问题只标了一份资源，其实别的资源也可能合适，所以分数适合比较，不适合当作绝对水平。',
    },
    {
      term: 'nDCG@10',
      text: '看前十条结果：该找的资源排第一得 1 分，排第二约得 0.63 分，排第十约得 0.29 分，十条之外得 0 分。先对每组取平均，再对各组取平均，所以每组同等重要。',
    },
    {
      term: '普通 BM25',
      text: '多数检索系统使用的经典方法，只数相同的词（中文按相邻两字）。它与本产品在同一次运行中、对同样的问题排序，所以可以逐个问题相比。',
    },
    {
      term: '95% 区间',
      text: '把问题反复随机重抽 2000 次（配对自助法），95% 的结果落在区间之内。区间窄，说明问题够多；区间包含 1，说明差别可能只是偶然。',
    },
    {
      term: '偶然',
      text: '比较二十组左右时，即使毫无差别，也会有一组左右看上去“明显”。请看整体，不要只看某一组。',
    },
  ],
  absent: '有 {absent} 个问题的相关资源不在资源库中：任何系统在这些问题上都得 0 分，倍数不受影响。',
  again: '重新得到这些数字：',
};

const en: ReportWords = {
  title: 'Retrieval report',
  lead: '{resources} resources ({zh} Chinese, {en} English), {sets} sets of labelled queries, {queries} queries in all. Offline, without any model.',
  groups: { within: 'Within a language', across: 'Across languages', all: 'All' },
  directions: {
    zh: 'Chinese question, Chinese resource',
    en: 'English question, English resource',
    zh2en: 'Chinese question, English resource',
    en2zh: 'English question, Chinese resource',
  },
  halves: { tuning: 'the half tuned on', 'held-out': 'the half held out' },
  times: {
    within: 'times the score of plain BM25 within a language',
    across: 'times the score of plain BM25 across languages',
    all: 'times the score of plain BM25 over all queries',
  },
  interval: '95% interval {low} to {high}; {queries} queries',
  latency: '{p50} ms',
  latencyNote: 'for a typical search; 95% take at most {p95} ms',
  verdicts: { better: 'better than BM25', worse: 'worse than BM25', unclear: 'no clear difference' },
  tally:
    'Of {sets} sets of queries {better} are clearly better than plain BM25, {worse} clearly worse, and {unclear} show no clear difference.',
  reference: 'same as BM25',
  whole: 'whole product',
  noRatio: 'BM25 scores 0',
  mean: 'Mean',
  figures: {
    sets: 'Each set of queries beside plain BM25',
    table: 'Scores of each set',
    halves: 'The half tuned on and the half held out',
    ablations: 'What leaving a part out does',
    scale: 'How long a search takes as the library grows',
    meaning: 'What these figures mean',
  },
  notes: {
    sets: 'The line is a 95% interval: over other queries of the same kind the ratio would fall about there. Filled circle: better than BM25. Hollow circle: the interval holds 1, no clear difference. Square: worse. Diamond: the mean of the sets of that kind.',
    table: 'nDCG@10 and recall@10 run from 0 to 1, more is better; 95% intervals in brackets.',
    halves:
      'Whoever changes a weight looks at the tuned half alone. The halves share no relevant resource; if the half held out were much lower, the product would merely have adapted to the queries that were looked at.',
    ablations:
      'Relative change of the mean score when one thing is left out of the product or changed, with 95% intervals. To the left it gets worse without that part, so the part helps.',
    scale:
      'Dots are medians, the top of each line is where 95% of searches are done. Measured with {command}; {machine}.',
    noScale:
      'This run: {resources} resources, {passages} passages, within one process, without database and network. --scale adds measurements over libraries of other sizes.',
  },
  columns: {
    set: 'set',
    queries: 'queries',
    bm25: 'BM25',
    product: 'Zhujiao',
    ratio: 'ratio',
    recall: 'recall@10 (BM25)',
    verdict: 'verdict',
  },
  latencyColumns: {
    series: 'measured',
    resources: 'resources',
    p50: 'median',
    p95: '95% within',
    p99: '99% within',
  },
  latencyAxis: 'ms',
  sizeAxis: 'resources',
  thisRun: 'this run',
  meaning: [
    {
      term: 'Labelled query',
      text: 'A question of which it is known which resource answers it. Labels come from the structure of the sources (the review question of a section, say); most queries have one label although other resources may serve as well. So compare the scores, and do not read them as absolutes.',
    },
    {
      term: 'nDCG@10',
      text: 'Looks at the first ten results: the wanted resource in first place scores 1, in second place 0.63, in tenth 0.29, beyond that 0. Averaged over each set first, then over the sets, so that every set counts the same.',
    },
    {
      term: 'Plain BM25',
      text: 'The classic method of most search systems, which counts equal words (in Chinese pairs of characters). It ranks the same queries in the same run, so that the two can be compared query by query.',
    },
    {
      term: '95% interval',
      text: 'The queries are drawn again at random 2,000 times (paired bootstrap); 95% of the results fall in the interval. A narrow one means that there are enough queries; one that holds 1, that the difference may be chance.',
    },
    {
      term: 'Chance',
      text: 'Among twenty sets about one looks clearly different even where nothing is. Look at the whole, not at a single set.',
    },
  ],
  absent:
    '{absent} queries ask for resources that are not in the library: every system scores 0 there, and ratios do not change.',
  again: 'To get these figures again:',
};

export const REPORT_WORDS: Record<ReportLanguage, ReportWords> = { zh, en };

/** Puts figures into a text. */
export function fill(text: string, figures: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''));
}
