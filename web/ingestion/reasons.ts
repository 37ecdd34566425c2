/*
 * Why a file or part could not be read, told by the English sentence that the library keeps (`web/locales/reasons/`).
 * In it `{}` stands for anything, `{word}` for a word, `{*}` for what is told in the chosen language too if it is known
 * there, `{!}` for what must be known; the text has `{1}`, `{2}` for them. The first that fits the whole reason counts.
 */

/** An English sentence that fits, and how each of its gaps is filled. */
interface Template {
  pattern: RegExp;
  gaps: string[];
  text: string;
}

/** How a language tells reasons. */
export interface Wording {
  templates: Template[];
  separator: string;
  /** How a part that is no sentence stands in the text. */
  quoted: (part: string) => string;
}

/** Reads the sentences of a language (`web/locales/reasons/`) and their texts. */
export function wordingOf(language: string, texts: Record<string, string>): Wording {
  const templates = templatesOf(texts);
  return language === 'ar'
    ? // What runs the other way keeps its own order.
      { templates, separator: '؛ ', quoted: part => `\u2068${part}\u2069` }
    : { templates, separator: '；', quoted: part => part };
}

function templatesOf(texts: Record<string, string>): Template[] {
  const gap = /\{(?:[*!]|word)?\}/g;
  return Object.entries(texts).map(([sentence, text]) => {
    const gaps = sentence.match(gap) ?? [];
    const source = sentence
      .split(gap)
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .reduce((before, part, i) => `${before}${gaps[i - 1] === '{word}' ? '(\\S+?)' : '([^]*?)'}${part}`);
    return { pattern: new RegExp(`^${source}$`), gaps, text };
  });
}

/** A reason in the words of a language; one that has none there stays as it is. */
export function reasonIn(wording: Wording, reason: string): string {
  return translated(reason, wording) ?? reason;
}

function translated(reason: string, wording: Wording): string | undefined {
  for (const template of wording.templates) {
    const text = filled(reason, template, wording);
    if (text !== undefined) return text;
  }
  const faults = reason.split('; ');
  if (faults.length === 1) return undefined;
  const texts = faults.map(fault => translated(fault, wording));
  return texts.includes(undefined) ? undefined : texts.join(wording.separator);
}

function filled(reason: string, { pattern, gaps, text }: Template, wording: Wording): string | undefined {
  const found = pattern.exec(reason);
  if (!found) return undefined;
  const values: string[] = [];
  for (const [i, gap] of gaps.entries()) {
    const value = found[i + 1] ?? '';
    const told = gap === '{*}' || gap === '{!}' ? translated(value, wording) : undefined;
    if (told === undefined && gap === '{!}') return undefined;
    values.push(told ?? wording.quoted(value));
  }
  return text.replace(/\{(\d)\}/g, (_, number: string) => values[Number(number) - 1] ?? '');
}
