import { Suspense, use } from 'react';
import { useMode } from '../modes/modes.ts';
import { needsFormulas, needsMarkup } from './needs-markup.ts';
import { PlainText } from './plain-text.tsx';

/**
 * Markdown and KaTeX, which are half of the UI's code, come with the first text that needs them. Where they cannot be
 * loaded texts stay as they were written, which can still be read.
 */
const loadMarkdown = once(() =>
  import('./markup.tsx').then(
    module => module.Markup,
    () => PlainText,
  ),
);
const loadFormulas = once(() => import('./formulas.ts').catch(() => undefined));

/** Loads what sets texts, before any is there. */
export function loadMarkup(): Promise<unknown> {
  return Promise.all([loadMarkdown(), loadFormulas()]);
}

/** Loads what sets these texts, and nothing if they stand as they are. */
export function loadMarkupFor(texts: string[]): Promise<unknown> {
  return Promise.all([
    texts.some(needsMarkup) && loadMarkdown(),
    texts.some(needsFormulas) && loadFormulas(),
  ]);
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    if (loading) return loading;
    const promise = load();
    // What `use` looks at before it suspends: without it a text would flash as written even when all is loaded.
    void promise.then(value => Object.assign(promise, { status: 'fulfilled', value }));
    loading = promise;
    return promise;
  };
}

/** A stretch of a text by UTF-16 offsets, as citations give it. */
export interface Span {
  start: number;
  end: number;
}

export interface RichTextProps {
  /** From the library or a model, so never trusted: no HTML, no images, links only to http(s). */
  text: string;
  /** Shown as marked. */
  quote?: Span | undefined;
  /** Without paragraphs, to stand within a line. */
  inline?: boolean;
}

/** A text as its author meant it; as it was written while what sets it is being loaded. */
export function RichText(props: RichTextProps) {
  if (!needsMarkup(props.text)) return <PlainText {...props} />;
  return (
    <Suspense fallback={<PlainText {...props} />}>
      <MarkupText {...props} />
    </Suspense>
  );
}

function MarkupText(props: RichTextProps) {
  const sparing = useMode('sparing');
  // Both are asked for before either is waited for.
  const formulas = needsFormulas(props.text) ? loadFormulas() : undefined;
  const Markup = use(loadMarkdown());
  const plugins = formulas && use(formulas);
  return <Markup {...props} formulas={sparing ? plugins?.MATHML : plugins?.TYPESET} />;
}
