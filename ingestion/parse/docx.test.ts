import { describe, expect, it } from 'vitest';
import { makeDocx, type Properties } from '../testing/office-files.ts';
import { parseDocx } from './docx.ts';

const STYLES = `<w:styles>
  <w:style w:styleId="1"><w:name w:val="标题 1"/></w:style>
  <w:style w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
  <w:style w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="1"/></w:style>
  <w:style w:styleId="T"><w:name w:val="Title"/></w:style>
  <w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
  <w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`;
const level = (depth: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const NUMBERING = `<w:numbering>
  <w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '•')}${level(1, 'bullet', '•')}</w:abstractNum>
  <w:abstractNum w:abstractNumId="2">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%1.%2)')}</w:abstractNum>
  <w:abstractNum w:abstractNumId="3">${level(0, 'chineseCounting', '第%1节')}</w:abstractNum>
  ${[1, 2, 3].map(id => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`).join('')}
</w:numbering>`;

const run = (text: string, properties = '') =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (content: string, style = '', properties = '') => {
  const named = style === '' ? '' : `<w:pStyle w:val="${style}"/>`;
  return `<w:p><w:pPr>${named}${properties}</w:pPr>${content.startsWith('<') ? content : run(content)}</w:p>`;
};
const item = (text: string, list: number, depth = 0) =>
  p(text, '', `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr>`);
const table = (rows: string[][]) =>
  `<w:tbl>${rows.map(row => `<w:tr>${row.map(cell => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

async function read(body: string, parts: Record<string, string> = {}, properties?: Properties) {
  const bytes = makeDocx(body, { styles: STYLES, numbering: NUMBERING, ...parts }, properties);
  return (await parseDocx(bytes, 'unit/lesson.docx')).resources[0]!;
}
const textOf = async (body: string, parts?: Record<string, string>) => (await read(body, parts)).input.text;

describe('parseDocx', () => {
  it('makes sections of headings, by Chinese and English styles, outline levels and inheritance', async () => {
    const { input, sections } = await read(
      p('分数', 'T') +
        p('第一章', '1') +
        p('分子与分母。') +
        p('Half', 'H2') +
        p('One of two.') +
        p('Quarter', 'H2') +
        p('One of four.') +
        p('第二章', 'Mine') +
        p('通分。') +
        p('约分', '', '<w:outlineLvl w:val="1"/>') +
        p('化简。'),
    );
    expect(input).toMatchObject({ id: 'unit/lesson.docx', title: '分数' });
    expect(sections).toEqual([
      { heading: ['第一章'], text: '分子与分母。' },
      { heading: ['第一章', '第一节 Half'], text: 'One of two.' },
      { heading: ['第一章', '第二节 Quarter'], text: 'One of four.' },
      { heading: ['第二章'], text: '通分。' },
      { heading: ['第二章', '约分'], text: '化简。' },
    ]);
  });

  it('has the title of the properties unless a program gave it', async () => {
    const body = p('Fractions', '1') + p('A half.');
    const titled = { title: 'Unit 3', creator: '王老师; Li Na', language: 'en-GB' };
    expect((await read(body, {}, titled)).input).toMatchObject({
      title: 'Unit 3',
      authors: '王老师, Li Na',
      language: 'en-GB',
    });
    const made = { title: 'Microsoft Word - draft', creator: 'Administrator', language: 'zh-CN' };
    const { input } = await read(body, {}, made);
    expect([input.title, input.authors, input.language]).toEqual(['Fractions', undefined, undefined]);
    expect((await read(p('A half.'))).input.title).toBe('lesson');
  });

  it('writes lists with the numbers that Word counts', async () => {
    const body =
      item('pear', 1) + item('apple', 1, 1) + p('and') + item('add', 2) + item('all', 2, 1) + item('two', 2);
    expect(await textOf(body)).toBe('- pear\n  - apple\n\nand\n\n1. add\n  1.a) all\n2. two');
  });

  it('leaves out what is hidden, deleted or a comment, and keeps what was inserted', async () => {
    const body =
      p(
        run('Keep ') +
          run('secret ', '<w:vanish/>') +
          run('seen ', '<w:vanish w:val="0"/>') +
          `<w:del>${run('x').replace(/w:t\b/g, 'w:delText')}</w:del><w:ins>${run('new ')}</w:ins>` +
          `<w:moveFrom>${run('old')}</w:moveFrom><w:moveTo>${run('moved')}</w:moveTo><w:r><w:commentReference w:id="1"/></w:r>`,
      ) +
      p('hidden by style', 'Secret') +
      p('Contents 3', 'Toc');
    expect(
      await textOf(body, { comments: `<w:comments><w:comment>${p('rude')}</w:comment></w:comments>` }),
    ).toBe('Keep seen new moved');
  });

  it('reads tables, merged cells, and forms of lesson plans as what they hold', async () => {
    const span = `<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${p('a|b')}`;
    const below = `<w:tcPr><w:vMerge/></w:tcPr>${p('')}`;
    const body = table([
      [p('名称'), p('数'), p('量')],
      [span, p('1')],
      [below, p('x') + p('y'), p('2')],
    ]);
    expect(await textOf(body)).toBe(
      '| 名称 | 数 | 量 |\n| --- | --- | --- |\n| a\\|b |  | 1 |\n|  | x y | 2 |',
    );
    const form = table([[p('教学过程'), p('导入', '1') + p('问题。'.repeat(200))]]);
    expect((await read(form)).sections.map(({ heading }) => heading)).toEqual([[], []]);
    expect((await read(p('t', 'T') + form)).sections.at(-1)!.heading).toEqual(['导入']);
  });

  it('reads footnotes, text boxes, breaks and raised numbers', async () => {
    const note = `<w:footnote w:id="2">${p('See Euclid.')}</w:footnote>`;
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${p('In the box')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:txbxContent>${p('In the box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>`;
    const body = p(
      `${run('x')}${run('2', '<w:vertAlign w:val="superscript"/>')}<w:r><w:br/></w:r>${run('H')}${run('2', '<w:vertAlign w:val="subscript"/>')}${run('O')}<w:r><w:footnoteReference w:id="2"/></w:r>${box}`,
    );
    expect(await textOf(body, { footnotes: `<w:footnotes>${note}</w:footnotes>` })).toBe(
      'x²\nH₂O[^1]\n\n[^1]: See Euclid.\n\nIn the box',
    );
  });

  it('writes formulas as LaTeX', async () => {
    const half =
      '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>';
    const body = p(`${run('A half is ')}${half}${run('.')}`) + p(`<m:oMathPara>${half}</m:oMathPara>`);
    expect(await textOf(body)).toBe('A half is $\\frac{1}{2}$.\n\n$$\\frac{1}{2}$$');
  });

  it('says when there is no text', async () => {
    await expect(read(p(''))).rejects.toMatchObject({ code: 'unreadable-resource', message: /no text/ });
  });
});
