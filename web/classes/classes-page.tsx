import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useClasses, useCreateClass } from '../api/classes.ts';
import type { ClassCard } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { textLanguage } from '../language/text-language.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './classes-page.module.css';
import { NewClass } from './new-class.tsx';
import { spacedCode } from './spaced-code.ts';

/** The classes that a teacher or an admin looks after; the archived ones last. */
export function ClassesPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const classes = useClasses();
  const create = useCreateClass();
  usePageTitle(t('nav.classes'));
  return (
    <div className={styles.page}>
      <h1>{t('classes.title')}</h1>
      <p className={styles.lead}>{t('classes.lead')}</p>
      <NewClass
        busy={create.isPending}
        onCreate={body => create.mutate(body, { onSuccess: id => navigate(`/classes/${id}`) })}
      />
      {create.error && <ErrorNotice error={create.error} />}
      <QueryView query={classes}>
        {cards =>
          cards.length === 0 ? (
            <EmptyState>
              <p>{t('classes.none')}</p>
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {cards.map(card => (
                <ClassRow key={card.id} card={card} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}

function ClassRow({ card }: { card: ClassCard }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { id, name, stage, code, teacher, own, pupils, archived } = card;
  return (
    <li className={styles.card}>
      <Link href={`/classes/${id}`} lang={textLanguage(name)}>
        {name}
      </Link>
      <MetaLine
        parts={[
          stage && labels.stage(stage),
          t('classes.pupils', { count: pupils }),
          own ? null : t('classes.of', { teacher }),
          archived ? t('classes.isArchived') : spacedCode(code),
        ]}
      />
    </li>
  );
}
