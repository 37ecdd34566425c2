import { AppError } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';

/**
 * Reads a plain text file: `path` (relative to the ingested folder) is its id, the file name its title.
 * @throws AppError `unreadable-resource` when it has no text.
 */
export function parsePlainText(text: string, path: string): ParsedResource {
  const clean = cleanText(text);
  if (clean.trim() === '') throw new AppError('unreadable-resource', 'the file has no text');
  const input = checkFields({ id: path, title: titleOfPath(path), text: clean });
  return { input, sections: [{ heading: [], text: clean }] };
}

/** The file name without its ending: "week-1/02 Fractions.txt" is "02 Fractions". */
export function titleOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
