/** Signs of Markdown, formulas or links: what has none of them is shown as it stands, and KaTeX is never loaded for it. */
const MARKUP = /[$*_`#|[\]~\\]|^\s*(?:[-+]|\d+[.)])\s|^\s*>|https?:\/\//m;

export function needsMarkup(text: string): boolean {
  return MARKUP.test(text);
}

/** Tables, code, displayed formulas and lists within a text cannot stand within a line. */
const BLOCK = /^\s*\||```|^\s*\$\$|\n\s*(?:\||[-*+]\s|\d{1,3}[.)]\s)/;

export function needsBlock(text: string): boolean {
  return BLOCK.test(text);
}
