import styles from './example-button.module.css';

/** One example, to be tried with a click. */
export function ExampleButton({ text, lang, onTry }: { text: string; lang?: string; onTry: () => void }) {
  return (
    <button type="button" className={styles.example} lang={lang} onClick={onTry}>
      <bdi>{text}</bdi>
    </button>
  );
}
