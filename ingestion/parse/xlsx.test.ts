import { describe, expect, it } from 'vitest';
import { makeXlsx, type SheetParts, sheetRows } from '../testing/office-files.ts';
import { parseXlsx } from './xlsx.ts';

const read = (sheets: SheetParts[], parts?: Record<string, string>) =>
  parseXlsx(makeXlsx(sheets, parts), 'catalogues/book.xlsx');
const readRows = async (xml: string, parts?: Record<string, string>) =>
  (await read([{ name: 'S', xml }], parts)).resources[0]!.input.text.split('\n').filter(
    line => !/---/.test(line),
  );

describe('parseXlsx', () => {
  it('makes resources of catalogues and one of the other sheets, and leaves out hidden ones', async () => {
    const { resources, leftOut } = await read([
      {
        name: '课程',
        xml: sheetRows([
          ['标题', '学段'],
          ['分数', '小学'],
          ['', '初中'],
        ]),
      },
      {
        name: 'Marks',
        xml: sheetRows([
          ['a', 'b'],
          ['1', '2'],
        ]),
      },
      { name: 'More', xml: sheetRows([['c']]) },
      { name: 'Secret', xml: sheetRows([['title'], ['X']]), state: 'veryHidden' },
      { name: 'Empty', xml: '<sheetData/>' },
    ]);
    expect(resources.map(({ input }) => [input.id, input.title])).toEqual([
      ['catalogues/book.xlsx#分数', '分数'],
      ['catalogues/book.xlsx', 'book'],
    ]);
    expect(resources[1]!.sections).toEqual([
      { heading: ['Marks'], text: '| a | b |\n| --- | --- |\n| 1 | 2 |' },
      { heading: ['More'], text: '| c |' },
    ]);
    expect(leftOut).toEqual([
      { place: 'sheet "Secret"', reason: 'hidden in the workbook' },
      { place: 'sheet "课程", row 3', reason: 'no title' },
    ]);
  });

  it('reads shared strings, values of formulas, truth values, errors and gaps', async () => {
    const strings =
      '<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>reading</t></rPh></si></sst>';
    const cells =
      '<c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><f>A1</f><v>sum</v></c>' +
      '<c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c><c r="G1"><v>0.30000000000000004</v></c>';
    expect(
      await readRows(`<sheetData><row r="1">${cells}</row></sheetData>`, { sharedStrings: strings }),
    ).toEqual(['| plain |  | rich | sum | TRUE |  | 0.3 |']);
  });

  it('shows dates, times and shares as people see them', async () => {
    const formats = ['yyyy"年"m"月"d"日"', '[h]:mm', '0.00" days"', 'h:mm AM/PM'];
    const styles = `<styleSheet><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
      .join(
        '',
      )}</numFmts><cellXfs>${[0, 14, 22, 9, 164, 165, 166, 167].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;
    const values = [45_536, 45_536, 45_536.5, 0.125, 45_536, 1.5, 2, 0.75];
    const cells = values.map((value, i) => `<c s="${i}"><v>${value}</v></c>`).join('');
    expect(await readRows(`<sheetData><row>${cells}</row></sheetData>`, { styles })).toEqual([
      '| 45536 | 2024-09-01 | 2024-09-01 12:00 | 12.5% | 2024-09-01 | 36:00:00 | 2 | 18:00:00 |',
    ]);
  });

  it('repeats a cell that spans rows, not one that spans columns', async () => {
    const rows = sheetRows([
      ['学科', 'x', 'y'],
      ['数学', '1', ''],
      ['', '2', ''],
      ['', '', ''],
    ]);
    const merges = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B2:C2"/></mergeCells>';
    expect(await readRows(rows + merges)).toEqual(['| 学科 | x | y |', '| 数学 | 1 |  |', '| 数学 | 2 |  |']);
  });

  it('refuses what is too wide or too much, quickly', async () => {
    const wide = '<sheetData><row><c r="XFD1" t="str"><v>x</v></c></row></sheetData>';
    await expect(read([{ name: 'S', xml: wide }])).rejects.toThrow(/more than 500 columns/);
    const merges = `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000)}</mergeCells>`;
    const tall = Array.from({ length: 2000 }, (_, i) => ['', `${i}`]);
    const started = Date.now();
    await read([{ name: 'S', xml: sheetRows([['a', 'b'], ...tall]) + merges }]);
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
