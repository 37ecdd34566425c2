import type { Citation } from '../api/types.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { CiteNumber } from '../sources/cite-number.tsx';
import { usePointed } from '../sources/pointed.ts';
import styles from './prose.module.css';

/** Chinese sets no space between sentences. */
const ENDS_IN_HAN = /[\u3000-\u9fff\uff00-\uffef]$/;

interface Props {
  text: string;
  /** White space that follows in the running text. */
  after: string;
  numbers: number[];
  citations: Citation[];
  /** A table, code or displayed formula, which stands on lines of its own. */
  whole: boolean;
  /** Being read aloud. */
  spoken: boolean;
}

/** One checked sentence; it lights together with its sources. */
export function SentenceView({ text, after, numbers, citations, whole, spoken }: Props) {
  const pointed = usePointed();
  const lit = pointed.n !== null && numbers.includes(pointed.n);
  const Tag = whole ? 'div' : 'span';
  return (
    <>
      <Tag
        className={styles.sentence}
        data-lit={lit || undefined}
        data-spoken={spoken || undefined}
        onMouseEnter={() => pointed.point(numbers[0] ?? null)}
        onMouseLeave={() => pointed.point(null)}
      >
        <RichText text={text} inline={!whole} />
        {numbers.map(n => (
          <CiteNumber key={n} n={n} citation={citations.find(citation => citation.n === n)} />
        ))}
      </Tag>
      {after !== '' && !ENDS_IN_HAN.test(text) && ' '}
    </>
  );
}
