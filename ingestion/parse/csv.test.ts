import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';

const read = (text: string | Buffer) => parseCsv(Buffer.from(text as string), 'catalogues/list.csv');
const titles = async (text: string | Buffer) => (await read(text)).resources.map(({ input }) => input.title);

describe('parseCsv', () => {
  it('makes a resource of each row, by Chinese names of columns', async () => {
    const { resources, leftOut } = await read(
      '编号,课程名称,简介,学段,年级,学科,主讲教师,时长（小时）,先修课程,知识点,链接,语言,学分\n' +
        'M1,分数的加法,同分母,小学,三年级,数学,王老师,1.5,分数;加、减法,通分、约分,https://x.cn/1,中文,2\n',
    );
    expect(leftOut).toEqual([]);
    expect(resources[0]).toEqual({
      sections: [],
      input: expect.objectContaining({
        id: 'M1',
        title: '分数的加法',
        description: '同分母',
        stage: 'primary',
        grade: '三年级',
        subject: '数学',
        authors: '王老师',
        minutes: 90,
        prerequisites: ['分数', '加、减法'],
        teaches: ['通分', '约分'],
        url: 'https://x.cn/1',
        language: 'zh',
        metadata: { 学分: '2' },
      }),
    });
  });

  it('makes a resource of each row, by English names of columns, with text as Markdown', async () => {
    const { resources } = await read(
      'Course Name,Resource Type,Level,Duration,Text,Licence\nFractions,video,High school,1 h 5 min,"# Half\nOne of two.",CC BY\n',
    );
    expect(resources[0]).toEqual({
      sections: [{ heading: ['Half'], text: 'One of two.' }],
      input: expect.objectContaining({
        id: 'catalogues/list.csv#Fractions',
        type: 'video',
        stage: 'senior',
        minutes: 65,
        licence: 'CC BY',
      }),
    });
  });

  it('keeps what a field cannot take as metadata', async () => {
    const { resources } = await read(
      'title,stage,audience,language,duration\nA,K12,everyone,various,3 weeks\n',
    );
    expect(resources[0]!.input).toMatchObject({
      stage: undefined,
      metadata: { stage_: 'K12', audience_: 'everyone', language_: 'various', duration_: '3 weeks' },
    });
  });

  it('gives rows without an id one that does not change with their place', async () => {
    const ids = async (rows: string) =>
      (await read(`title,url,subject\n${rows}`)).resources.map(({ input }) => input.id);
    expect(await ids('A,http://a,\nB,,\nB,,maths\n')).toEqual(
      ['http://a', 'B', 'B~2'].map(key => `catalogues/list.csv#${key}`),
    );
    expect(await ids('B,,\nA,http://a,\n')).toEqual(
      ['B', 'http://a'].map(key => `catalogues/list.csv#${key}`),
    );
    const [long] = await ids(`${'长'.repeat(600)},,\n`);
    expect(long).toMatch(/^catalogues\/list\.csv#[0-9a-f]{32}$/);
  });

  it('leaves out bad rows with their numbers and reasons, and takes the rest', async () => {
    const { resources, leftOut } = await read(
      'id,title,note\n1,"two\nlines",\n\n2,,x\n3,C,a,b\n1,D,\n4,"E,\n5,F,\n6,G,\n,H,\n,H,\n',
    );
    expect(resources.map(({ input }) => input.title)).toEqual(['two lines', 'F', 'G', 'H']);
    expect(leftOut).toEqual([
      { place: 'row 8', reason: 'a quotation mark that is not closed, or one too many' },
      { place: 'row 5', reason: 'no title' },
      { place: 'row 6', reason: 'more cells than the head has (3)' },
      { place: 'row 7', reason: 'the same id as row 2' },
      { place: 'row 12', reason: 'the same as row 11' },
    ]);
  });

  it.each([
    ['commas', 'title,url\nA,b\nC,d\n'],
    ['semicolons', 'title;url\n"A";"b;b,b"\nC;d\n'],
    ['tabs', 'title\turl\nA\tb\nC\t\n'],
    ['a declared delimiter', 'sep=^\ntitle^url\nA^b\nC^d\n'],
    ['a line above the head', '全校课程目录,,\n标题,链接,备注\nA,b,\nC,d,\n'],
    ['Windows line ends and a BOM', '\uFEFFtitle,url\r\nA,b\r\nC,d\r\n'],
  ])('reads %s', async (_what, text) => {
    expect(await titles(text)).toEqual(['A', 'C']);
  });

  it('reads UTF-16, GB 18030 and Big5', async () => {
    expect(await titles(Buffer.from('\uFEFF标题,链接\n分数,b\n', 'utf16le'))).toEqual(['分数']);
    // 标题,学科 / 分数,数学
    expect(await titles(Buffer.from('b1eacce22cd1a7bfc60ab7d6cafd2ccafdd1a70a', 'hex'))).toEqual(['分数']);
    // 標題,學科 / 分數,數學
    expect(await titles(Buffer.from('bcd0c3442cbec7acec0aa4c0bcc62cbcc6bec70a', 'hex'))).toEqual(['分數']);
  });

  it('makes one resource of a table that is no catalogue', async () => {
    const { resources } = await read('城市,人口\n北京,2189\n上海,"2,487"\n');
    expect(resources.map(({ input }) => [input.id, input.title])).toEqual([['catalogues/list.csv', 'list']]);
    expect(resources[0]!.sections).toEqual([
      { heading: [], text: '| 城市 | 人口 |\n| --- | --- |\n| 北京 | 2189 |\n| 上海 | 2,487 |' },
    ]);
    expect((await read('name,mark\nLi,5\n')).resources).toHaveLength(1);
    expect((await read('name,url\nFractions,http://a\n')).resources[0]!.input.title).toBe('Fractions');
  });

  it('repeats the head of a long table', async () => {
    const rows = Array.from({ length: 45 }, (_, i) => `${i},${i * i}`);
    const [section] = (await read(`n,square\n${rows.join('\n')}\n`)).resources[0]!.sections;
    expect(section!.text.match(/\| n \| square \|/g)).toHaveLength(3);
    expect(section!.text.match(/^\| \d+ \|/gm)).toHaveLength(45);
  });

  it('says when there is nothing, and stops at what nobody can read', async () => {
    await expect(read(' \n,\n')).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: 'the table is empty',
    });
    const rows = Array.from({ length: 50_010 }, (_, i) => `t${i}`).join('\n');
    const { resources, leftOut } = await read(`title\n${rows}`);
    expect(resources).toHaveLength(49_999);
    expect(leftOut).toEqual([{ place: 'row 50001', reason: expect.stringMatching(/split the file/) }]);
    const wide = await read(`title\nA\n${'b'.repeat(3_000_000)}\nC\n`);
    expect(wide.resources.map(({ input }) => input.title)).toEqual(['A', 'C']);
    expect(wide.leftOut).toEqual([{ place: 'row 3', reason: 'longer than 2000000 characters' }]);
  });
});
