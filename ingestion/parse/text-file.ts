import { AppError, messageOf } from '../../library/errors.ts';
import { extensionOf } from '../../library/file-formats.ts';
import { decodeFile } from '../decode-text.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent } from './file-content.ts';
import { parseHtml, readPageNodes } from './html.ts';
import { fieldsOfNode, type JsonLdNode, resourceNodes } from './json-ld.ts';
import { parseFields, parseJson, parseManifestLine } from './manifest-line.ts';
import { parseMarkdown } from './markdown.ts';
import type { ParsedResource } from './parsed-resource.ts';
import { parsePlainText } from './plain-text.ts';

/** Reads a file that is text as it stands: Markdown, a web page, plain text, or a catalogue in JSON. */
export async function parseTextFile(bytes: Buffer, path: string): Promise<FileContent> {
  const text = cleanText(decodeFile(bytes));
  switch (extensionOf(path)) {
    case '.md':
    case '.markdown':
      return whole(parseMarkdown(text, path));
    case '.html':
    case '.htm':
      return parsePage(text, path);
    case '.jsonl':
      return parseEach(text.split('\n'), 'line', line =>
        line.trim() === '' ? undefined : parseManifestLine(line),
      );
    case '.json':
    case '.jsonld':
      return parseCatalogue(text);
    default:
      return whole(parsePlainText(text, path));
  }
}

const whole = (resource: ParsedResource): FileContent => ({ resources: [resource], leftOut: [] });

/** A page is one resource, unless it describes several: then it is a catalogue of these. */
function parsePage(text: string, path: string): FileContent {
  const nodes = readPageNodes(text);
  return nodes.length > 1 ? parseNodes(nodes) : whole(parseHtml(text, path));
}

function parseNodes(nodes: JsonLdNode[]): FileContent {
  return parseEach(nodes, 'node', node => parseFields(fieldsOfNode(node)));
}

function parseCatalogue(text: string): FileContent {
  const value = parseJson(text);
  const nodes = resourceNodes(value);
  if (nodes.length > 0) return parseNodes(nodes);
  const rows = Array.isArray(value) ? value : [value];
  if (!rows.some(row => typeof row === 'object' && row !== null && 'id' in row && 'title' in row)) {
    const reason = 'neither schema.org learning resources nor objects with id, title and text';
    throw new AppError('unreadable-resource', reason);
  }
  return parseEach(rows, 'entry', parseFields);
}

function parseEach<T>(parts: T[], name: string, parse: (part: T) => ParsedResource | undefined): FileContent {
  const content: FileContent = { resources: [], leftOut: [] };
  for (const [i, part] of parts.entries()) {
    try {
      const resource = parse(part);
      if (resource) content.resources.push(resource);
    } catch (error) {
      content.leftOut.push({ place: `${name} ${i + 1}`, reason: messageOf(error) });
    }
  }
  return content;
}
