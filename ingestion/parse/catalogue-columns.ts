/** Names of columns, in Chinese and English, by the field of a manifest that they hold. */
const NAMES: Record<string, string> = {
  id: 'id identifier code courseid courseno resourceid 编号 编码 标识 课程编号 资源编号 课程代码 編號',
  title:
    'title coursetitle coursename resourcetitle resourcename lessontitle 标题 课程名称 课程名 课程标题 资源名称 资源标题 题目 课题 書名 書籍名稱 标题名称 標題 課程名稱',
  description:
    'description summary abstract about 简介 描述 课程简介 课程介绍 内容简介 资源简介 摘要 介绍 說明 簡介 課程簡介',
  text: 'text content body fulltext transcript 正文 内容 全文 课程内容 文本 正文内容 內容',
  language: 'language lang inlanguage 语言 语种 授课语言 語言',
  stage: 'stage level educationallevel schoollevel 学段 教育阶段 阶段 适用学段 學段',
  grade: 'grade gradelevel year 年级 适用年级 年級',
  subject: 'subject discipline 学科 科目 学科分类 所属学科 學科',
  edition: 'edition textbook textbookedition 版本 教材版本 教材',
  type: 'type resourcetype learningresourcetype format 类型 资源类型 课程类型 類型',
  audience: 'audience 适用对象 对象 受众 面向对象',
  provider:
    'provider publisher institution organization organisation university school 机构 提供者 提供机构 开课单位 开课学校 主办单位 出版社 学校 来源机构 機構',
  url: 'url link href website address 链接 网址 课程链接 地址 访问地址 资源链接 連結 網址',
  duration: 'duration timerequired length minutes 时长 学习时长 课程时长 視頻時長 视频时长 時長',
  licence: 'licence license rights 许可 授权 许可证 版权 授權',
  authors:
    'author authors creator teacher instructor instructors lecturer 作者 主讲教师 主讲人 教师 讲师 授课教师 主讲 主講教師',
  teaches: 'teaches skills keywords topics knowledgepoints 知识点 关键词 关键字 教学目标 學習目標 知識點',
  prerequisites: 'prerequisites prerequisite requires 先修 先修课程 先修课 前置课程 先修要求 先修課程',
  source: 'source 来源 出处 來源',
  valid_from: 'validfrom 生效日期 有效期始',
  valid_until: 'validuntil expires 失效日期 有效期至 截止日期',
};

/** Titles only where another column shows that it is a catalogue: lists of pupils have names, too. */
const VAGUE_TITLES = new Set(['name', '名称', '名稱', '课程', '资源', 'course', 'lesson', 'resource']);

const FIELDS = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.split(' ').map(name => [name, field] as const)),
);

/** What a column holds. */
export interface Column {
  /** A field of a manifest, or the column's own name, under which its values are kept as metadata. */
  field: string;
  /** What stands in brackets behind the name: "时长（分钟）". */
  unit: string;
}

/** The columns of a catalogue's head; undefined when the row is not one: it has no column of titles. */
export function readColumns(cells: string[]): Column[] | undefined {
  const names = cells.map(bareName);
  const known = names.map(name => FIELDS.get(name));
  const hasTitle = known.includes('title');
  const vague = hasTitle ? -1 : names.findIndex(name => VAGUE_TITLES.has(name));
  const evidence = known.filter(field => field !== undefined && field !== 'id').length;
  if (!hasTitle && (vague < 0 || evidence === 0)) return undefined;
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const field = i === vague ? 'title' : known[i];
    const isFirst = field !== undefined && !taken.has(field);
    if (isFirst) taken.add(field);
    return { field: isFirst ? field : cell.trim(), unit: /[（([]([^）)\]]*)/.exec(cell)?.[1] ?? '' };
  });
}

function bareName(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[([].*$/, '')
    .replace(/[\s_\-:*#.]/g, '')
    .toLowerCase();
}
