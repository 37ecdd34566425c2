import { AppError } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import { checkFields } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';
import { headingOfQuestion, type Question, textOfQuestion } from './qti/question.ts';
import { readQti1 } from './qti/read-qti1.ts';
import { readQti2Item, withQti2Names } from './qti/read-qti2.ts';
import { childElements, decodeXml, parseXml, type XmlElement } from './xml.ts';

/** A test or bank on its way to be a resource. */
export interface QuestionBank {
  title: string;
  questions: Question[];
}

/** Gives the root of the file that a test names; undefined where it is missing. */
export type FindItem = (href: string) => Promise<XmlElement | undefined>;

/**
 * Reads a test or bank of questions: QTI 1.2, 2.x or 3 in one file.
 * @throws AppError `unreadable-resource` when it is none or has no question.
 */
export async function parseQti(bytes: Buffer, path: string): Promise<FileContent> {
  const bank = await readBank(parseXml(cleanText(decodeXml(bytes))), async () => undefined);
  if (!bank) throw new AppError('unreadable-resource', 'the XML is no question bank (QTI)');
  return contentOfBank(bank, path);
}

/** The questions of a QTI document; undefined when it is something else. */
export async function readBank(root: XmlElement, findItem: FindItem): Promise<QuestionBank | undefined> {
  if (root.name === 'questestinterop') return readQti1(root);
  const element = withQti2Names(root);
  if (element.name === 'assessmentItem') {
    const question = readQti2Item(element, []);
    return { title: question.title, questions: [question] };
  }
  if (element.name !== 'assessmentTest' && element.name !== 'assessmentSection') return undefined;
  const questions: Question[] = [];
  const questionOf = async (child: XmlElement, parts: string[]) => {
    const item = child.name === 'assessmentItem' ? child : await findItem(child.attributes.href ?? '');
    if (item) questions.push(readQti2Item(withQti2Names(item), parts));
  };
  const visit = async (part: XmlElement, parts: string[]): Promise<void> => {
    for (const child of childElements(part)) {
      const title = child.attributes.title?.trim() ?? '';
      if (child.name === 'testPart') await visit(child, parts);
      else if (child.name === 'assessmentSection')
        await visit(child, title === '' ? parts : [...parts, title]);
      else if (/^assessmentItem(?:Ref)?$/.test(child.name)) await questionOf(child, parts);
    }
  };
  await visit(element, []);
  return { title: element.attributes.title ?? '', questions };
}

/** A quiz with one section a question. */
export function contentOfBank({ title, questions }: QuestionBank, id: string): FileContent {
  if (questions.length === 0) throw new AppError('unreadable-resource', 'the question bank has no questions');
  const sections = questions.map((question, i) => ({
    heading: [...question.parts, headingOfQuestion(question, i + 1)],
    text: cleanText(textOfQuestion(question)),
  }));
  const text = sections.map(section => section.text).join('\n\n');
  const input = checkFields({ id, title: title.trim() || titleOfPath(id), type: 'quiz', text });
  const leftOut = questions.flatMap(({ media }, i) =>
    [...new Set(media)].map(name => ({
      place: `${id}#${questions[i]!.id || i + 1}`,
      reason: `picture or sound "${name.slice(0, 200)}": only text is read`,
    })),
  );
  return { resources: [{ input, sections: sections.filter(section => section.text !== '') }], leftOut };
}
