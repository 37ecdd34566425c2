import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import { useMode } from '../modes/modes.ts';
import { type Pointed, PointedContext } from './pointed.ts';
import { SourceCard } from './source-card.tsx';
import { SourceSheet } from './source-sheet.tsx';
import styles from './with-sources.module.css';

interface Props {
  citations: Citation[];
  feedbackId?: ((n: number) => string) | undefined;
  /** For a short text among others: small cards, and no button besides the numbers. */
  compact?: boolean;
  children: ReactNode;
}

/** A text with its sources. In elder mode an answer opens them below its sentences by itself. */
export function WithSources(props: Props) {
  const elder = useMode('elder');
  return elder && !props.compact ? <div>{props.children}</div> : <SourcesBeside {...props} />;
}

/** Sources beside their text like margin notes on a wide screen, behind its numbers on a small one. */
function SourcesBeside({ citations, feedbackId, compact = false, children }: Props) {
  const { t } = useTranslation();
  const elder = useMode('elder');
  const roomy = useMediaQuery('(min-width: 68em)', undefined, { getInitialValueInEffect: false });
  const wide = roomy && !elder;
  const [n, light] = useState<number | null>(null);
  const [sheet, setSheet] = useState(false);
  const margin = useRef<HTMLElement>(null);
  const title = t('source.title', { count: citations.length });
  const withdrawn = citations.filter(citation => citation.withdrawn).length;
  // To be read before an answer; a section of a plan keeps its heading on top.
  const warning = withdrawn > 0 && (
    <p className={styles.withdrawn} data-screen-only>
      {t('source.withdrawnCount', { count: withdrawn })}
    </p>
  );
  const pointed: Pointed = {
    n,
    light,
    point: target => {
      light(target);
      if (target !== null) showInMargin(margin.current, target);
    },
    open: target => {
      light(target);
      if (!wide) setSheet(true);
      // In the sheet the card exists only after it has opened.
      const scope = () => (wide ? margin.current : document);
      setTimeout(() => cardOf(scope(), target)?.scrollIntoView({ block: 'nearest' }), 150);
    },
  };
  return (
    <PointedContext.Provider value={pointed}>
      <div className={styles.grid} data-wide={wide || undefined} data-compact={compact || undefined}>
        <div className={styles.text}>
          {!compact && warning}
          {children}
          {compact && warning}
          {!wide && !compact && citations.length > 0 && (
            <button type="button" className={styles.show} data-screen-only onClick={() => setSheet(true)}>
              {title}
            </button>
          )}
        </div>
        {wide && citations.length > 0 && (
          <aside ref={margin} className={styles.margin} aria-label={title}>
            <ul>
              {citations.map(citation => (
                <li key={citation.n}>
                  <SourceCard citation={citation} feedbackId={feedbackId?.(citation.n)} compact={compact} />
                </li>
              ))}
            </ul>
          </aside>
        )}
      </div>
      {!wide && (
        <SourceSheet
          citations={citations}
          opened={sheet}
          onClose={() => setSheet(false)}
          feedbackId={feedbackId}
        />
      )}
    </PointedContext.Provider>
  );
}

function cardOf(scope: ParentNode | null, n: number): HTMLElement | null | undefined {
  return scope?.querySelector<HTMLElement>(`[data-source="${n}"]`);
}

/** Scrolls the margin, never the page, and only for a card that is not wholly in sight. */
function showInMargin(margin: HTMLElement | null, n: number): void {
  const card = cardOf(margin, n)?.getBoundingClientRect();
  const frame = margin?.getBoundingClientRect();
  if (!card || !frame || !margin) return;
  if (card.top < frame.top || card.bottom > frame.bottom) margin.scrollTop += card.top - frame.top;
}
