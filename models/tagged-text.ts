/**
 * Prompts carry data (questions, passages) in tags, so that a model can tell it from instructions and the offline model
 * can find it. Text inside a tag cannot close it: a `<` that begins one of our tags is escaped, every other character,
 * formulas and code included, stays as it is and can be quoted word for word.
 */
const TAGS = [
  'task',
  'question',
  'history',
  'turn',
  'passages',
  'passage',
  'section',
  'topic',
  'resources',
  'resource',
  'fact',
  'sentence',
  'faults',
] as const;
export type Tag = (typeof TAGS)[number];
export type Attributes = Record<string, string | number | undefined>;

const OPENING = new RegExp(`<(?=[\\s/]*(?:${TAGS.join('|')})\\b)`, 'giu');
const ESCAPED = new RegExp(`&lt;(?=[\\s/]*(?:${TAGS.join('|')})\\b)`, 'giu');

/** `text` in a tag. Attributes that are undefined are left out. */
export function tagged(tag: Tag, text: string, attributes: Attributes = {}): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(`${value}`)}"`);
  return `<${tag}${shown.join('')}>\n${escapeTags(text)}\n</${tag}>`;
}

/** Blocks made by `tagged`, in a tag of their own. */
export function taggedGroup(tag: Tag, blocks: string[]): string {
  return `<${tag}>\n${blocks.join('\n')}\n</${tag}>`;
}

/** Makes text safe inside a tag. */
export function escapeTags(text: string): string {
  return text.replace(OPENING, '&lt;');
}

/** Undoes `escapeTags`, for quotes that come back from a model. */
export function unescapeTags(text: string): string {
  return text.replace(ESCAPED, '<');
}

/** One tagged block as it was before escaping. */
export interface Block {
  attributes: Record<string, string>;
  text: string;
}

/** All blocks of a tag in a prompt, in order. */
export function readTagged(prompt: string, tag: Tag): Block[] {
  const pattern = new RegExp(`<${tag}((?: [\\w-]+="[^"]*")*)>\\n([\\s\\S]*?)\\n</${tag}>`, 'gu');
  return [...prompt.matchAll(pattern)].map(([, attributes = '', text = '']) => ({
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/gu)].map(([, name, value]) => [
        name!,
        unescapeAttribute(value!),
      ]),
    ),
    text: unescapeTags(text),
  }));
}

function escapeAttribute(value: string): string {
  return value
    .replace(/\s+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function unescapeAttribute(value: string): string {
  return value
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
