import { describe, expect, it } from 'vitest';
import { makePayload, type PayloadFormat, parsePayload } from './parse-payload.ts';

const parse = (format: PayloadFormat, text: string) => parsePayload(makePayload(format, text));
const manifest = (fields: object) => parse({ format: 'manifest' }, JSON.stringify(fields));
const markdown = (text: string) => parse({ format: 'markdown', path: 'week 1/limits.md' }, text);
const html = (text: string) => parse({ format: 'html', path: 'pages/energy.html' }, text);
const jsonLd = (node: object) => parse({ format: 'json-ld' }, JSON.stringify(node));

describe('a manifest line', () => {
  it('has its fields by name, its headings as paths and unknown fields as metadata', () => {
    const { input, sections } = manifest({
      id: ' a ',
      title: '分数',
      text: '引言。\r\n# 分数\n## 加法 **同分母** {#add}\n把分子相加。\n```\n# 不是标题\n```\n## 减法\n| # of |\n',
      level: 'middle',
      duration: 'PT1H30M',
      authors: ['王', '李'],
      unit: 7,
    });
    expect(input).toMatchObject({
      id: 'a',
      language: 'zh',
      stage: 'junior',
      minutes: 90,
      authors: '王, 李',
      metadata: { unit: 7 },
    });
    expect(sections).toEqual([
      { heading: [], text: '引言。' },
      { heading: ['加法 同分母'], text: '把分子相加。\n```\n# 不是标题\n```' },
      { heading: ['减法'], text: '| # of |' },
    ]);
  });

  it('keeps a heading with nothing below it as text', () => {
    const { sections } = manifest({ id: 'a', title: 't', text: '# A\n## B\n## C\nc\n# D' });
    expect(sections).toEqual([
      { heading: ['A'], text: 'B' },
      { heading: ['A', 'C'], text: 'c' },
      { heading: [], text: 'D' },
    ]);
  });

  it('without text consists of its title and description', () => {
    const { sections } = manifest({ id: 'a', title: '沉浸式学 Git', text: ' \n', description: '版本控制' });
    expect(sections).toEqual([{ heading: [], text: '沉浸式学 Git\n\n版本控制' }]);
  });

  it('loses control characters and broken surrogates, also in metadata', () => {
    const { input, sections } = parse(
      { format: 'manifest' },
      '{"id":"a","title":"t\\u0000","text":"x\\ud800y\\u0007","extra":{"k\\u0000":["\\udc00"]}}',
    );
    expect([input.title, sections[0]!.text, input.metadata]).toEqual([
      't',
      'x\uFFFDy',
      { extra: { k: ['\uFFFD'] } },
    ]);
  });

  it.each([
    ['{"id":"a"', 'not valid JSON'],
    ['[1]', 'not a JSON object'],
    ['{"id":"","title":"t","text":"x"}', 'id: '],
    ['{"id":"a","text":5}', 'title: '],
    ['{"id":"a","title":"t","text":"x","stage":"kindergarten"}', 'stage: "kindergarten" is not a stage'],
    ['{"id":"a","title":"t","text":"x","valid_from":"May"}', 'valid_from: '],
  ])('is refused with the reason: %s', (line, reason) => {
    expect(() => parse({ format: 'manifest' }, line)).toThrow(reason);
  });
});

describe('a Markdown file', () => {
  it('takes its fields from the front matter', () => {
    const { input, sections } = markdown(
      '---\nid: zh/limits\ntitle: 极限\nstage: higher\nteaches: [极限, 连续]\nvalid_from: 2025-09-01\n---\n\n# 极限\n\n当 $x \\to 0$ 时。\n',
    );
    expect(input).toMatchObject({
      id: 'zh/limits',
      stage: 'higher',
      teaches: ['极限', '连续'],
      validFrom: '2025-09-01',
    });
    expect(sections).toEqual([{ heading: [], text: '当 $x \\to 0$ 时。' }]);
  });

  it('without front matter has its path as id and its first heading as title', () => {
    const { input } = markdown('Before.\n\nLimits of *sequences*\n===\n\ntext');
    expect([input.id, input.title, input.language]).toEqual([
      'week 1/limits.md',
      'Limits of *sequences*',
      'en',
    ]);
    expect(markdown('only text').input.title).toBe('limits');
  });

  it('stays as it was written, with fences, formulas, tables and lists whole', () => {
    const body = [
      '```python\n# a comment\n\nx = 1\n```',
      '$$\n# y\n$$',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '- one\n  # not a heading of the page\n- two',
    ].join('\n\n');
    const { sections } = markdown(`# Title\n\n## Part\n\n<!-- hidden -->\n\n${body}\n`);
    expect(sections).toEqual([{ heading: ['Part'], text: body }]);
  });

  it('knows underlined headings, rules, and what only looks like a heading', () => {
    const { sections } = markdown('A\n===\n\nB\n---\n\nx\ny\n---\n\n- z\n---\n####### no\n# C #\n#no');
    expect(sections).toEqual([
      { heading: ['B'], text: 'x\ny\n---\n\n- z\n---\n####### no' },
      { heading: ['C'], text: '#no' },
    ]);
  });

  it.each([
    ['---\nid: [\n---\ntext', 'front matter is not valid YAML'],
    ['---\n- a\n---\ntext', 'front matter is not a list'],
    ['\n\n<!-- nothing -->\n', 'the file has no text'],
  ])('is refused with the reason: %j', (text, reason) => {
    expect(() => markdown(text)).toThrow(reason);
  });
});

describe('a web page', () => {
  const page = (body: string, head = '<title>Energy</title>') =>
    html(`<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`);

  it('is its main text by headings, without navigation and scripts', () => {
    const { input, sections } = page(
      `<nav>Home</nav><header>Site</header><main><h1>Energy</h1><p>Energy is
       <b>conserved </b>always.<br>Always.</p><script>alert(1)</script><h2>Work</h2><ul><li>a</li><li>b <i>c</i></li></ul>
       <pre>x  =  1\n  y</pre><div hidden>no</div></main><footer>Imprint</footer>`,
    );
    expect(input).toMatchObject({ id: 'pages/energy.html', title: 'Energy', language: 'en' });
    expect(sections).toEqual([
      { heading: [], text: 'Energy is conserved always.\nAlways.' },
      { heading: ['Work'], text: '- a\n- b c\n\n```\nx  =  1\n  y\n```' },
    ]);
  });

  it('keeps formulas as LaTeX and tables as rows', () => {
    const { sections } = page(
      `<p>Let <math><semantics><mi>E</mi><annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math>.</p>
       <span class="katex-display"><span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>
       <annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span aria-hidden="true">x2</span></span></span>
       <script type="math/tex; mode=display">y</script><math><mi>z</mi></math>
       <table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3</td></tr></table>`,
    );
    expect(sections[0]!.text).toBe(
      'Let $E=mc^2$.\n\n$$x^2$$ $$y$$z\n\nT\n\n| a | b |\n| --- | --- |\n| 1\\|2 | 3 |',
    );
  });

  it('takes its fields from one schema.org node, and survives a broken one', () => {
    const { input, sections } = page(
      '<p>Body.</p>',
      `<script type="application/ld+json">{oops</script>
       <script type="application/ld+json">{"@context":"https://schema.org","@type":"LearningResource","name":"Heat",
       "url":"https://example.org/heat","inLanguage":"zh-TW","educationalLevel":"Senior"}</script>`,
    );
    expect(input).toMatchObject({
      id: 'https://example.org/heat',
      title: 'Heat',
      language: 'zh-Hant',
      stage: 'senior',
    });
    expect(sections).toEqual([{ heading: [], text: 'Body.' }]);
  });

  it('nested beyond reason is refused before it costs minutes', () => {
    const started = performance.now();
    for (const tags of ['<div>', '<p><li>', '<b>', '<table><tr><td>']) {
      expect(() => html(tags.repeat(100_000))).toThrow('nested more than');
    }
    const unclosed = html(`<ul>${'<li>a'.repeat(3_000)}</ul>${'<p>b'.repeat(3_000)}`);
    expect(unclosed.sections[0]!.text).toMatch(/^- a\n- a[\s\S]*b\n\nb$/);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('without text is refused', () => {
    expect(() => page('<nav>Home</nav>')).toThrow('the page has no text');
  });
});

describe('a schema.org node', () => {
  it('is mapped to the fields of a manifest', () => {
    const { input, sections } = jsonLd({
      '@type': ['Course', 'Product'],
      '@id': 'urn:course:1',
      name: { '@value': '机器学习', '@language': 'zh' },
      description: '入门课程',
      provider: { '@type': 'Organization', name: '某大学' },
      educationalLevel: { '@type': 'DefinedTerm', name: '大一' },
      audience: { '@type': 'EducationalAudience', educationalRole: 'student' },
      teaches: [{ name: '回归' }, '分类'],
      coursePrerequisites: '线性代数',
      timeRequired: 'P1W',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      author: [{ name: '王' }, { name: '李' }],
      datePublished: '2025-01-01',
    });
    expect(input).toMatchObject({
      id: 'urn:course:1',
      title: '机器学习',
      language: 'zh',
      type: 'course',
      provider: '某大学',
      grade: '大一',
      audience: 'learner',
      teaches: ['回归', '分类'],
      prerequisites: ['线性代数'],
      minutes: 7 * 24 * 60,
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      authors: '王, 李',
      metadata: { datePublished: '2025-01-01' },
    });
    expect(input.stage).toBeUndefined();
    expect(sections).toEqual([{ heading: [], text: '机器学习\n\n入门课程' }]);
  });

  it('without anything that identifies it is refused', () => {
    expect(() => jsonLd({ '@type': 'Course', name: 'x' })).toThrow('no @id, identifier or url');
  });
});

describe('a plain text file', () => {
  it('has its path as id and its file name as title, and is refused when empty', () => {
    const format = { format: 'text', path: 'notes/第一课.txt' } as const;
    const { input, sections } = parse(format, '\uFEFF第一段。\r\n# 不是标题\r\n');
    expect([input.id, input.title, input.language]).toEqual(['notes/第一课.txt', '第一课', 'zh']);
    expect(sections).toEqual([{ heading: [], text: '第一段。\n# 不是标题\n' }]);
    expect(() => parse(format, ' \n')).toThrow('no text');
  });
});
