import 'katex/dist/katex.min.css';
import type { Options } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { remarkFormulas } from './remark-formulas.ts';

/** What Markdown needs to set formulas. */
export interface FormulaPlugins {
  remark: NonNullable<Options['remarkPlugins']>;
  rehype: NonNullable<Options['rehypePlugins']>;
}

/** `maxExpand` and `maxSize` bound what a formula may cost; `trust` is off: no links, no images, no classes from TeX. */
const KATEX = {
  strict: 'ignore',
  trust: false,
  maxExpand: 200,
  maxSize: 20,
  errorColor: 'currentcolor',
} as const;

/** Set by KaTeX, in fonts of its own. */
export const TYPESET: FormulaPlugins = {
  remark: [remarkMath, remarkFormulas],
  rehype: [[rehypeKatex, KATEX]],
};

/** As MathML alone, which browsers set in a font that they have: nothing to download. */
export const MATHML: FormulaPlugins = { ...TYPESET, rehype: [[rehypeKatex, { ...KATEX, output: 'mathml' }]] };
