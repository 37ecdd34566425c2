import { describe, expect, it } from 'vitest';
import { makePptx, type Properties, type SlideParts } from '../testing/office-files.ts';
import { parsePptx } from './pptx.ts';

const paragraph = (text: string, properties = '') =>
  `<a:p>${properties}${text.startsWith('<') ? text : `<a:r><a:t>${text}</a:t></a:r>`}</a:p>`;
const shape = (paragraphs: string[], { role = '', at = [] as number[], name = '' } = {}) => {
  const place =
    at.length > 0 ? `<a:xfrm><a:off x="${at[0]}" y="${at[1]}"/><a:ext cx="100" cy="100"/></a:xfrm>` : '';
  const placeholder = role === '' ? '' : role === 'body' ? '<p:ph idx="1"/>' : `<p:ph type="${role}"/>`;
  return (
    `<p:sp><p:nvSpPr><p:cNvPr ${name}/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr>${place}</p:spPr>` +
    `<p:txBody>${paragraphs.map(text => (text.startsWith('<a:p>') ? text : paragraph(text))).join('')}</p:txBody></p:sp>`
  );
};
const title = (text: string) => shape([text], { role: 'title' });

async function read(slides: SlideParts[], properties?: Properties) {
  const { resources, leftOut } = await parsePptx(makePptx(slides, properties), 'week 1/deck.pptx');
  return { ...resources[0]!, leftOut };
}

describe('parsePptx', () => {
  it('reads slides in the order of the presentation, titles as headings, notes under them', async () => {
    const { input, sections } = await read([
      { shapes: title('分数的意义') + shape(['第一课'], { role: 'subTitle' }) },
      {
        shapes:
          shape(['分子', paragraph('上面', '<a:pPr lvl="1"/>')], { role: 'body' }) + title('各部分名称'),
        notes: shape(['先问学生。'], { role: 'body' }) + shape(['3'], { role: 'sldNum' }),
      },
      { shapes: title('谢谢') },
    ]);
    expect(input).toMatchObject({ id: 'week 1/deck.pptx', title: '分数的意义' });
    expect(sections).toEqual([
      { heading: [], text: '第一课', locator: { kind: 'slide', slide: 1 } },
      { heading: ['各部分名称'], text: '- 分子\n  - 上面', locator: { kind: 'slide', slide: 2 } },
      { heading: ['各部分名称', '备注'], text: '先问学生。', locator: { kind: 'slide', slide: 2 } },
      { heading: [], text: '谢谢', locator: { kind: 'slide', slide: 3 } },
    ]);
  });

  it('leaves out hidden slides and says so; hidden shapes, footers and numbers too', async () => {
    const { sections, leftOut } = await read([
      { shapes: title('Hidden'), isHidden: true },
      {
        shapes:
          shape(['Seen']) + shape(['Unseen'], { name: 'hidden="1"' }) + shape(['p. 2'], { role: 'sldNum' }),
        notes: shape(['Say it.']),
      },
    ]);
    expect(sections.map(({ heading, text }) => [heading, text])).toEqual([
      [[], 'Seen'],
      [['Notes'], 'Say it.'],
    ]);
    expect(leftOut).toEqual([{ place: 'slide 1', reason: 'hidden in the presentation' }]);
  });

  it('reads shapes row by row, and groups together', async () => {
    const group = `<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="500"/><a:ext cy="300"/></a:xfrm></p:grpSpPr>${shape(['5'], { at: [0, 600] })}${shape(['4'], { at: [0, 500] })}</p:grpSp>`;
    const { input } = await read([
      {
        shapes:
          group +
          shape(['3'], { at: [300, 210] }) +
          shape(['2'], { at: [0, 220] }) +
          shape(['1'], { at: [50, 0] }) +
          shape(['6'], { at: [300, 700] }),
      },
    ]);
    expect(input.text).toBe('1\n\n2\n\n3\n\n4\n\n5\n\n6');
  });

  it('reads tables and formulas', async () => {
    const cell = (text: string) => `<a:tc><a:txBody>${paragraph(text)}</a:txBody></a:tc>`;
    const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell('a')}${cell('b|c')}</a:tr><a:tr>${cell('1')}${cell('2')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
    const formula =
      '<mc:AlternateContent><mc:Choice><m xmlns="http://schemas.microsoft.com/office/drawing/2010/main"><m:oMath><m:r><m:t>a²≠b</m:t></m:r></m:oMath></m></mc:Choice><mc:Fallback><a:r><a:t>?</a:t></a:r></mc:Fallback></mc:AlternateContent>';
    const { input } = await read([{ shapes: table + shape([`<a:p>${formula}</a:p>`]) }]);
    expect(input.text).toBe('| a | b\\|c |\n| --- | --- |\n| 1 | 2 |\n\n$a²\\ne b$');
  });

  it('does not take the title that PowerPoint gives', async () => {
    const slides = [{ shapes: title('Fractions') + shape(['A half']) }];
    expect((await read(slides, { title: 'PowerPoint 演示文稿' })).input.title).toBe('Fractions');
    expect((await read(slides, { title: 'Unit 1' })).sections[0]!.heading).toEqual(['Fractions']);
    expect((await read([{ shapes: shape(['A half']) }])).input.title).toBe('deck');
  });

  it('says when there is no text', async () => {
    await expect(read([{ shapes: '' }])).rejects.toThrow('the slides have no text');
  });
});
