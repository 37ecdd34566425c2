import { describe, expect, it } from 'vitest';
import { OFFICE_NAMESPACES } from './office-package.ts';
import { latexOfMath } from './omml.ts';
import { parseXml } from './xml.ts';

const MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
const e = (content: string) => `<m:e>${content}</m:e>`;
const latex = (xml: string) => latexOfMath(parseXml(`<m:oMath ${MATH}>${xml}</m:oMath>`, OFFICE_NAMESPACES));
const val = (name: string, value: string) => `<m:${name} m:val="${value}"/>`;
const matrix = (rows: string[][]) =>
  `<m:m>${rows.map(row => `<m:mr>${row.map(cell => e(r(cell))).join('')}</m:mr>`).join('')}</m:m>`;
const d = (open: string, close: string, ...parts: string[]) =>
  `<m:d><m:dPr>${val('begChr', open)}${val('endChr', close)}</m:dPr>${parts.map(e).join('')}</m:d>`;

describe('latexOfMath', () => {
  it.each([
    [r('a+b≤α×2'), 'a+b\\le \\alpha \\times 2'],
    [r('𝑥𝐲'), 'xy'],
    [r('速度=5'), '\\text{速度}=5'],
    [r('50% {a}'), '50\\% \\{a\\}'],
    ['<m:r><m:rPr><m:nor/></m:rPr><m:t>if x</m:t></m:r>', '\\text{if x}'],
    [`<m:f><m:num>${r('a')}</m:num><m:den>${r('b')}</m:den></m:f>`, '\\frac{a}{b}'],
    [
      `<m:f><m:fPr>${val('type', 'lin')}</m:fPr><m:num>${r('a+1')}</m:num><m:den>${r('b')}</m:den></m:f>`,
      '{a+1}/b',
    ],
    [`<m:sSup>${e(r('x'))}<m:sup>${r('2')}</m:sup></m:sSup>`, 'x^2'],
    [`<m:sSup>${e(r('ab'))}<m:sup>${r('-1')}</m:sup></m:sSup>`, '{ab}^{-1}'],
    [`<m:sSub>${e(r('a'))}<m:sub>${r('n+1')}</m:sub></m:sSub>`, 'a_{n+1}'],
    [`<m:sSubSup>${e(r('a'))}<m:sub>${r('1')}</m:sub><m:sup>${r('2')}</m:sup></m:sSubSup>`, 'a_1^2'],
    [`<m:rad><m:radPr>${val('degHide', '1')}</m:radPr><m:deg/>${e(r('2'))}</m:rad>`, '\\sqrt{2}'],
    [`<m:rad><m:deg>${r('3')}</m:deg>${e(r('x'))}</m:rad>`, '\\sqrt[3]{x}'],
    [
      `<m:nary><m:naryPr>${val('chr', '∑')}</m:naryPr><m:sub>${r('i=1')}</m:sub><m:sup>${r('n')}</m:sup>${e(r('i'))}</m:nary>`,
      '\\sum_{i=1}^n i',
    ],
    [`<m:nary><m:sub>${r('0')}</m:sub><m:sup>${r('1')}</m:sup>${e(r('xdx'))}</m:nary>`, '\\int_0^1 xdx'],
    [
      d(
        '(',
        ')',
        matrix([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      ),
      '\\begin{pmatrix}a & b \\\\ c & d\\end{pmatrix}',
    ],
    [d('[', ')', r('0'), r('1')), '\\left[ 0|1\\right)'],
    [
      d('{', '', `<m:eqArr>${e(r('x&amp;=1'))}${e(r('y&amp;=2'))}</m:eqArr>`),
      '\\begin{cases}x&=1 \\\\ y&=2\\end{cases}',
    ],
    [`<m:acc><m:accPr>${val('chr', '\u20D7')}</m:accPr>${e(r('v'))}</m:acc>`, '\\vec{v}'],
    [`<m:acc><m:accPr>${val('chr', '\u20D7')}</m:accPr>${e(r('AB'))}</m:acc>`, '\\overrightarrow{AB}'],
    [`<m:bar><m:barPr>${val('pos', 'top')}</m:barPr>${e(r('x'))}</m:bar>`, '\\overline{x}'],
    [`<m:func><m:fName>${r('sin')}</m:fName>${e(r('x'))}</m:func>`, '\\sin x'],
    [`<m:func><m:fName>${r('rank')}</m:fName>${e(r('A'))}</m:func>`, '\\operatorname{rank} A'],
    [
      `<m:func><m:fName><m:limLow>${e(r('lim'))}<m:lim>${r('x→0')}</m:lim></m:limLow></m:fName>${e(r('x'))}</m:func>`,
      '\\lim_{x\\to 0} x',
    ],
    [`<m:strange>${r('x')}<m:ctrlPr/>${r('y')}</m:strange>`, 'xy'],
    [r('90°'), '90^{\\circ}'],
  ])('%s', (xml, expected) => {
    expect(latex(xml)).toBe(expected);
  });
});
