import { AppError } from '../../library/errors.ts';
import type { Locator, Section } from '../../library/resources.ts';
import { detectLanguage } from '../language.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import {
  fieldsOfProperties,
  languageOf,
  type OfficePackage,
  openPackage,
  titleOf,
} from './office-package.ts';
import { checkFields } from './parsed-resource.ts';
import { type LayoutPlaces, readLayout, readShapes, type Shape } from './pptx-shapes.ts';
import { diagramOf, textOfDiagram, textOfShape } from './pptx-text.ts';
import { childElements, descend, type XmlElement } from './xml.ts';

interface Slide {
  /** As PowerPoint counts: hidden ones too. */
  number: number;
  title: string;
  text: string;
  notes: string;
}

/**
 * Reads a presentation: a section for each slide under its title, and one for its speaker notes. Hidden slides are
 * left out.
 * @throws AppError `unreadable-resource`
 */
export async function parsePptx(bytes: Buffer, path: string): Promise<FileContent> {
  const office = await openPackage(bytes, 'pptx');
  const slides: Slide[] = [];
  const leftOut: FileContent['leftOut'] = [];
  const layouts = new Map<string, LayoutPlaces>();
  for (const [i, part] of (await slideParts(office)).entries()) {
    const root = await office.readPart(part);
    const isHidden = ['0', 'false'].includes(root.attributes.show ?? '');
    if (isHidden) leftOut.push({ place: `slide ${i + 1}`, reason: 'hidden in the presentation' });
    else slides.push({ number: i + 1, ...(await readSlide(office, part, { root, layouts })) });
  }
  const fields = await fieldsOfProperties(office);
  const title = titleOf(fields.title, slides.find(slide => slide.title !== '')?.title, path);
  const words = slides.map(slide => [slide.title, slide.text, slide.notes].join('\n')).join('\n');
  const notesName = detectLanguage(words) === 'zh' ? '备注' : 'Notes';
  const sections = slides.flatMap(slide => sectionsOfSlide(slide, title, notesName));
  if (sections.length === 0) throw new AppError('unreadable-resource', 'the slides have no text');
  const text = sections.map(section => section.text).join('\n\n');
  const language = languageOf(fields.language, words);
  return {
    resources: [{ input: checkFields({ id: path, ...fields, title, language, text }), sections }],
    leftOut,
  };
}

/** The slides in the order of the presentation, which names of files don't keep. */
async function slideParts(office: OfficePackage): Promise<string[]> {
  const relations = new Map((await office.relationsOf(office.mainPart)).map(({ id, part }) => [id, part]));
  const list = descend(await office.readPart(office.mainPart), 'p:sldIdLst');
  return childElements(list, 'p:sldId')
    .map(({ attributes }) => relations.get(attributes['r:id'] ?? ''))
    .filter(part => part !== undefined);
}

async function readSlide(
  office: OfficePackage,
  part: string,
  { root, layouts }: { root: XmlElement; layouts: Map<string, LayoutPlaces> },
): Promise<Omit<Slide, 'number'>> {
  const relations = await office.relationsOf(part);
  const partOf = (kind: string) => relations.find(relation => relation.kind === kind)?.part;
  const layoutPart = partOf('slideLayout');
  if (layoutPart !== undefined && !layouts.has(layoutPart)) {
    layouts.set(layoutPart, readLayout(await office.readPart(layoutPart)));
  }
  const textOf = async (shape: Shape) => {
    const diagram = relations.find(({ id }) => id === diagramOf(shape))?.part;
    return cleanText(
      diagram === undefined ? textOfShape(shape) : textOfDiagram(await office.readPart(diagram)),
    );
  };
  let title = '';
  const texts: string[] = [];
  for (const shape of readShapes(root, layouts.get(layoutPart ?? '') ?? new Map())) {
    const text = await textOf(shape);
    if (title === '' && (shape.role === 'title' || shape.role === 'ctrTitle'))
      title = text.replace(/\s+/g, ' ');
    else if (text !== '') texts.push(text);
  }
  const notesPart = partOf('notesSlide');
  const notes = notesPart === undefined ? '' : notesText(await office.readPart(notesPart));
  return { title, text: texts.join('\n\n'), notes };
}

/** LibreOffice writes notes in free text boxes, PowerPoint in a placeholder. */
function notesText(root: XmlElement): string {
  const texts = readShapes(root, new Map()).map(shape => textOfShape({ ...shape, role: undefined }));
  return cleanText(texts.filter(text => text !== '').join('\n'));
}

/** A slide that has only a title is text itself, so that its words are not lost. */
function sectionsOfSlide(
  { number, title, text, notes }: Slide,
  deckTitle: string,
  notesName: string,
): Section[] {
  const locator: Locator = { kind: 'slide', slide: number };
  const own = title === '' || title === deckTitle ? [] : [title];
  const sections: Section[] = [];
  if (text !== '') sections.push({ heading: own, text, locator });
  else if (title !== '') sections.push({ heading: [], text: title, locator });
  if (notes !== '') sections.push({ heading: [...own, notesName], text: notes, locator });
  return sections;
}
