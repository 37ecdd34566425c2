import { AppError } from '../../library/errors.ts';
import { detectLanguage, plainLanguage } from '../language.ts';
import { parseHtml } from './html.ts';
import { fieldsOfNode } from './json-ld.ts';
import { parseFields, parseManifestLine, readJsonObject } from './manifest-line.ts';
import { parseMarkdown } from './markdown.ts';
import type { ParsedResource } from './parsed-resource.ts';
import { parsePlainText } from './plain-text.ts';

/** How a payload is to be read. `path` is the id of a resource that names none itself. */
export type PayloadFormat =
  | { format: 'manifest' | 'json-ld' }
  | { format: 'markdown' | 'html' | 'text'; path: string }
  /** The bytes are in the file store under the hash `file`; the text is empty. */
  | { format: 'file'; path: string; file: string }
  /**
   * What was read already, out of a file: the text is JSON of a parsed resource. `hash` (hex) is what its version is
   * compared by, where that is not the hash of this payload.
   */
  | { format: 'parsed'; file: string | undefined; hash?: string };

/** A resource that is ready to be cut: every field that the parser could leave open is filled. */
export type ReadResource = ParsedResource & { input: { language: string } };

/** A resource as it was read, for the outbox: the format as a line of JSON, then the text as it stands. */
export function makePayload(format: PayloadFormat, text: string): string {
  return `${JSON.stringify(format)}\n${text}`;
}

/** The format of what `makePayload` made. */
export function formatOf(payload: string): PayloadFormat {
  return JSON.parse(payload.slice(0, payload.indexOf('\n'))) as PayloadFormat;
}

/** The hash of the original that a payload is of; undefined where none is kept. */
export function fileOf(payload: string): string | undefined {
  const format = formatOf(payload);
  return 'file' in format ? format.file : undefined;
}

/**
 * Parses what `makePayload` made, unless it is a file, which another process reads.
 * @throws AppError `unreadable-resource` with the reason for the operator.
 */
export function parsePayload(payload: string): ReadResource {
  return fillGaps(parseText(formatOf(payload), payload.slice(payload.indexOf('\n') + 1)));
}

/**
 * The language is detected where the resource does not say it, and a catalogue entry without text has its title and
 * description as its text.
 */
export function fillGaps({ input, sections }: ParsedResource): ReadResource {
  const filled = sections.some(({ text }) => text.trim() !== '')
    ? sections
    : [
        {
          heading: [],
          text: [input.title, input.description].filter(part => part !== undefined).join('\n\n'),
        },
      ];
  const language = input.language
    ? plainLanguage(input.language)
    : detectLanguage([input.title, ...filled.map(({ text }) => text)].join('\n'));
  // What was read from the web by its address is to be opened there.
  const url = input.url ?? (/^https?:\/\//.test(input.id) ? input.id : undefined);
  return { input: { ...input, language, url }, sections: filled };
}

function parseText(format: PayloadFormat, text: string): ParsedResource {
  switch (format.format) {
    case 'manifest':
      return parseManifestLine(text);
    case 'json-ld':
      return parseFields(fieldsOfNode(readJsonObject(text)));
    case 'markdown':
      return parseMarkdown(text, format.path);
    case 'html':
      return parseHtml(text, format.path);
    case 'text':
      return parsePlainText(text, format.path);
    case 'parsed':
      return JSON.parse(text) as ParsedResource;
    default:
      throw new AppError('unreadable-resource', 'its format is unknown to this release; bring it again');
  }
}
