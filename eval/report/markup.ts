/** Text that is markup already. */
export interface Markup {
  markup: string;
}

type Part = string | number | Markup | readonly Part[] | null | false;

/** A template of HTML or SVG: strings are escaped, markup and lists of it go in as they are, null and false as nothing. */
export function markup(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return {
    markup: texts.map((text, i) => text + (i < parts.length ? render(parts[i]!) : '')).join(''),
  };
}

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  return 'markup' in part ? part.markup : part.map(render).join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]!);
}
