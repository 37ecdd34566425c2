import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TYPESET } from './formulas.ts';
import { Markup } from './markup.tsx';
import { needsMarkup } from './needs-markup.ts';
import type { Span } from './rich-text.tsx';

const render = (text: string, props: { quote?: Span; inline?: boolean } = {}) =>
  renderToStaticMarkup(createElement(Markup, { text, formulas: TYPESET, ...props }));

/** What stands in `<mark>`, formulas as their TeX. */
const marked = (html: string) =>
  [...html.matchAll(/<mark>(.*?)<\/mark>/gs)].map(match =>
    (match[1] ?? '').replace(/.*<annotation[^>]*>(.*?)<\/annotation>.*/s, '$1').replace(/<[^>]*>/g, ''),
  );
const spanOf = (text: string, quote: string): Span => {
  const start = text.lastIndexOf(quote);
  return { start, end: start + quote.length };
};

describe('a text from a library or a model', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://evil.example/leak.png)',
    '![x][ref]\n\n[ref]: https://evil.example/leak.png',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<svg onload=alert(1)>',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\includegraphics{https://evil.example/x.png}$',
    '$\\htmlClass{evil}{x}\\htmlStyle{position:fixed}{x}$',
    '<style>*{display:none}</style>',
    '<form action="https://evil.example"><input></form>',
    '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
  ];

  it.each(hostile)('loads and runs nothing: %s', text => {
    for (const inline of [false, true]) {
      const html = render(text, { inline });
      expect(html).not.toMatch(/<(script|img|iframe|style|form|input|object|embed|link|base|meta)[\s>]/i);
      expect(html).not.toMatch(/<[^>]+\s(on\w+|srcset|src|action|formaction)\s*=/i);
      expect(html).not.toMatch(/href="(?!https?:)/i);
      expect(html).not.toMatch(/<[^>]+(class="[^"]*evil|style="[^"]*position:\s*fixed)/);
    }
  });

  it('shows where a link leads and gives nothing away to it', () => {
    const html = render('[the page](https://example.org/a?b=1)');
    expect(html).toContain('href="https://example.org/a?b=1"');
    expect(html).toContain('rel="noopener noreferrer"');
    expect(html).toContain('(example.org)');
    expect(render('[same site](/api/session)')).not.toContain('<a');
  });

  it('sets formulas: inline, displayed when alone in a paragraph, and money as money', () => {
    expect(render('So $a^2$ holds.')).toMatch(/class="katex"/);
    expect(render('Then\n\n$$a^2+b^2=c^2$$\n\nholds.')).toMatch(/katex-display/);
    expect(render('It costs $5 or $6 at most.')).not.toMatch(/katex/);
    expect(render('A broken $\\frac{1$ stays readable.')).toContain('frac');
  });

  it('keeps headings, lists and quotes out of a line', () => {
    for (const text of ['- a thing', '1. a thing', '# a thing', '> a thing']) {
      const html = render(text, { inline: true });
      expect(html).toContain(text.replace('>', '&gt;'));
      expect(html).not.toMatch(/<(li|ol|ul|h1|blockquote|p)/);
    }
  });
});

it('drops half of a pair of bold marks that a sentence was cut from', () => {
  expect(render('** Plants respire all the time.', { inline: true })).toContain(
    '>Plants respire all the time.<',
  );
  expect(render('It is **not** so. **', { inline: true })).not.toContain('**');
});

describe('a quote', () => {
  it('is marked at its place, not at its first occurrence', () => {
    const text = 'one two one two';
    expect(render(text, { quote: { start: 8, end: 11 } })).toContain('<p>one two <mark>one</mark> two</p>');
  });

  it('keeps formatting and formulas inside', () => {
    const text = '解：$c=\\sqrt{625}=25$，斜边长为 **25**。再看。';
    const html = render(text, { quote: spanOf(text, '$c=\\sqrt{625}=25$，斜边长为 **25**。') });
    expect(marked(html)).toEqual(['c=\\sqrt{625}=25', '，斜边长为 ', '25', '。']);
    expect(html).toContain('<strong><mark>25</mark></strong>');
  });

  it('runs across list points and table cells', () => {
    const list = '- alpha beta\n- gamma delta';
    expect(
      marked(render(list, { quote: { start: list.indexOf('beta'), end: list.indexOf(' delta') } })),
    ).toEqual(['beta', 'gamma']);
    const table = '| a | b |\n|---|---|\n| one | two |';
    expect(marked(render(table, { quote: spanOf(table, 'one | two') }))).toEqual(['one', 'two']);
  });

  it('marks a whole displayed formula, and a whole text node where escapes hide the exact place', () => {
    const formula = 'Then\n\n$$x^2$$\n\nend';
    expect(render(formula, { quote: spanOf(formula, '$$x^2$$') })).toMatch(/<mark>.*katex/s);
    const escaped = 'a \\* b';
    expect(marked(render(escaped, { quote: { start: 0, end: 1 } }))).toEqual(['a * b']);
  });
});

it('leaves plain text alone, so that no formula code is loaded for it', () => {
  expect(needsMarkup('直角三角形两条直角边的平方和等于斜边的平方。')).toBe(false);
  expect(needsMarkup('Green plants make their own food (sugar), by day & night.')).toBe(false);
  for (const text of ['$x$', '**b**', '- a', '1. a', '| a |', 'see https://a.org', '`x`', '> q']) {
    expect(needsMarkup(text), text).toBe(true);
  }
});
