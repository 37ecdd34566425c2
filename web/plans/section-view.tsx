import { useTranslation } from 'react-i18next';
import type { Citation, PlanItem, PlanSection, SectionKey } from '../api/types.ts';
import { needsBlock } from '../rich-text/needs-markup.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { CiteNumber } from '../sources/cite-number.tsx';
import { usePointed } from '../sources/pointed.ts';
import { WithSources } from '../sources/with-sources.tsx';
import styles from './section-view.module.css';

interface Props {
  section: PlanSection;
  /** Those of the whole plan. */
  citations: Citation[];
  feedbackId?: (n: number) => string;
  onEdit?: ((section: SectionKey) => void) | undefined;
}

/** A section as it is printed: its statements, each with its sources or the mark that it is the teacher's to verify. */
export function SectionView({ section, citations, feedbackId, onEdit }: Props) {
  const { t } = useTranslation();
  const { key, minutes, items, notice } = section;
  const sources = citations.filter(({ n }) => items.some(item => item.citations.includes(n)));
  return (
    <section id={`section-${key}`} className={styles.section}>
      <WithSources citations={sources} feedbackId={feedbackId} compact>
        <h2 className={styles.heading}>
          {t(`section.${key}`)}
          {minutes !== null && (
            <small className={styles.minutes}> {t('plan.minutes', { count: minutes })}</small>
          )}
          {onEdit && (
            <button
              type="button"
              className={styles.edit}
              data-screen-only
              aria-label={t('plan.editOf', { section: t(`section.${key}`) })}
              onClick={() => onEdit(key)}
            >
              {t('plan.edit')}
            </button>
          )}
        </h2>
        {items.length > 0 && (
          <ol className={styles.items}>
            {items.map((item, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place
              <ItemView key={i} item={item} citations={citations} />
            ))}
          </ol>
        )}
        {notice && <p className={styles.notice}>{notice}</p>}
        {items.length === 0 && !notice && <p className={styles.notice}>{t('plan.empty')}</p>}
      </WithSources>
    </section>
  );
}

function ItemView({ item, citations }: { item: PlanItem; citations: Citation[] }) {
  const { t } = useTranslation();
  const pointed = usePointed();
  const lit = pointed.n !== null && item.citations.includes(pointed.n);
  return (
    <li className={styles.item} data-lit={lit || undefined}>
      <RichText text={item.text} inline={!needsBlock(item.text)} />
      <span className={styles.marks}>
        {item.citations.map(n => (
          <CiteNumber key={n} n={n} citation={citations.find(citation => citation.n === n)} />
        ))}
        {item.origin === 'teacher' && <span className={styles.yours}>{t('plan.edited')}</span>}
        {item.origin !== 'teacher' && item.citations.length === 0 && (
          <span className={styles.verify}>{t('plan.verify')}</span>
        )}
      </span>
    </li>
  );
}
