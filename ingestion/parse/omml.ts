import { latexOfText } from './latex-symbols.ts';
import { childElements, descend, type XmlElement, xmlText } from './xml.ts';

/** The LaTeX of a formula of Word or PowerPoint (`m:oMath`); what is unknown falls back to its characters. */
export function latexOfMath(math: XmlElement): string {
  return latexOfAll(math)
    .replace(/[ \t\n]+/g, ' ')
    .replace(/ (?=[ }^_,.;!?)\]]|$)/g, '')
    .trim();
}

/** A formula as text: between dollar signs, two of them when it stands by itself (`m:oMathPara`). */
export function formulaText(element: XmlElement): string {
  const isDisplay = element.name === 'm:oMathPara';
  const formulas = isDisplay ? childElements(element, 'm:oMath') : [element];
  const mark = isDisplay ? '$$' : '$';
  return formulas
    .map(latexOfMath)
    .filter(latex => latex !== '')
    .map(latex => `${mark}${latex}${mark}`)
    .join('\n');
}

type Writer = (element: XmlElement) => string;

const WRITERS: Record<string, Writer> = {
  'm:r': run,
  'm:f': fraction,
  'm:sSup': element => `${base(element)}^${script(part(element, 'm:sup'))}`,
  'm:sSub': element => `${base(element)}_${script(part(element, 'm:sub'))}`,
  'm:sSubSup': element =>
    `${base(element)}_${script(part(element, 'm:sub'))}^${script(part(element, 'm:sup'))}`,
  'm:sPre': element =>
    `{}_${script(part(element, 'm:sub'))}^${script(part(element, 'm:sup'))}${part(element, 'm:e')}`,
  'm:rad': radical,
  'm:nary': largeOperator,
  'm:d': delimited,
  'm:m': element => `\\begin{matrix}${matrixRows(element)}\\end{matrix}`,
  'm:eqArr': element => `\\begin{aligned}${arrayRows(element)}\\end{aligned}`,
  'm:acc': accent,
  'm:bar': element =>
    `\\${property(element, 'm:pos') === 'top' ? 'over' : 'under'}line{${part(element, 'm:e')}}`,
  'm:func': element => `${functionName(element)} ${part(element, 'm:e')}`,
  'm:limLow': element => limit(element, '_', '\\underset'),
  'm:limUpp': element => limit(element, '^', '\\overset'),
  'm:groupChr': groupCharacter,
  'm:borderBox': element => `\\boxed{${part(element, 'm:e')}}`,
  'm:phant': element => (property(element, 'm:show') === '0' ? '' : part(element, 'm:e')),
};

function latexOf(element: XmlElement): string {
  if (element.name.endsWith('Pr') || element.name === 'w:del' || element.name === 'w:moveFrom') return '';
  return (WRITERS[element.name] ?? latexOfAll)(element);
}

function latexOfAll(element: XmlElement): string {
  return childElements(element).map(latexOf).join('');
}

function part(element: XmlElement, name: string): string {
  const found = descend(element, name);
  return found ? latexOfAll(found).trim() : '';
}

/** The value of a property (`m:naryPr > m:chr`): undefined when not given, '' when given empty. */
function property(element: XmlElement, name: string): string | undefined {
  const found = descend(
    childElements(element).find(child => child.name.endsWith('Pr')),
    name,
  );
  return found && (found.attributes['m:val'] ?? '');
}

function isPropertyOn(element: XmlElement, name: string): boolean {
  const value = property(element, name);
  return value !== undefined && !['0', 'off', 'false'].includes(value);
}

function run(element: XmlElement): string {
  const text = childElements(element)
    .filter(({ name }) => name === 'm:t' || name === 'w:t')
    .map(xmlText)
    .join('');
  const properties = descend(element, 'm:rPr');
  const isPlain = descend(properties, 'm:nor') !== undefined;
  return latexOfText(text, isPlain);
}

function fraction(element: XmlElement): string {
  const [top, bottom] = [part(element, 'm:num'), part(element, 'm:den')];
  switch (property(element, 'm:type')) {
    case 'lin':
    case 'skw':
      return `${group(top)}/${group(bottom)}`;
    case 'noBar':
      return `\\genfrac{}{}{0pt}{}{${top}}{${bottom}}`;
    default:
      return `\\frac{${top}}{${bottom}}`;
  }
}

function radical(element: XmlElement): string {
  const degree = isPropertyOn(element, 'm:degHide') ? '' : part(element, 'm:deg');
  return `\\sqrt${degree === '' ? '' : `[${degree}]`}{${part(element, 'm:e')}}`;
}

const LARGE_OPERATORS: Record<string, string> = {
  '∑': '\\sum',
  '∏': '\\prod',
  '∐': '\\coprod',
  '∫': '\\int',
  '∬': '\\iint',
  '∭': '\\iiint',
  '∮': '\\oint',
  '⋃': '\\bigcup',
  '⋂': '\\bigcap',
  '⋁': '\\bigvee',
  '⋀': '\\bigwedge',
};

function largeOperator(element: XmlElement): string {
  const character = property(element, 'm:chr') || '∫';
  const sub = isPropertyOn(element, 'm:subHide') ? '' : part(element, 'm:sub');
  const sup = isPropertyOn(element, 'm:supHide') ? '' : part(element, 'm:sup');
  const from = sub === '' ? '' : `_${script(sub)}`;
  const to = sup === '' ? '' : `^${script(sup)}`;
  return `${LARGE_OPERATORS[character] ?? latexOfText(character)}${from}${to} ${part(element, 'm:e')}`;
}

const MATRICES: Record<string, string> = { '()': 'p', '[]': 'b', '{}': 'B', '||': 'v', '‖‖': 'V' };

function delimited(element: XmlElement): string {
  const [open, close] = [property(element, 'm:begChr') ?? '(', property(element, 'm:endChr') ?? ')'];
  const parts = childElements(element, 'm:e');
  const only = parts.length === 1 ? childElements(parts[0]).filter(({ name }) => !name.endsWith('Pr')) : [];
  const content = only.length === 1 ? only[0] : undefined;
  const matrix = content?.name === 'm:m' ? MATRICES[open + close] : undefined;
  if (content && matrix) return `\\begin{${matrix}matrix}${matrixRows(content)}\\end{${matrix}matrix}`;
  if (content?.name === 'm:eqArr' && open === '{' && close === '') {
    return `\\begin{cases}${arrayRows(content)}\\end{cases}`;
  }
  const separator = latexOfText(property(element, 'm:sepChr') || '|');
  const inner = parts.map(latexOfAll).join(separator);
  return `\\left${delimiter(open)} ${inner}\\right${delimiter(close)} `;
}

function delimiter(character: string): string {
  return character === '' ? '.' : latexOfText(character).trim();
}

function matrixRows(matrix: XmlElement): string {
  return childElements(matrix, 'm:mr')
    .map(row => childElements(row, 'm:e').map(latexOfAll).join(' & '))
    .join(' \\\\ ');
}

/** The ampersands of an equation array are its own alignment marks. */
function arrayRows(array: XmlElement): string {
  return childElements(array, 'm:e')
    .map(row => latexOfAll(row).replaceAll('\\&', '&'))
    .join(' \\\\ ');
}

const ACCENTS: Record<string, string> = {
  '\u0302': 'hat',
  '\u0303': 'tilde',
  '\u0304': 'bar',
  '\u0305': 'overline',
  '\u0306': 'breve',
  '\u0307': 'dot',
  '\u0308': 'ddot',
  '\u030C': 'check',
  '\u20D7': 'vec',
  '\u20D6': 'overleftarrow',
  '^': 'hat',
  '~': 'tilde',
  '¯': 'bar',
  '→': 'vec',
};

function accent(element: XmlElement): string {
  const name = ACCENTS[property(element, 'm:chr') || '\u0302'] ?? 'hat';
  const inner = part(element, 'm:e');
  const wide = { hat: 'widehat', tilde: 'widetilde', vec: 'overrightarrow', bar: 'overline' }[name];
  return `\\${wide && !isSingle(inner) ? wide : name}{${inner}}`;
}

function groupCharacter(element: XmlElement): string {
  const character = property(element, 'm:chr') || '⏟';
  const inner = part(element, 'm:e');
  const name = { '⏟': 'underbrace', '⏞': 'overbrace', '→': 'overrightarrow', '←': 'overleftarrow' }[
    character
  ];
  const place = property(element, 'm:pos') === 'top' ? 'over' : 'under';
  return name ? `\\${name}{${inner}}` : `\\${place}set{${latexOfText(character)}}{${inner}}`;
}

function limit(element: XmlElement, mark: '_' | '^', otherwise: string): string {
  const [inner, bound] = [part(element, 'm:e'), part(element, 'm:lim')];
  const takesLimits = /^\\(?:lim|max|min|sup|inf|limsup|liminf|sum|prod|underbrace|overbrace)\b/.test(inner);
  return takesLimits ? `${inner}${mark}{${bound}}` : `${otherwise}{${bound}}{${inner}}`;
}

/** Names that LaTeX does not know are set upright all the same. */
function functionName(element: XmlElement): string {
  const name = part(element, 'm:fName');
  return /^[A-Za-z]{2,}$/.test(name) ? `\\operatorname{${name}}` : name;
}

function base(element: XmlElement): string {
  return group(part(element, 'm:e'));
}

function group(latex: string): string {
  return isSingle(latex) ? latex : `{${latex}}`;
}

function script(latex: string): string {
  return /^[A-Za-z0-9]$/.test(latex) ? latex : `{${latex}}`;
}

function isSingle(latex: string): boolean {
  return /^(?:\\[A-Za-z]+|\\?[^\\])$/u.test(latex);
}
