import { readInline } from './docx-inline.ts';
import type { Numbering } from './docx-numbering.ts';
import { outlineLevel, type Styles } from './docx-styles.ts';
import { markdownTable } from './markdown-table.ts';
import { currentChildren } from './office-package.ts';
import { childElements, descend, type XmlElement, xmlText } from './xml.ts';

/** A heading (with its level, 1 to 6) or a piece of text of a document. */
export interface Block {
  level?: number;
  text: string;
}

/** What the other parts of a document say about its paragraphs. */
export interface DocumentParts {
  styles: Styles;
  numbering: Numbering;
  /** Footnotes and endnotes: "footnote 2". */
  notes: Map<string, XmlElement>;
}

/** Turns paragraphs and tables, handed over in the order of the document, into blocks. */
export interface BlockReader {
  take(element: XmlElement): void;
  close(): Block[];
}

/** A paragraph with more words is no heading, whatever its style says. */
const LONGEST_HEADING = 300;

/** A cell with more characters is a part of a page that was laid out as a table, like the forms of lesson plans. */
const LONGEST_CELL = 500;

interface Line {
  level?: number;
  /** The number or bullet before it. */
  mark?: { mark: string; depth: number };
  text: string;
  boxes: XmlElement[];
  /** Footnotes of the paragraph, which come below it, or below its list or table. */
  notes: string[];
}

export function createBlockReader({ styles, numbering, notes }: DocumentParts): BlockReader {
  const blocks: Block[] = [];
  let list: string[] = [];
  let waitingNotes: string[] = [];
  let noteCount = 0;

  const flush = () => {
    if (list.length > 0) blocks.push({ text: list.join('\n') });
    blocks.push(...waitingNotes.map(text => ({ text })));
    list = [];
    waitingNotes = [];
  };
  const markNote = (id: string, found: string[]) => {
    const note = notes.get(id);
    if (!note) return '';
    noteCount++;
    const lines = [...blockElements(note)].map(element => tidy(readInline(element, styles, () => '').text));
    found.push(`[^${noteCount}]: ${oneLine(lines.join(' '))}`);
    return `[^${noteCount}]`;
  };
  const readLine = (paragraph: XmlElement): Line | undefined => {
    const properties = descend(paragraph, 'w:pPr');
    const style = styles.get(descend(properties, 'w:pStyle')?.attributes['w:val'] ?? '');
    if (style?.isContents || style?.isHidden) return undefined;
    const found: string[] = [];
    const { text, boxes } = readInline(paragraph, styles, id => markNote(id, found));
    const level = outlineLevel(properties) ?? style?.level;
    const mark = numbering.next(descend(properties, 'w:numPr') ?? style?.numbering);
    return { level: level || undefined, mark, text: tidy(text), boxes, notes: found };
  };
  const writeLine = ({ level, mark, text, notes: found }: Line) => {
    if (text === '') return;
    if (level !== undefined || !mark) flush();
    waitingNotes.push(...found);
    if (level !== undefined && text.length <= LONGEST_HEADING) {
      blocks.push({ level, text: `${numberOf(mark)}${oneLine(text)}` });
    } else if (mark) list.push(`${'  '.repeat(mark.depth)}${mark.mark}${oneLine(text)}`);
    else blocks.push({ text });
  };
  const lineOfCell = (elements: XmlElement[]): string =>
    elements
      .flatMap(element => {
        const line = readLine(element);
        if (!line) return [];
        waitingNotes.push(...line.notes);
        const boxes = line.boxes.map(box => lineOfCell([...blockElements(box)]));
        return [`${line.text && (line.mark?.mark ?? '')}${line.text}`, ...boxes];
      })
      .join(' ');
  const takeTable = (table: XmlElement) => {
    flush();
    const rows = rowsOf(table);
    if (isLayout(rows)) {
      for (const { elements } of rows.flat()) elements.forEach(take);
      return;
    }
    const text = markdownTable(rows.map(row => row.flatMap(cell => cellsOf(cell, lineOfCell))));
    if (text !== '') blocks.push({ text });
  };
  const take = (element: XmlElement): void => {
    if (element.name === 'w:tbl') {
      takeTable(element);
      return;
    }
    const line = readLine(element);
    if (!line) return;
    writeLine(line);
    line.boxes.flatMap(box => [...blockElements(box)]).forEach(take);
  };
  return {
    take,
    close() {
      flush();
      return blocks;
    },
  };
}

interface Cell {
  elements: XmlElement[];
  /** Columns that it covers. */
  span: number;
  size: number;
}

function rowsOf(table: XmlElement): Cell[][] {
  return [...below(table, 'w:tr')]
    .filter(row => !descend(row, 'w:trPr', 'w:del') && !descend(row, 'w:trPr', 'w:hidden'))
    .map(row =>
      [...below(row, 'w:tc')].map(cell => {
        const properties = descend(cell, 'w:tcPr');
        const merge = descend(properties, 'w:vMerge');
        const isContinued = merge !== undefined && merge.attributes['w:val'] !== 'restart';
        const span = Number(descend(properties, 'w:gridSpan')?.attributes['w:val'] ?? 1) || 1;
        return {
          elements: isContinued ? [] : [...blockElements(cell)],
          span: Math.min(Math.max(span, 1), 63),
          size: xmlText(cell).length,
        };
      }),
    );
}

function isLayout(rows: Cell[][]): boolean {
  const cells = rows.flat();
  return (
    cells.length === 1 ||
    cells.some(({ elements, size }) => size > LONGEST_CELL || elements.some(({ name }) => name === 'w:tbl'))
  );
}

function cellsOf({ elements, span }: Cell, lineOf: (elements: XmlElement[]) => string): string[] {
  return [lineOf(elements), ...Array<string>(span - 1).fill('')];
}

/** The paragraphs and tables of a cell, a note or a text box, also within content controls. */
function* blockElements(container: XmlElement): Generator<XmlElement> {
  for (const child of currentChildren(container)) {
    if (child.name === 'w:p' || child.name === 'w:tbl') yield child;
    else if (isWrapper(child)) yield* blockElements(child);
  }
}

function* below(container: XmlElement, name: string): Generator<XmlElement> {
  for (const child of childElements(container)) {
    if (child.name === name) yield child;
    else if (isWrapper(child)) yield* below(child, name);
  }
}

function isWrapper({ name }: XmlElement): boolean {
  return ['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins', 'w:moveTo'].includes(name);
}

/** Bullets before headings are ornament, numbers are part of their name. */
function numberOf(mark: Line['mark']): string {
  return mark && mark.mark !== '- ' ? mark.mark : '';
}

function tidy(text: string): string {
  const lines = text.split('\n').map(line => line.replace(/[ \t\u00A0]+/g, ' ').trim());
  return lines.join('\n').trim();
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
