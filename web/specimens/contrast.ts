/** Colours by the name of their token. */
export type Tokens = Record<string, string>;

/** Which colour stands on which, and the ratio that WCAG 2.2 AA asks for: 4.5 for text, 3 for edges. */
export const PAIRS = [
  { front: '--ink', back: '--paper', needed: 4.5 },
  { front: '--ink', back: '--surface', needed: 4.5 },
  { front: '--ink', back: '--accent-soft', needed: 4.5 },
  { front: '--ink', back: '--mark', needed: 4.5 },
  { front: '--ink', back: '--warm-soft', needed: 4.5 },
  { front: '--muted', back: '--paper', needed: 4.5 },
  { front: '--muted', back: '--surface', needed: 4.5 },
  { front: '--accent', back: '--paper', needed: 4.5 },
  { front: '--accent', back: '--surface', needed: 4.5 },
  { front: '--accent', back: '--accent-soft', needed: 4.5 },
  { front: '--on-accent', back: '--accent', needed: 4.5 },
  { front: '--on-accent', back: '--accent-strong', needed: 4.5 },
  { front: '--warm', back: '--warm-soft', needed: 4.5 },
  { front: '--line-strong', back: '--paper', needed: 3 },
  { front: '--line-strong', back: '--surface', needed: 3 },
] as const;

/** The colours of both themes out of the text of tokens.css. */
export function parseTokens(css: string): { light: Tokens; dark: Tokens } {
  const [light = '', dark = ''] = css.split('[data-mantine-color-scheme="dark"]');
  const colours = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/(--[\w-]+):\s*(#[\da-f]{6});/gi)].map(([, name, colour]) => [name, colour]),
    );
  return { light: colours(light), dark: colours(dark) };
}

/** The contrast ratio of two colours (`#rrggbb`), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
