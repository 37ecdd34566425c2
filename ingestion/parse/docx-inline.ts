import type { Styles } from './docx-styles.ts';
import { currentChildren, isOn } from './office-package.ts';
import { formulaText } from './omml.ts';
import { descend, type XmlElement, xmlText } from './xml.ts';

/** The words of a paragraph, and what hangs on it. */
export interface Inline {
  text: string;
  /** Contents of text boxes that are anchored in it. */
  boxes: XmlElement[];
}

/** How a note is marked in the text, by "footnote 2" or "endnote 1". */
export type NoteMark = (note: string) => string;

/** Elements whose text is not the document's: deleted, moved away, or readings above the characters. */
const LEFT_OUT = new Set(['w:del', 'w:moveFrom', 'w:rt', 'w:pPr', 'w:rPr', 'w:instrText', 'w:delText']);

/** Reads the runs of a paragraph (`w:p`): as the document stands when all its changes are accepted, without hidden text. */
export function readInline(paragraph: XmlElement, styles: Styles, noteMark: NoteMark): Inline {
  const inline: Inline = { text: '', boxes: [] };
  const visit = (element: XmlElement): void => {
    const { name } = element;
    if (LEFT_OUT.has(name)) return;
    if (name === 'm:oMath' || name === 'm:oMathPara') inline.text += formulaText(element);
    else if (name === 'w:txbxContent') inline.boxes.push(element);
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') {
      const note = `${name.slice('w:'.length, -'Reference'.length)} ${element.attributes['w:id']}`;
      inline.text += noteMark(note);
    } else if (name === 'w:r') {
      if (!isHidden(element, styles)) visitRun(element);
    } else currentChildren(element).forEach(visit);
  };
  const visitRun = (run: XmlElement): void => {
    const place = descend(run, 'w:rPr', 'w:vertAlign')?.attributes['w:val'];
    for (const child of currentChildren(run)) {
      const characters = charactersOf(child);
      if (characters === undefined) visit(child);
      else inline.text += raised(characters, place);
    }
  };
  visit(paragraph);
  return inline;
}

function isHidden(run: XmlElement, styles: Styles): boolean {
  const properties = descend(run, 'w:rPr');
  const own = descend(properties, 'w:vanish');
  if (own) return isOn(own);
  return styles.get(descend(properties, 'w:rStyle')?.attributes['w:val'] ?? '')?.isHidden ?? false;
}

function charactersOf(element: XmlElement): string | undefined {
  switch (element.name) {
    case 'w:t':
      return xmlText(element);
    case 'w:tab':
    case 'w:ptab':
      return ' ';
    case 'w:br':
    case 'w:cr':
      return '\n';
    case 'w:noBreakHyphen':
      return '-';
    case 'w:sym':
      return symbolOf(element.attributes['w:char'] ?? '');
    default:
      return undefined;
  }
}

/** A character of a symbol font; those in the private area mean nothing without the font, except its marks of bullets. */
function symbolOf(code: string): string {
  const point = Number.parseInt(code, 16);
  return point > 0x1f && point < 0xe000 ? String.fromCodePoint(point) : '';
}

const RAISED: Record<string, string> = { superscript: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ', subscript: '₀₁₂₃₄₅₆₇₈₉₊₋₋ₙ' };
const LEVEL = '0123456789+-−n';

/** "x²" would be "x2" without it. What has no raised character stays as it is. */
function raised(text: string, place: string | undefined): string {
  const characters = RAISED[place ?? ''];
  if (!characters || [...text].some(character => !LEVEL.includes(character))) return text;
  return [...text].map(character => characters[LEVEL.indexOf(character)]).join('');
}
