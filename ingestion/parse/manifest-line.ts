import { AppError } from '../../library/errors.ts';
import { sectionsOfMarkedText } from './marked-text.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';

/**
 * Reads one line of a `.jsonl` manifest: a JSON object with `id`, `title` and `text`.
 * @throws AppError `unreadable-resource`
 */
export function parseManifestLine(line: string): ParsedResource {
  return parseFields(readJsonObject(line));
}

/** A resource from fields whose `text` is a manifest's: Markdown headings, all else as it stands. */
export function parseFields(fields: unknown): ParsedResource {
  const input = checkFields(fields);
  return { input, sections: sectionsOfMarkedText(input.text, input.title) };
}

/** @throws AppError `unreadable-resource` when it is not a JSON object. */
export function readJsonObject(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new AppError('unreadable-resource', 'not a JSON object with id, title and text');
  }
  return value as Record<string, unknown>;
}

/** @throws AppError `unreadable-resource` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      'unreadable-resource',
      'not valid JSON; check its quotation marks, commas and brackets',
      {
        cause,
      },
    );
  }
}
