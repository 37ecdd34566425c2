import { markdownTable } from './markdown-table.ts';
import { currentChildren } from './office-package.ts';
import { formulaText } from './omml.ts';
import type { Shape } from './pptx-shapes.ts';
import { childElements, descend, descendants, type XmlElement, xmlText } from './xml.ts';

/** The text of a shape; that of a table as Markdown. A diagram (SmartArt) has its text in a part of its own. */
export function textOfShape({ element, role }: Shape): string {
  const table = descend(element, 'a:graphic', 'a:graphicData', 'a:tbl');
  if (table) return tableText(table);
  const lines = paragraphsOf(descend(element, 'p:txBody'));
  const isList = role === 'body' && lines.length > 1;
  return lines.map(({ text, depth, mark }) => `${prefixOf(isList, depth, mark)}${text}`).join('\n');
}

/** The relationship under which a diagram keeps its text, if the shape is one. */
export function diagramOf({ element }: Shape): string | undefined {
  const data = childElements(descend(element, 'a:graphic', 'a:graphicData'))[0];
  return data?.attributes['r:dm'];
}

/** The text of a diagram's points, which are lists without order as far as the file says. */
export function textOfDiagram(root: XmlElement): string {
  const points = [...descendants(root, 'pt')].flatMap(point => paragraphsOf(descend(point, 't')));
  return points.map(({ text }) => `- ${text}`).join('\n');
}

interface Line {
  text: string;
  depth: number;
  /** Whether the paragraph says itself that it is of a list, or is of none. */
  mark: 'list' | 'none' | undefined;
}

function paragraphsOf(body: XmlElement | undefined): Line[] {
  return childElements(body, 'a:p')
    .map(paragraph => {
      const properties = descend(paragraph, 'a:pPr');
      const names = childElements(properties).map(({ name }) => name);
      const isList = names.includes('a:buChar') || names.includes('a:buAutoNum');
      return {
        text: textOfParagraph(paragraph),
        depth: Math.min(Number(properties?.attributes.lvl) || 0, 8),
        mark: isList ? ('list' as const) : names.includes('a:buNone') ? ('none' as const) : undefined,
      };
    })
    .filter(({ text }) => text !== '');
}

function prefixOf(isList: boolean, depth: number, mark: Line['mark']): string {
  return mark === 'list' || (isList && mark === undefined) ? `${'  '.repeat(depth)}- ` : '';
}

function textOfParagraph(paragraph: XmlElement): string {
  const read = (element: XmlElement): string => {
    switch (element.name) {
      case 'a:t':
        return xmlText(element);
      case 'a:br':
        return '\n';
      case 'a:pPr':
      case 'a:rPr':
      case 'a:endParaRPr':
        return '';
      case 'm:oMath':
      case 'm:oMathPara':
        return formulaText(element);
      default:
        return currentChildren(element).map(read).join('');
    }
  };
  const lines = read(paragraph).replaceAll('\v', '\n').split('\n');
  return lines
    .map(line => line.replace(/[ \t\u00A0]+/g, ' ').trim())
    .join('\n')
    .trim();
}

function tableText(table: XmlElement): string {
  const rows = childElements(table, 'a:tr').map(row =>
    childElements(row, 'a:tc').map(cell =>
      paragraphsOf(descend(cell, 'a:txBody'))
        .map(({ text }) => text)
        .join(' '),
    ),
  );
  return markdownTable(rows);
}
