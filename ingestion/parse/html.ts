import { type AnyNode, DomHandler } from 'domhandler';
import { Parser } from 'htmlparser2';
import { AppError } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import { eachElement, lineOf, sectionsOfHtml, textOf } from './html-text.ts';
import { fieldsOfNode, idOfNode, type JsonLdNode, resourceNodes } from './json-ld.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';

/**
 * Reads a web page: its main text without navigation. One schema.org node in it gives the page its fields; without
 * one the id is `path` (relative to the ingested folder) and the title that of the page.
 * @throws AppError `unreadable-resource` when it has no text.
 */
export function parseHtml(source: string, path: string): ParsedResource {
  const root = parseTree(cleanText(source));
  const first = (name: string) => [...eachElement(root)].find(element => element.name === name);
  const nodes = nodesOfPage(root);
  const node = nodes.length === 1 ? nodes[0]! : {};
  const fields = fieldsOfNode(idOfNode(node) === undefined ? { ...node, identifier: path } : node);
  const [heading, pageTitle] = [first('h1'), first('title')].map(element => (element ? lineOf(element) : ''));
  const title = (fields.title as string) || pageTitle || heading || titleOfPath(path);
  const sections = sectionsOfHtml(root, title);
  if (sections.length === 0 && fields.text === '' && fields.description === undefined) {
    throw new AppError('unreadable-resource', 'the page has no text');
  }
  const language = fields.language ?? (first('html')?.attribs.lang?.trim() || undefined);
  const text = sections.map(section => section.text).join('\n\n');
  return { input: checkFields({ ...fields, title, language, text }), sections };
}

/** The schema.org learning resources that a page describes; more than one make it a catalogue of these. */
export function readPageNodes(source: string): JsonLdNode[] {
  return source.includes('application/ld+json') ? nodesOfPage(parseTree(source)) : [];
}

/** The text of a fragment of HTML, paragraphs apart by blank lines, headings as paragraphs. */
export function textOfHtml(html: string): string {
  const pieces: string[] = [];
  let above: string[] = [];
  for (const { heading, text } of sectionsOfHtml(parseTree(html, 'xhtml'), '')) {
    const fresh = heading.filter((step, i) => step !== above[i]);
    pieces.push(...fresh, text);
    above = heading;
  }
  return pieces.join('\n\n');
}

function nodesOfPage(root: AnyNode[]): JsonLdNode[] {
  const scripts = [...eachElement(root)].filter(({ attribs }) => attribs.type === 'application/ld+json');
  return scripts.flatMap(script => {
    try {
      return resourceNodes(JSON.parse(textOf(script)));
    } catch {
      // Broken structured data is common on the web and takes nothing from the page's own text.
      return [];
    }
  });
}

/** No page that people wrote comes near; the time of the parser grows with the square of the depth. */
const DEEPEST = 1_000;

class ShallowTree extends DomHandler {
  override onopentag(name: string, attributes: Record<string, string>): void {
    super.onopentag(name, attributes);
    if (this.tagStack.length > DEEPEST) {
      throw new AppError(
        'unreadable-resource',
        `elements are nested more than ${DEEPEST} deep; save the page as text`,
      );
    }
  }
}

/**
 * A forgiving parser, twice as fast as that of browsers, whose repairs a text does not need. In XHTML `<a id="x"/>` is
 * a whole element, in HTML it is the beginning of one.
 * @throws AppError `unreadable-resource` when elements nest too deep.
 */
export function parseTree(source: string, syntax: 'html' | 'xhtml' = 'html'): AnyNode[] {
  const tree = new ShallowTree();
  new Parser(tree, { decodeEntities: true, recognizeSelfClosing: syntax === 'xhtml' }).end(source);
  return tree.root.children as AnyNode[];
}
