import type { Stage } from '../../library/resources.ts';
import { childElements, descend, descendants, type XmlElement } from '../parse/xml.ts';
import { languageOf, textIn } from './values.ts';

/** The contexts of LOM that say one stage; "school" may be three of them. */
const STAGES: Record<string, Stage> = {
  'pre-school': 'preschool',
  'primary education': 'primary',
  'higher education': 'higher',
  'university first cycle': 'higher',
  'university second cycle': 'higher',
  'university postgrade': 'higher',
  'vocational training': 'vocational',
  training: 'vocational',
  'continuous formation': 'lifelong',
};

/** The fields of a manifest from IEEE LOM, in its own XML or the older one of IMS (`langstring` for `string`). */
export function fieldsOfLom(lom: XmlElement): Record<string, unknown> {
  const general = descend(lom, 'general');
  const educational = descend(lom, 'educational');
  const context = termOf(descend(educational, 'context'));
  const stage = STAGES[context.toLowerCase()];
  const keywords = childElements(general, 'keyword').map(stringOf).filter(Boolean);
  return {
    title: stringOf(descend(general, 'title')),
    description:
      childElements(general, 'description').map(stringOf).filter(Boolean).join('\n\n') || undefined,
    subject: taxonomyOf(lom) || keywords.join(', ') || undefined,
    language: languageOf(textIn(descend(general, 'language'))),
    type: termOf(
      descend(educational, 'learningResourceType') ?? descend(educational, 'learningresourcetype'),
    ),
    stage,
    grade: stage ? undefined : context || undefined,
    duration: textIn(
      descend(educational, 'typicalLearningTime', 'duration') ??
        descend(educational, 'typicallearningtime', 'datetime'),
    ),
    url: childElements(descend(lom, 'technical'), 'location')
      .map(textIn)
      .find(text => /^https?:/.test(text)),
    licence: stringOf(descend(lom, 'rights', 'description')) || undefined,
    authors: peopleOf(lom, 'author'),
    provider: peopleOf(lom, 'publisher')[0],
    ...(keywords.length > 0 && { keywords }),
  };
}

/** A text in several languages: the first. */
function stringOf(element: XmlElement | undefined): string {
  return textIn(descend(element, 'string') ?? descend(element, 'langstring') ?? element);
}

/** A term of a vocabulary, which stands beside the name of that. */
function termOf(element: XmlElement | undefined): string {
  return stringOf(descend(element, 'value') ?? element);
}

function taxonomyOf(lom: XmlElement): string {
  const path = descend(lom, 'classification', 'taxonPath') ?? descend(lom, 'classification', 'taxonpath');
  const taxon = childElements(path, 'taxon').at(-1);
  return stringOf(descend(taxon, 'entry'));
}

/** Names out of the business cards (vCard) of those with a role. */
function peopleOf(lom: XmlElement, role: string): string[] {
  const cycle = descend(lom, 'lifeCycle') ?? descend(lom, 'lifecycle');
  return childElements(cycle, 'contribute')
    .filter(contribution => termOf(descend(contribution, 'role')).toLowerCase() === role)
    .flatMap(contribution => [
      ...descendants(contribution, 'entity'),
      ...descendants(contribution, 'centity'),
    ])
    .map(entity => textIn(entity))
    .map(card =>
      /BEGIN:VCARD/i.test(card) ? (/\bFN:(.+?)(?=\s+[A-Z][A-Z-]*[:;]|$)/.exec(card)?.[1] ?? '') : card,
    )
    .filter(Boolean);
}
