/** Signs of Markdown, formulas or links: what has none of them is shown as it stands, and nothing is loaded for it. */
const MARKUP = /[$*_`#|[\]~\\]|^\s*(?:[-+]|\d+[.)])\s|^\s*>|https?:\/\//m;

export function needsMarkup(text: string): boolean {
  return MARKUP.test(text);
}

/** Signs of formulas: KaTeX, which is most of the code for texts, is loaded for no others. */
const FORMULA = /\$|```math/;

export function needsFormulas(text: string): boolean {
  return FORMULA.test(text);
}

/** Tables, code, displayed formulas and lists within a text cannot stand within a line. */
const BLOCK = /^\s*\||```|^\s*\$\$|\n\s*(?:\||[-*+]\s|\d{1,3}[.)]\s)/;

export function needsBlock(text: string): boolean {
  return BLOCK.test(text);
}
