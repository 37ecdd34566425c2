import { AppError } from '../../library/errors.ts';
import { decodeFile } from '../decode-text.ts';
import { reasonOf } from '../reason.ts';
import { cleanText } from './clean-text.ts';
import type { FileContent, FileParser } from './file-content.ts';
import { parseHtml, readPageNodes } from './html.ts';
import { fieldsOfNode, type JsonLdNode, resourceNodes } from './json-ld.ts';
import { parseFields, parseJson, parseManifestLine } from './manifest-line.ts';
import { parseMarkdown } from './markdown.ts';
import type { ParsedResource } from './parsed-resource.ts';
import { parsePlainText } from './plain-text.ts';

/* Readers of files that are text as they stand: pages, plain text, catalogues in JSON. */

export const parseMarkdownFile: FileParser = async (bytes, path) => whole(parseMarkdown(textOf(bytes), path));

export const parsePlainTextFile: FileParser = async (bytes, path) =>
  whole(parsePlainText(textOf(bytes), path));

/** A page is one resource, unless it describes several: then it is a catalogue of these. */
export const parseHtmlFile: FileParser = async (bytes, path) => {
  const text = textOf(bytes);
  const nodes = readPageNodes(text);
  return nodes.length > 1 ? parseNodes(nodes) : whole(parseHtml(text, path));
};

/** A manifest: a resource in every line. */
export const parseManifestFile: FileParser = async bytes =>
  parseEach(textOf(bytes).split('\n'), 'line', line =>
    line.trim() === '' ? undefined : parseManifestLine(line),
  );

/** JSON-LD nodes, or resources as a manifest has them, alone or in an array. */
export const parseJsonFile: FileParser = async bytes => parseCatalogue(textOf(bytes));

const textOf = (bytes: Buffer) => cleanText(decodeFile(bytes));

const whole = (resource: ParsedResource): FileContent => ({ resources: [resource], leftOut: [] });

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
      content.leftOut.push({ place: `${name} ${i + 1}`, reason: reasonOf(error) });
    }
  }
  return content;
}
