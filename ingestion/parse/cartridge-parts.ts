import { AppError } from '../../library/errors.ts';
import { textOfHtml } from './html.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';
import { descend, type XmlElement, xmlText } from './xml.ts';

/** A topic that learners are to discuss. */
export function readDiscussion(root: XmlElement, id: string, named: string): ParsedResource {
  const title = named || titleOf(root) || 'Discussion';
  const source = xmlText(descend(root, 'text'));
  const isHtml = descend(root, 'text')?.attributes.texttype !== 'text/plain';
  const text = (isHtml ? textOfHtml(source) : source).trim();
  if (text === '') throw new AppError('unreadable-resource', 'the discussion topic has no text');
  return { input: checkFields({ id, title, type: 'discussion', text }), sections: [{ heading: [], text }] };
}

/** A link to a page outside of the course. */
export function readWebLink(root: XmlElement, id: string, named: string): ParsedResource {
  const url = descend(root, 'url')?.attributes.href ?? '';
  if (!/^https?:\/\//i.test(url)) throw new AppError('unreadable-resource', 'the web link has no address');
  const title = named || titleOf(root) || url;
  const text = `${title}\n${url}`;
  return { input: checkFields({ id, title, type: 'link', url, text }), sections: [{ heading: [], text }] };
}

function titleOf(root: XmlElement): string {
  return xmlText(descend(root, 'title')).replace(/\s+/g, ' ').trim();
}
