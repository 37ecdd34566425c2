import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Citation } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { locatorLabel } from './locator-label.ts';
import { placeOfCitation } from './place.ts';
import { usePointed } from './pointed.ts';
import styles from './source-card.module.css';
import { SourceDoubt } from './source-doubt.tsx';

interface Props {
  citation: Citation;
  /** Where a reader may say that the source does not say this; without it nobody is asked. */
  feedbackId?: string | undefined;
  /** For a narrow margin beside a short text: two lines of the passage, the title as the way there. */
  compact?: boolean;
}

/** A source as a margin note: where it is from, and the quoted words in their place. */
export function SourceCard({ citation, feedbackId, compact = false }: Props) {
  const { t, i18n } = useTranslation();
  const labels = useLabels();
  const pointed = usePointed();
  const [whole, setWhole] = useState(false);
  const { box, clipped } = useQuoteInView(whole);
  const place = [...citation.heading, locatorLabel(citation.locator, t)].filter(Boolean).join(' › ');
  const foreign = !citation.language.startsWith(i18n.language);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only lights; the number is the keyboard's way
    <div
      className={styles.card}
      data-lit={pointed.n === citation.n || undefined}
      data-source={citation.n}
      data-compact={compact || undefined}
      onMouseEnter={() => pointed.light(citation.n)}
      onMouseLeave={() => pointed.light(null)}
    >
      <p className={styles.from}>
        <span className={styles.number}>{citation.n}</span>
        <span lang={citation.language} dir="auto">
          <cite className={styles.title}>
            {compact && !citation.withdrawn ? (
              <Link href={placeOfCitation(citation)}>{citation.title}</Link>
            ) : (
              citation.title
            )}
          </cite>
          {place && <span className={styles.heading}> › {place}</span>}
        </span>
        {foreign && <span className={styles.language}> {labels.language(citation.language)}</span>}
        {compact && (clipped || whole) && (
          <button
            type="button"
            className={styles.unfold}
            aria-expanded={whole}
            aria-label={whole ? t('source.less') : t('source.whole')}
            onClick={() => setWhole(!whole)}
          >
            {whole ? '▴' : '▾'}
          </button>
        )}
      </p>
      <Cautions citation={citation} />
      <div
        ref={box}
        className={styles.passage}
        data-whole={whole || undefined}
        data-clipped={clipped || undefined}
        lang={citation.language}
        dir="auto"
      >
        <div>
          <RichText
            text={citation.passage}
            quote={{ start: citation.quoteStart, end: citation.quoteStart + citation.quote.length }}
          />
        </div>
      </div>
      {(!compact || whole) && (
        <div className={styles.actions}>
          {!compact && !citation.withdrawn && (
            <Link href={placeOfCitation(citation)}>{t('source.open')}</Link>
          )}
          {!compact && (clipped || whole) && (
            <button
              type="button"
              className={styles.more}
              aria-expanded={whole}
              onClick={() => setWhole(!whole)}
            >
              {whole ? t('source.less') : t('source.whole')}
            </button>
          )}
          {feedbackId && <SourceDoubt id={feedbackId} />}
        </div>
      )}
    </div>
  );
}

/** Why the source should not be leant on. */
function Cautions({ citation: { withdrawn, verdict } }: { citation: Citation }) {
  const { t } = useTranslation();
  return (
    <>
      {withdrawn && <p className={styles.doubt}>{t('source.withdrawn')}</p>}
      {verdict === 'unsupported' && <p className={styles.doubt}>{t('source.unsupported')}</p>}
    </>
  );
}

/** Scrolls the box, not the page, so that the quote shows while the passage is clipped. */
function useQuoteInView(whole: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const [clipped, setClipped] = useState(false);
  useEffect(() => {
    const content = box.current?.firstElementChild;
    if (!content) return;
    const show = () => {
      const element = box.current;
      if (!element) return;
      if (!whole) setClipped(element.scrollHeight > element.clientHeight + 4);
      const quote = element.querySelector('mark');
      const above = quote ? quote.getBoundingClientRect().top - content.getBoundingClientRect().top : 0;
      element.scrollTop = whole ? 0 : Math.max(0, above - 8);
    };
    // Formulas and fonts change the height when they arrive.
    const observer = new ResizeObserver(show);
    observer.observe(content);
    return () => observer.disconnect();
  }, [whole]);
  return { box, clipped };
}
