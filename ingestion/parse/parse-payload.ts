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
  | { format: 'markdown' | 'html' | 'text'; path: string };

/** A resource as it was read, for the outbox: the format as a line of JSON, then the text as it stands. */
export function makePayload(format: PayloadFormat, text: string): string {
  return `${JSON.stringify(format)}\n${text}`;
}

/**
 * Parses what `makePayload` made; the language is detected where the resource does not say it, and a catalogue entry
 * without text has its title and description as its text.
 * @throws AppError `unreadable-resource` with the reason for the operator.
 */
export function parsePayload(payload: string): ParsedResource & { input: { language: string } } {
  const end = payload.indexOf('\n');
  const format = JSON.parse(payload.slice(0, end)) as PayloadFormat;
  const { input, sections } = parseText(format, payload.slice(end + 1));
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
  return { input: { ...input, language }, sections: filled };
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
    default:
      throw new AppError('unreadable-resource', `unknown format ${JSON.stringify(format)}`);
  }
}
