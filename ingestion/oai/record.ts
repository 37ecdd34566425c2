import { fieldsOfNode } from '../parse/json-ld.ts';
import { childElements, descend, type XmlElement, xmlText } from '../parse/xml.ts';
import { fieldsOfLom } from './lom.ts';
import { languageOf, textIn } from './values.ts';

/** A record of a repository: what a manifest would say of the resource, or that it is gone. */
export type OaiRecord = { id: string; fields: Record<string, unknown> } | { id: string; deleted: true };

/**
 * Reads a `record` element. Its id is the identifier of its header, which is text whatever it looks like. Undefined
 * where it has none.
 */
export function readRecord(record: XmlElement): OaiRecord | undefined {
  const header = descend(record, 'header');
  const id = xmlText(descend(header, 'identifier')).trim();
  if (!header || id === '') return undefined;
  const metadata = childElements(descend(record, 'metadata'))[0];
  if (header.attributes.status === 'deleted') return { id, deleted: true };
  const fields = fieldsOf(metadata, id);
  const sets = childElements(header, 'setSpec').map(textIn).filter(isSaid);
  return { id, fields: { ...fields, ...(sets.length > 0 && { sets }), id, text: fields.text ?? '' } };
}

/** The metadata by what it looks like: LOM, schema.org, or Dublin Core. */
function fieldsOf(metadata: XmlElement | undefined, id: string): Record<string, unknown> {
  if (!metadata) return {};
  if (descend(metadata, 'general')) return fieldsOfLom(metadata);
  if (descend(metadata, 'name') || descend(metadata, 'headline')) {
    return fieldsOfNode({ '@type': metadata.name, ...nodeOf(metadata), '@id': id });
  }
  return fieldsOfDublinCore(metadata);
}

/** Dublin Core has every element any number of times. What has no place of its own is kept as it is. */
function fieldsOfDublinCore(metadata: XmlElement): Record<string, unknown> {
  const all = (name: string) => childElements(metadata, name).map(textIn).filter(isSaid);
  const [title, ...otherTitles] = all('title');
  const identifiers = all('identifier');
  const rights = all('rights');
  const [language] = all('language');
  const kept = {
    otherTitles,
    date: all('date'),
    identifiers,
    relation: all('relation'),
    format: all('format'),
  };
  return {
    title,
    description: all('description').join('\n\n') || undefined,
    subject: all('subject').join(', ') || undefined,
    language: languageOf(language),
    type: all('type')[0],
    url: urlOf(identifiers),
    licence: rights.find(isWebAddress) ?? rights[0],
    authors: [...all('creator'), ...all('contributor')],
    provider: all('publisher')[0],
    ...Object.fromEntries(Object.entries(kept).filter(([, values]) => values.length > 0)),
  };
}

/** The first identifier that a browser opens. */
function urlOf(identifiers: string[]): string | undefined {
  const doi = identifiers.map(text => /^(?:doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(text)?.[1]).find(isSaid);
  return identifiers.find(isWebAddress) ?? (doi && `https://doi.org/${doi}`);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** schema.org in XML: an element is a property, one with elements an entity, repeated ones a list. */
function nodeOf(element: XmlElement): Record<string, unknown> {
  const node: Record<string, unknown> = {};
  for (const child of childElements(element)) {
    const value = childElements(child).length > 0 ? nodeOf(child) : textIn(child);
    const before = node[child.name];
    node[child.name] = before === undefined ? value : [before, value].flat();
  }
  return node;
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
