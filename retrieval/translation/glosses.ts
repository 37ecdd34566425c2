import { fold } from '../fold.ts';

/** Glosses that say what a word is or where else to look, not what it means. */
const NO_MEANING =
  /^(?:CL:|surname |(?:old |japanese |erroneous |archaic )?variant of |see (?:also )?|used in |also written |also pr\.|abbr\. (?:for|of) |[A-Z][a-z]+ pr\.|Taiwan pr\.)/i;

/** Words around a meaning that belong to the grammar of the gloss. */
const FRAME = new Set(
  'to a an the of in on at for by with be sb sth one ones oneself somebody something etc eg esp ie'.split(
    ' ',
  ),
);

const LONGEST_GLOSS = 4;

/** The English words and phrases that an entry's meanings give, most usual first, folded, without repeats. */
export function readGlosses(meanings: string | readonly string[]): string[] {
  const found = new Set<string>();
  for (const meaning of typeof meanings === 'string' ? [meanings] : meanings) {
    if (NO_MEANING.test(meaning)) continue;
    for (const part of meaning.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ').split(/[;/,]/)) {
      const words =
        fold(part)
          .replace(/'s\b/g, '')
          .match(/[a-z0-9]+/g) ?? [];
      const core = withoutFrame(words);
      if (core.length > 0 && core.length <= LONGEST_GLOSS) found.add(core.join(' '));
    }
  }
  return [...found];
}

function withoutFrame(words: string[]): string[] {
  let from = 0;
  let to = words.length;
  while (from < to && FRAME.has(words[from]!)) from++;
  while (to > from && FRAME.has(words[to - 1]!)) to--;
  return words.slice(from, to);
}
