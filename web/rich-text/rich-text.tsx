import { type ComponentType, Suspense, use } from 'react';
import { needsMarkup } from './needs-markup.ts';
import { PlainText } from './plain-text.tsx';

let loading: Promise<ComponentType<RichTextProps>> | undefined;

/**
 * Markdown and KaTeX, which are half of the UI's code, come with the first text that needs them. Where they cannot be
 * loaded texts stay as they were written, which can still be read.
 */
export function loadMarkup(): Promise<ComponentType<RichTextProps>> {
  if (loading) return loading;
  const promise = import('./markup.tsx').then(
    module => module.Markup,
    () => PlainText,
  );
  // What `use` looks at before it suspends: without it a text would flash as written even when all is loaded.
  void promise.then(value => Object.assign(promise, { status: 'fulfilled', value }));
  loading = promise;
  return promise;
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
  const Markup = use(loadMarkup());
  return <Markup {...props} />;
}
