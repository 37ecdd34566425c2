import { type AnyNode, type Element, hasChildren, isTag, isText } from 'domhandler';
import type { Section } from '../../library/resources.ts';
import { createOutline, type Outline } from './outline.ts';

/** Elements that are not the page's own text. */
const CLUTTER = new Set(
  'script style noscript template nav aside form button select iframe svg canvas dialog head'.split(' '),
);
const CLUTTER_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'search']);

/** Elements that begin and end a paragraph. */
const BLOCKS = new Set(
  (
    'address article blockquote body center dd details div dl dt fieldset figcaption figure footer header hr html li main ' +
    'ol p section summary ul'
  ).split(' '),
);

/**
 * The main text of a page as sections by its headings. Formulas become LaTeX between dollar signs, tables rows of
 * cells between bars, code blocks fences.
 */
export function sectionsOfHtml(root: AnyNode[], title: string): Section[] {
  const outline = createOutline(title, '\n\n');
  const main = findMain(root);
  writePage(main && textOf(main).trim() !== '' ? main.children : root, outline);
  const joinList = (text: string) => text.replace(/^(- .*)\n\n(?=- )/gm, '$1\n');
  return outline.close().map(section => ({ ...section, text: joinList(section.text) }));
}

function writePage(nodes: AnyNode[], outline: Outline): void {
  let paragraph = '';
  const endParagraph = () => {
    const lines = paragraph.split('\n').map(line => line.replace(/[ \t\u00A0]+/g, ' ').trim());
    const text = lines.join('\n').trim();
    if (text !== '') outline.add(text);
    paragraph = '';
  };
  const write = (text: string) => {
    endParagraph();
    outline.add(text);
  };
  const open = (level: number, heading: string) => {
    endParagraph();
    if (heading !== '') outline.open(level, heading);
  };
  const walk = (children: AnyNode[]) => {
    for (const node of children) {
      if (isText(node)) paragraph += node.data.replace(/\s+/g, ' ');
      else if (isTag(node)) visit(node);
    }
  };
  const visit = (element: Element) => {
    const tag = element.name;
    const formula = latexOf(element);
    if (formula !== undefined) paragraph += formula;
    else if (isClutter(element)) return;
    else if (tag === 'br') paragraph += '\n';
    else if (/^h[1-6]$/.test(tag)) open(Number(tag[1]), lineOf(element));
    else if (tag === 'pre') write(`\`\`\`\n${textOf(element).replace(/^\n|\n$/g, '')}\n\`\`\``);
    else if (tag === 'table') write(tableText(element));
    else if (BLOCKS.has(tag)) {
      endParagraph();
      if (tag === 'li') paragraph = '- ';
      walk(element.children);
      endParagraph();
    } else walk(element.children);
  };
  walk(nodes);
  endParagraph();
}

function isClutter({ name, attribs, parent }: Element): boolean {
  if (CLUTTER.has(name) || CLUTTER_ROLES.has(attribs.role ?? '')) return true;
  if ('hidden' in attribs || attribs['aria-hidden'] === 'true') return true;
  // MediaWiki sets a picture of the formula beside it.
  if (name === 'img') return true;
  const isOfPage = parent === null || !isTag(parent) || parent.name === 'body';
  return (name === 'header' || name === 'footer') && isOfPage;
}

/** The LaTeX of a formula (MathML with an annotation or alternative text, MathJax script); its characters without one. */
function latexOf(element: Element): string | undefined {
  const { name, attribs } = element;
  if (name === 'script' && attribs.type?.startsWith('math/tex')) {
    return between(textOf(element), attribs.type.includes('display'));
  }
  if (name !== 'math') return undefined;
  const annotations = [...eachElement(element.children)].filter(node => node.name.startsWith('annotation'));
  const tex = annotations.find(node => node.attribs.encoding === 'application/x-tex');
  const latex = tex ? textOf(tex) : (attribs.alttext ?? '');
  if (latex.trim() === '') return textWithout(element, annotations).replace(/\s+/g, ' ');
  return between(latex, attribs.display === 'block' || isInKatexBlock(element));
}

function textWithout(node: AnyNode, left: AnyNode[]): string {
  if (isText(node)) return node.data;
  if (!hasChildren(node) || left.includes(node)) return '';
  return node.children.map(child => textWithout(child, left)).join('');
}

function isInKatexBlock({ parent }: Element): boolean {
  for (let node = parent; node !== null; node = node.parent) {
    if ('attribs' in node && /\bkatex-display\b/.test(node.attribs.class ?? '')) return true;
  }
  return false;
}

function between(latex: string, display: boolean): string {
  const mark = display ? '$$' : '$';
  return `${mark}${latex.trim()}${mark}`;
}

function tableText(table: Element): string {
  const elements = [...eachElement(table.children)];
  const rows = elements
    .filter(({ name }) => name === 'tr')
    .map(row =>
      row.children
        .filter(isTag)
        .filter(({ name }) => name === 'th' || name === 'td')
        .map(cell => lineOf(cell).replaceAll('|', '\\|')),
    )
    .filter(cells => cells.some(cell => cell !== ''));
  const lines = rows.map(cells => `| ${cells.join(' | ')} |`);
  if (lines.length > 1) lines.splice(1, 0, `|${' --- |'.repeat(rows[0]!.length)}`);
  const caption = elements.find(({ name }) => name === 'caption');
  return [caption ? lineOf(caption) : '', lines.join('\n')].filter(part => part !== '').join('\n\n');
}

function findMain(nodes: AnyNode[]): Element | undefined {
  let article: Element | undefined;
  for (const element of eachElement(nodes)) {
    if (element.name === 'main' || element.attribs.role === 'main') return element;
    if (element.name === 'article') article ??= element;
  }
  return article;
}

/** All elements of a tree in document order. */
export function* eachElement(nodes: AnyNode[]): Generator<Element> {
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isTag(node)) yield node;
    if (!hasChildren(node)) continue;
    // One by one: as arguments of one call, some 100,000 children overflow the stack.
    for (const child of node.children.toReversed()) waiting.push(child);
  }
}

/** The text of an element as one line, formulas as LaTeX. */
export function lineOf(element: Element): string {
  const inline = (node: AnyNode): string => {
    if (isText(node)) return node.data;
    if (!isTag(node)) return '';
    const formula = latexOf(node);
    if (formula !== undefined) return formula;
    if (node.name === 'br') return ' ';
    return isClutter(node) ? '' : node.children.map(inline).join('');
  };
  return element.children.map(inline).join('').replace(/\s+/g, ' ').trim();
}

/** All text below an element, as it stands. */
export function textOf(element: Element): string {
  const textBelow = (node: AnyNode): string =>
    isText(node) ? node.data : hasChildren(node) ? node.children.map(textBelow).join('') : '';
  return textBelow(element);
}
