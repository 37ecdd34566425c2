import { textOfHtml } from '../html.ts';
import type { XmlElement } from '../xml.ts';

/** What an element is replaced with: HTML, or undefined to keep it. */
export type Replace = (element: XmlElement) => string | undefined;

const MEDIA = new Set([
  'img',
  'object',
  'audio',
  'video',
  'source',
  'embed',
  'matimage',
  'mataudio',
  'matvideo',
]);

/** The text of XML that holds HTML, with formulas as LaTeX; `media` gets the files that it shows. */
export function textOfMarkup(
  children: XmlElement['children'],
  media: string[],
  replace: Replace = () => undefined,
) {
  return textOfHtml(htmlOf(children, media, replace)).trim();
}

/** The text of HTML as a string, which is how QTI 1.2 holds it. */
export function textOfEscaped(html: string, media: string[]): string {
  for (const [, source] of html.matchAll(
    /<(?:img|audio|video|source)\b[^>]{0,500}?\bsrc\s*=\s*["']([^"']{1,300})["']/gi,
  )) {
    media.push(source!.startsWith('data:') ? 'embedded picture' : source!);
  }
  return textOfHtml(withAlternatives(html)).trim();
}

function withAlternatives(html: string): string {
  return html.replace(/<img\b[^>]{0,1000}>/gi, image => {
    const alternative = /\balt\s*=\s*["']([^"']{1,500})["']/i.exec(image)?.[1];
    return alternative ? ` [${alternative}] ` : '';
  });
}

function htmlOf(children: XmlElement['children'], media: string[], replace: Replace): string {
  return children
    .map(child => (typeof child === 'string' ? escaped(child) : htmlOfElement(child, media, replace)))
    .join('');
}

function htmlOfElement(element: XmlElement, media: string[], replace: Replace): string {
  const { name, attributes } = element;
  const replaced = replace(element);
  if (replaced !== undefined) return replaced;
  const inner = htmlOf(element.children, media, replace);
  if (MEDIA.has(name)) {
    const source = attributes.src ?? attributes.data ?? attributes.uri;
    if (source !== undefined) media.push(source.startsWith('data:') ? 'embedded picture' : source);
    return attributes.alt ? ` [${escaped(attributes.alt)}] ` : inner;
  }
  const kept = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('');
  return `<${name}${kept}>${inner}</${name}>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
