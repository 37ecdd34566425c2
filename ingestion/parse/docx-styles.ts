import { isOn } from './office-package.ts';
import { childElements, descend, type XmlElement } from './xml.ts';

/** What a style means for the text; formats are not looked at. */
export interface Style {
  /** 1 to 6; undefined for what is no heading. */
  level?: number;
  isHidden: boolean;
  /** A line of a table of contents: it repeats a heading. */
  isContents: boolean;
  /** Numbering that comes with the style. */
  numbering?: XmlElement;
}

export type Styles = Map<string, Style>;

const PLAIN: Style = { isHidden: false, isContents: false };

const HEADING_NAME = /^(?:heading|标题|標題|überschrift|titre) ?([1-9])$/i;
const TITLE_NAME = /^(?:title|标题|標題|文档标题|大标题)$/i;
const CONTENTS_NAME = /^(?:toc|contents|目录|目錄) ?\d$/i;

/** The styles of a document by their ids. */
export function readStyles(root: XmlElement | undefined): Styles {
  const elements = new Map(
    childElements(root, 'w:style').map(style => [style.attributes['w:styleId'] ?? '', style]),
  );
  const styles: Styles = new Map();
  const read = (id: string, depth: number): Style => {
    const known = styles.get(id);
    const element = elements.get(id);
    if (known || !element || depth > 20) return known ?? PLAIN;
    const basedOn = read(descend(element, 'w:basedOn')?.attributes['w:val'] ?? '', depth + 1);
    const style = { ...basedOn, ...ownStyle(element) };
    styles.set(id, style);
    return style;
  };
  for (const id of elements.keys()) read(id, 0);
  return styles;
}

function ownStyle(element: XmlElement): Partial<Style> {
  const name = descend(element, 'w:name')?.attributes['w:val'] ?? '';
  const level = outlineLevel(descend(element, 'w:pPr')) ?? levelOfName(name);
  const hidden = descend(element, 'w:rPr', 'w:vanish');
  const numbering = descend(element, 'w:pPr', 'w:numPr');
  return {
    ...(level !== undefined && { level: level === 0 ? undefined : level }),
    ...(hidden && { isHidden: isOn(hidden) }),
    ...(numbering && { numbering }),
    ...(CONTENTS_NAME.test(name) && { isContents: true }),
  };
}

function levelOfName(name: string): number | undefined {
  if (TITLE_NAME.test(name)) return 1;
  const level = HEADING_NAME.exec(name)?.[1];
  return level === undefined ? undefined : Math.min(Number(level), 6);
}

/** The level that a paragraph's properties give: 1 to 6, 0 for body text, undefined when they say nothing. */
export function outlineLevel(properties: XmlElement | undefined): number | undefined {
  const value = descend(properties, 'w:outlineLvl')?.attributes['w:val'];
  if (value === undefined) return undefined;
  const level = Number(value) + 1;
  return level >= 1 && level <= 9 ? Math.min(level, 6) : 0;
}
