import { parse as parseYaml, YAMLParseError } from 'yaml';
import { AppError } from '../../library/errors.ts';
import { cleanText } from './clean-text.ts';
import { firstHeading, sectionsOfMarkedText } from './marked-text.ts';
import { checkFields, type ParsedResource } from './parsed-resource.ts';
import { titleOfPath } from './plain-text.ts';

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n?^---[ \t]*(?:\n|$(?![\s\S]))/m;

/**
 * Reads a Markdown file. YAML front matter has the fields of a manifest; without it the id is `path` (relative to the
 * ingested folder) and the title the first heading, else the file name. Text stays Markdown, as it was written.
 * @throws AppError `unreadable-resource` when the front matter is wrong or there is no text.
 */
export function parseMarkdown(source: string, path: string): ParsedResource {
  const clean = cleanText(source);
  const fields = readFrontMatter(clean);
  const body = frontMatterOf(clean) ? clean.replace(FRONT_MATTER, '') : clean;
  const title = fields.title ?? firstHeading(body) ?? titleOfPath(path);
  const sections = sectionsOfMarkedText(body, `${title}`, { isFile: true });
  if (sections.length === 0 && fields.description === undefined) {
    throw new AppError('unreadable-resource', 'the file has no text');
  }
  const text = sections.map(section => section.text).join('\n\n');
  return { input: checkFields({ id: path, ...fields, title, text }), sections };
}

/**
 * The fields of the YAML front matter; none without one.
 * @throws AppError `unreadable-resource` when it is not a YAML mapping.
 */
export function readFrontMatter(text: string): Record<string, unknown> {
  const yaml = frontMatterOf(text);
  if (yaml === undefined) return {};
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch (cause) {
    throw new AppError(
      'unreadable-resource',
      `the front matter is not valid YAML; look at line ${lineOf(cause)} of it`,
      {
        cause,
      },
    );
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new AppError('unreadable-resource', 'the front matter is not a list of "name: value" lines');
  }
  return value as Record<string, unknown>;
}

function lineOf(cause: unknown): number {
  return cause instanceof YAMLParseError ? (cause.linePos?.[0].line ?? 1) : 1;
}

function frontMatterOf(text: string): string | undefined {
  const block = /^---[ \t]*\n/.test(text) ? FRONT_MATTER.exec(text) : null;
  return block?.index === 0 ? block[1] : undefined;
}
