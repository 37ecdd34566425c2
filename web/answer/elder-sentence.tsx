import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { SourceCard } from '../sources/source-card.tsx';
import styles from './elder-sentence.module.css';
import proseStyles from './prose.module.css';

interface Props {
  text: string;
  /** A table, code or displayed formula, which stands on lines of its own. */
  whole: boolean;
  /** Being read aloud. */
  spoken: boolean;
  /** The sentence's own. */
  citations: Citation[];
  feedbackId?: ((n: number) => string) | undefined;
}

/** One checked sentence by itself, and below it its sources: a large button each, which opens the card in place. */
export function ElderSentence({ text, whole, spoken, citations, feedbackId }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  const shown = citations.find(({ n }) => n === opened);
  const Tag = whole ? 'div' : 'p';
  return (
    <div className={styles.elder}>
      <Tag>
        <span className={proseStyles.sentence} data-spoken={spoken || undefined}>
          <RichText text={text} inline={!whole} />
        </span>
      </Tag>
      {citations.length > 0 && (
        <div className={styles.sources}>
          {citations.map(({ n, title, withdrawn }) => (
            <button
              key={n}
              type="button"
              className={styles.source}
              aria-label={t(withdrawn ? 'source.numberWithdrawn' : 'source.numberOf', { n, title })}
              data-withdrawn={withdrawn || undefined}
              aria-expanded={n === opened}
              onClick={() => setOpened(n === opened ? null : n)}
            >
              {t('source.number', { n })} <span aria-hidden="true">{n === opened ? '▴' : '▾'}</span>
            </button>
          ))}
        </div>
      )}
      {shown && <SourceCard key={shown.n} citation={shown} feedbackId={feedbackId?.(shown.n)} />}
    </div>
  );
}
