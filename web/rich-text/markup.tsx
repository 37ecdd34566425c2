import { Fragment, type ReactNode } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { ExternalLink } from './external-link.tsx';
import type { FormulaPlugins } from './formulas.ts';
import { remarkQuote } from './remark-quote.ts';
import styles from './rich-text.module.css';
import type { RichTextProps } from './rich-text.tsx';

/** What may stay of a text: no images, no ids, links to http(s) only; `mark` and the classes KaTeX looks for are ours. */
const SCHEMA: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []).filter(tag => tag !== 'img' && tag !== 'input'), 'mark'],
  attributes: {
    ...defaultSchema.attributes,
    code: [['className', /^language-./, 'math-inline', 'math-display']],
  },
  protocols: { href: ['http', 'https'] },
};

/** MathML by itself has no wrapper that says that the formula is displayed. */
function isDisplayedMathML(node: ExtraProps['node']): boolean {
  const [math] = node?.children ?? [];
  return math?.type === 'element' && math.tagName === 'math' && math.properties.display === 'block';
}

/** Headings inside a text stand below those of the page; tables may scroll on their own. */
const COMPONENTS: Components = {
  a: ({ href, children }) => <ExternalLink href={href}>{children}</ExternalLink>,
  h1: ({ children }) => <p className={styles.heading}>{children}</p>,
  h2: ({ children }) => <p className={styles.heading}>{children}</p>,
  h3: ({ children }) => <p className={styles.heading}>{children}</p>,
  h4: ({ children }) => <p className={styles.heading}>{children}</p>,
  h5: ({ children }) => <p className={styles.heading}>{children}</p>,
  h6: ({ children }) => <p className={styles.heading}>{children}</p>,
  table: ({ children }) => (
    <ScrollBox className={styles.table}>
      <table>{children}</table>
    </ScrollBox>
  ),
  pre: ({ children }) => (
    <ScrollBox className={styles.code}>
      <pre>{children}</pre>
    </ScrollBox>
  ),
  span: ({ node, className, children, ...rest }) =>
    className === 'katex-display' || isDisplayedMathML(node) ? (
      <ScrollBox as="span" className={className}>
        {children}
      </ScrollBox>
    ) : (
      <span className={className} {...rest}>
        {children}
      </span>
    ),
};

const INLINE: Components = {
  ...COMPONENTS,
  p: ({ children }: { children?: ReactNode }) => <Fragment>{children}</Fragment>,
};

/**
 * A text that stands within a line: what would begin a list, quote or heading is just text there, and a bold mark whose
 * other half is in the sentence before or after is no mark.
 */
function asLine(text: string): string {
  const whole = (text.match(/\*\*/g)?.length ?? 0) % 2 === 0;
  return (whole ? text : text.replace(/^\s*\*\*\s?|\*\*\s*$/, ''))
    .replace(/^(\s*)([-+*>]|#{1,6})(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

interface Props extends RichTextProps {
  /** Without them formulas stay as they were written. */
  formulas?: FormulaPlugins | undefined;
}

export function Markup({ text, quote, inline = false, formulas }: Props) {
  const markdown = (
    <Markdown
      remarkPlugins={[remarkGfm, ...(formulas?.remark ?? []), [remarkQuote, quote]]}
      rehypePlugins={[[rehypeSanitize, SCHEMA], ...(formulas?.rehype ?? [])]}
      components={inline ? INLINE : COMPONENTS}
    >
      {inline ? asLine(text) : text}
    </Markdown>
  );
  return inline ? (
    <span className={styles.inline}>{markdown}</span>
  ) : (
    <div className={styles.rich}>{markdown}</div>
  );
}
