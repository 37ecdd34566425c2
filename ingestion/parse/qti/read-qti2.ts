import { childElements, descendants, type XmlElement, xmlText } from '../xml.ts';
import { escaped, textOfMarkup } from './markup.ts';
import { letterOf, type Question } from './question.ts';

const BLANKS = new Set([
  'textEntryInteraction',
  'extendedTextInteraction',
  'uploadInteraction',
  'sliderInteraction',
]);
const CHOICES = new Set(['simpleChoice', 'simpleAssociableChoice', 'gapText', 'hottext', 'inlineChoice']);
const NOT_SHOWN = new Set([
  'feedbackBlock',
  'feedbackInline',
  'modalFeedback',
  'rubricBlock',
  'templateBlock',
  'stylesheet',
]);

/** QTI 3 writes `qti-simple-choice response-identifier` for `simpleChoice responseIdentifier`. */
export function withQti2Names(element: XmlElement): XmlElement {
  const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const isQti = element.name.startsWith('qti-');
  const attributes = Object.entries(element.attributes).map(([key, value]) => [
    isQti ? camel(key) : key,
    value,
  ]);
  return {
    name: isQti ? camel(element.name.slice('qti-'.length)) : element.name,
    attributes: Object.fromEntries(attributes),
    children: element.children.map(child => (typeof child === 'string' ? child : withQti2Names(child))),
  };
}

/** Reads an `assessmentItem`. */
export function readQti2Item(item: XmlElement, parts: string[]): Question {
  const media: string[] = [];
  const choices: { id: string; text: string }[] = [];
  const addChoice = (choice: XmlElement) => {
    const text = textOfMarkup(choice.children, media, child => (NOT_SHOWN.has(child.name) ? '' : undefined));
    choices.push({ id: choice.attributes.identifier ?? '', text });
    return letterOf(choices.length - 1);
  };
  const replace = (element: XmlElement): string | undefined => {
    if (NOT_SHOWN.has(element.name)) return '';
    if (BLANKS.has(element.name)) return ' ____ ';
    if (element.name === 'gap') return ' ____ ';
    if (element.name === 'inlineChoiceInteraction') {
      return ` ____ (${childElements(element, 'inlineChoice').map(addChoice).join(' / ')}) `;
    }
    if (element.name === 'hottext') return `${escaped(xmlText(element))} [${addChoice(element)}]`;
    if (!CHOICES.has(element.name)) return undefined;
    addChoice(element);
    return '';
  };
  const bodies = childElements(item, 'itemBody');
  const prompt = bodies.map(body => textOfMarkup(asBlocks(body).children, media, replace)).join('\n\n');
  const letters = new Map(choices.map(({ id }, i) => [id, letterOf(i)]));
  const feedback = [...descendants(item, 'modalFeedback'), ...descendants(item, 'feedbackBlock')];
  return {
    id: item.attributes.identifier ?? '',
    title: item.attributes.title?.trim() ?? '',
    parts,
    prompt,
    choices: choices.map(({ text }) => text),
    answers: answersOf(item, letters),
    explanations: feedback.map(element => textOfMarkup(element.children, media)).filter(text => text !== ''),
    media,
  };
}

/** Prompts and interactions are paragraphs of their own. */
function asBlocks(element: XmlElement): XmlElement {
  const isBlock = element.name === 'prompt' || element.name.endsWith('Interaction');
  const isInline = BLANKS.has(element.name) || element.name === 'inlineChoiceInteraction';
  const children = element.children.map(child => (typeof child === 'string' ? child : asBlocks(child)));
  if (isBlock && !isInline) return { ...element, name: 'div', children };
  return { ...element, children };
}

/** The right answers; of several blanks each has its own. */
function answersOf(item: XmlElement, letters: Map<string, string>): string[] {
  return childElements(item, 'responseDeclaration').flatMap(declaration => {
    const correct = childElements(declaration, 'correctResponse').flatMap(element =>
      childElements(element, 'value'),
    );
    const mapped = [...descendants(declaration, 'mapEntry')].filter(
      ({ attributes }) => Number(attributes.mappedValue) > 0,
    );
    const values =
      correct.length > 0
        ? correct.map(value => xmlText(value).trim())
        : mapped.map(({ attributes }) => attributes.mapKey ?? '');
    const named = values
      .filter(value => value !== '')
      .map(value =>
        value.split(/\s+/).every(id => letters.has(id))
          ? value
              .split(/\s+/)
              .map(id => letters.get(id))
              .join('–')
          : value,
      );
    const isOneAnswer = declaration.attributes.cardinality !== 'single' && named.length > 0;
    return isOneAnswer ? [named.join(', ')] : named;
  });
}
