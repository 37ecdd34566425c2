import { childElements, descend, descendants, type XmlElement, xmlText } from '../xml.ts';
import { textOfEscaped, textOfMarkup } from './markup.ts';
import { letterOf, type Question } from './question.ts';

/** The questions of a QTI 1.2 document, which holds a test or bank as a whole. */
export function readQti1(root: XmlElement): { id: string; title: string; questions: Question[] } {
  const bank = descend(root, 'assessment') ?? descend(root, 'objectbank') ?? descend(root, 'section') ?? root;
  const questions: Question[] = [];
  const visit = (element: XmlElement, parts: string[]) => {
    for (const child of childElements(element)) {
      if (child.name === 'item') questions.push(readItem(child, parts));
      else if (child.name === 'section') visit(child, titled(child, parts));
    }
  };
  visit(bank, []);
  const named = [...descendants(bank, 'qtimetadatafield')].find(field =>
    /bank_title|qmd_title/.test(xmlText(descend(field, 'fieldlabel'))),
  );
  const title = bank.attributes.title || xmlText(descend(named, 'fieldentry')).trim();
  return { id: bank.attributes.ident ?? '', title, questions };
}

function titled(section: XmlElement, parts: string[]): string[] {
  const title = section.attributes.title?.trim() ?? '';
  return title === '' ? parts : [...parts, title];
}

function readItem(item: XmlElement, parts: string[]): Question {
  const media: string[] = [];
  const presentation = descend(item, 'presentation');
  const labels = presentation ? [...descendants(presentation, 'response_label')] : [];
  const prompts: string[] = [];
  const visit = (element: XmlElement) => {
    for (const child of childElements(element)) {
      if (child.name === 'material') prompts.push(textOfMaterial(child, media));
      else if (child.name !== 'response_label') visit(child);
    }
  };
  if (presentation) visit(presentation);
  const feedback = childElements(item, 'itemfeedback').map(element =>
    [...descendants(element, 'material')].map(material => textOfMaterial(material, media)).join('\n'),
  );
  return {
    id: item.attributes.ident ?? '',
    title: item.attributes.title?.trim() ?? '',
    parts,
    prompt: prompts.filter(text => text !== '').join('\n\n'),
    choices: labels.map(label =>
      [...descendants(label, 'material')].map(material => textOfMaterial(material, media)).join(' '),
    ),
    answers: answersOf(item, labels),
    explanations: feedback.filter(text => text !== ''),
    media,
  };
}

function answersOf(item: XmlElement, labels: XmlElement[]): string[] {
  const letters = new Map(labels.map((label, i) => [label.attributes.ident, letterOf(i)]));
  const answers = [...descendants(item, 'respcondition')].filter(scores).flatMap(condition => {
    const variables = descend(condition, 'conditionvar');
    return variables ? [...equalValues(variables)] : [];
  });
  return [...new Set(answers.map(value => letters.get(value) ?? value))].filter(answer => answer !== '');
}

function scores(condition: XmlElement): boolean {
  return childElements(condition, 'setvar').some(
    ({ attributes, children }) => attributes.action !== 'Subtract' && Number(children.join('')) > 0,
  );
}

/** What a response has to equal; what it must not equal is no answer. */
function* equalValues(element: XmlElement): Generator<string> {
  for (const child of childElements(element)) {
    if (child.name === 'varequal' || child.name === 'varsubstring') yield xmlText(child).trim();
    else if (child.name !== 'not') yield* equalValues(child);
  }
}

function textOfMaterial(material: XmlElement, media: string[]): string {
  const texts = childElements(material).map(child => {
    if (child.name !== 'mattext') return textOfMarkup([child], media);
    const isMarkup = childElements(child).length > 0;
    if (isMarkup) return textOfMarkup(child.children, media);
    const text = xmlText(child);
    return /html/i.test(child.attributes.texttype ?? '') || /<\/?[a-z][^>]*>/i.test(text)
      ? textOfEscaped(text, media)
      : text.trim();
  });
  return texts.filter(text => text !== '').join('\n');
}
