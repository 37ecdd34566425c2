import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../language/languages.ts';
import ar from './ar.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

/** Every text by its path, with the forms of a plural apart. */
function flatten(texts: Texts, path: string[] = []): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flatten(value, [...path, key]),
  );
}

const TEXTS: Record<Language, Map<string, string>> = {
  zh: new Map(flatten(zh)),
  en: new Map(flatten(en)),
  ar: new Map(flatten(ar)),
};
const SCRIPTS: Record<Language, RegExp> = {
  zh: /\p{Script=Han}/u,
  en: /\p{Script=Latin}/u,
  ar: /\p{Script=Arabic}/u,
};

/** Examples are sent to the library, so in Arabic they are in a language that the library is in. */
const isExample = (key: string) => /\bexample\b/.test(key);

const FORM = /_(zero|one|two|few|many|other)$/;
const withoutForm = (key: string) => key.replace(FORM, '');
const formOf = (key: string) => FORM.exec(key)?.[1];
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();

describe.each(Object.entries(TEXTS) as [Language, Map<string, string>][])(
  'texts in %s',
  (language, texts) => {
    const keys = (of: Map<string, string>) => [...new Set([...of.keys()].map(withoutForm))].sort();

    it('are there for everything that English has', () => {
      expect(keys(texts)).toEqual(keys(TEXTS.en));
      expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it('have one form for any number, or each that the language has', () => {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
      const counted = [...texts.keys()].filter(formOf);
      for (const key of new Set(counted.map(withoutForm))) {
        const forms = counted.filter(form => withoutForm(form) === key).map(formOf);
        expect(forms.toSorted(), key).toEqual(needed);
        expect(texts.has(key), `${key}: a text for any number beside the forms`).toBe(false);
      }
    });

    it('are filled with the same values as in English', () => {
      for (const [key, text] of texts) {
        const filled = placeholders(text);
        const expected = placeholders(
          TEXTS.en.get(key) ??
            TEXTS.en.get(`${withoutForm(key)}_other`) ??
            TEXTS.en.get(withoutForm(key)) ??
            '',
        );
        // "One source" and "two sources" may be said without a digit.
        const spoken = /^(zero|one|two)$/.test(formOf(key) ?? '') && !filled.includes('{{count}}');
        expect(filled, key).toEqual(spoken ? expected.filter(name => name !== '{{count}}') : expected);
      }
    });

    it('are written in their own script', () => {
      const own = SCRIPTS[language];
      const foreign = [...texts].filter(([key, text]) => {
        if (language === 'ar' && isExample(key)) return own.test(text);
        return !own.test(text) && !/\{\{|^[^\p{L}]*$/u.test(text);
      });
      expect(foreign).toEqual([]);
      const others = (Object.keys(LANGUAGES) as Language[]).filter(
        other => other !== language && other !== 'en',
      );
      for (const other of others) {
        expect([...texts].filter(([, text]) => SCRIPTS[other].test(text))).toEqual([]);
      }
    });
  },
);
