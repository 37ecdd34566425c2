import { lazy, Suspense } from 'react';
import { needsMarkup } from './needs-markup.ts';
import { PlainText } from './plain-text.tsx';

const Markup = lazy(async () => ({ default: (await loadMarkup()).Markup }));

/** Markdown and KaTeX, which are two thirds of the UI's code, come only with the first text that needs them. */
export function loadMarkup() {
  return import('./markup.tsx');
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

/** A text as its author meant it. */
export function RichText(props: RichTextProps) {
  if (!needsMarkup(props.text)) return <PlainText {...props} />;
  return (
    <Suspense fallback={<PlainText {...props} />}>
      <Markup {...props} />
    </Suspense>
  );
}
