import { expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

/** Every text by its path, with the forms of a plural apart. */
function flatten(texts: Texts, path: string[] = []): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flatten(value, [...path, key]),
  );
}

const withoutForm = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
const english = new Map(flatten(en));
const chinese = new Map(flatten(zh));

it('has every text in both languages', () => {
  const keys = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutForm))].sort();
  expect(keys(chinese)).toEqual(keys(english));
});

it('has the plural forms that each language needs', () => {
  for (const key of english.keys()) {
    if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
  }
  for (const key of chinese.keys()) expect(key.endsWith('_one'), `${key}: Chinese has one form`).toBe(false);
});

it('fills the same values into both', () => {
  for (const [key, text] of chinese) {
    const other = english.get(key) ?? english.get(`${key}_other`);
    expect(placeholders(text), key).toEqual(placeholders(other ?? ''));
  }
});

it('is written in its own language throughout', () => {
  const untranslated = [...chinese].filter(([, text]) => !/\p{Script=Han}|\{\{|^[^\p{L}]*$/u.test(text));
  expect(untranslated).toEqual([]);
  expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
});
