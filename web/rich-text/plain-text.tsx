import styles from './rich-text.module.css';
import type { RichTextProps } from './rich-text.tsx';

/** The text as it stands, the quote marked. */
export function PlainText({ text, quote, inline = false }: RichTextProps) {
  const content = quote ? (
    <>
      {text.slice(0, quote.start)}
      <mark>{text.slice(quote.start, quote.end)}</mark>
      {text.slice(quote.end)}
    </>
  ) : (
    text
  );
  return inline ? <span>{content}</span> : <div className={styles.plain}>{content}</div>;
}
