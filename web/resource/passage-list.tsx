import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locator, ResourcePassage } from '../api/types.ts';
import type { Span } from '../rich-text/rich-text.tsx';
import { useOnceSet } from '../rich-text/use-once-set.ts';
import { locatorLabel } from '../sources/locator-label.ts';
import styles from './passage-list.module.css';
import { PassageText } from './passage-text.tsx';

interface Props {
  passages: ResourcePassage[];
  language: string;
  /** The passage to show, and the span of it to mark. */
  passageId?: string | undefined;
  quote?: Span | undefined;
  /** Passages that a search found, which are marked where they stand. */
  found?: readonly string[];
  /** Where a page or moment of the original opens. */
  original?: ((locator: Locator) => string | undefined) | undefined;
}

/** The text of a resource, passage by passage, under its headings. */
export function PassageList({ passages, language, passageId, quote, found = [], original }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const texts = useMemo(() => passages.map(({ text }) => text), [passages]);
  const show = useCallback(() => {
    if (passageId === undefined) return;
    const passage = list.current?.querySelector(`[data-passage="${CSS.escape(passageId)}"]`);
    (passage?.querySelector('mark') ?? passage)?.scrollIntoView({ block: 'center' });
  }, [passageId]);
  useOnceSet(texts, show);
  return (
    <div ref={list} className={styles.list}>
      {passages.map((passage, i) => (
        <section key={passage.passageId} className={styles.passage} data-passage={passage.passageId}>
          <Headings heading={passage.heading} before={passages[i - 1]?.heading ?? []} />
          <Place locator={passage.locator} before={passages[i - 1]?.locator} original={original} />
          <div
            className={styles.text}
            data-shown={passage.passageId === passageId || found.includes(passage.passageId) || undefined}
          >
            <PassageText
              passage={passage}
              language={language}
              quote={passage.passageId === passageId ? quote : undefined}
            />
          </div>
        </section>
      ))}
    </div>
  );
}

/** The page, slide or moment at which a passage begins, where it is another than that of the passage before. */
function Place({
  locator,
  before,
  original,
}: { locator: ResourcePassage['locator']; before: ResourcePassage['locator'] } & Pick<Props, 'original'>) {
  const { t } = useTranslation();
  const label = locatorLabel(locator, t);
  if (!locator || !label || label === locatorLabel(before, t)) return null;
  const href = original?.(locator);
  return <p className={styles.place}>{href ? <a href={href}>{label}</a> : label}</p>;
}

/** The steps of a heading path that the passage before did not stand under. */
function Headings({ heading, before }: { heading: string[]; before: string[] }) {
  const same = heading.findIndex((step, i) => step !== before[i]);
  if (same === -1) return null;
  return heading.slice(same).map((step, i) => {
    const Tag = same + i === 0 ? 'h2' : 'h3';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the depth is what a heading is
      <Tag key={i} className={styles.heading}>
        {step}
      </Tag>
    );
  });
}
