/** Control characters that no text needs and Postgres or JSON refuse: all of C0 but tab and line feed, and DEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Halves of surrogate pairs: with the `u` flag only lone ones match. */
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;

/** The text with line feeds as its only line ends, without control characters, BOM and broken surrogate pairs. */
export function cleanText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '\uFFFD');
}

/** The same for every string inside a JSON value, keys included. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)]));
}
