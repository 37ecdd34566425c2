import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePlanDoubts } from '../api/admin.ts';
import type { PlanDoubt } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { placeOf } from '../sources/place.ts';
import { SourceCard } from '../sources/source-card.tsx';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import pageStyles from './answers-page.module.css';
import doubtStyles from './citation-doubts.module.css';
import styles from './plan-doubts-page.module.css';

/** Sources of plans that their teachers doubt: the sections that cite them, the quote, and why. */
export function PlanDoubtsPage() {
  const { t } = useTranslation();
  const doubts = usePlanDoubts();
  usePageTitle(t('admin.planDoubts.title'));
  return (
    <div className={pageStyles.page}>
      <p>
        <Link href="/admin/answers">{t('admin.answers.back')}</Link>
      </p>
      <h1>{t('admin.planDoubts.title')}</h1>
      <p className={styles.hint}>{t('admin.planDoubts.hint')}</p>
      <QueryView query={doubts}>
        {rows => (
          <>
            {rows.length === 0 && <p className={pageStyles.meta}>{t('admin.planDoubts.none')}</p>}
            <ul className={styles.doubts}>
              {rows.map(doubt => (
                <Doubt key={`${doubt.planId} ${doubt.n} ${doubt.account}`} doubt={doubt} />
              ))}
            </ul>
          </>
        )}
      </QueryView>
    </div>
  );
}

function Doubt({ doubt }: { doubt: PlanDoubt }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { planTitle, language, sections, citation, reason, comment, account, createdAt } = doubt;
  return (
    <li className={styles.doubt}>
      <h2 className={styles.plan}>{t('admin.planDoubts.from', { title: planTitle })}</h2>
      <div className={`${doubtStyles.doubt} ${styles.why}`}>
        {reason && (
          <p>
            <strong>{t(`source.reason.${reason}`)}</strong>
          </p>
        )}
        {comment && (
          <p lang={textLanguage(comment)} dir="auto">
            {comment}
          </p>
        )}
        <MetaLine parts={[account, format.dateTime(createdAt)]} />
      </div>
      <div className={styles.sides}>
        <div className={styles.sections}>
          {sections.map(({ key, items }) => (
            <section key={key}>
              <h3>{t(`section.${key}`)}</h3>
              <ul lang={language} dir="auto">
                {items.map((item, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place
                  <li key={i} className={styles.item} data-cites={item.cites || undefined}>
                    <RichText text={item.text} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <div>
          <SourceCard citation={citation} />
          <p className={styles.manage}>
            <Link href={`/admin${placeOf({ resourceId: citation.resourceId })}`}>
              {t('admin.planDoubts.resource')}
            </Link>
          </p>
        </div>
      </div>
    </li>
  );
}
