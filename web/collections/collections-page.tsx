import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCollections, useCreateCollection } from '../api/collections.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './collections-page.module.css';
import { NewCollection } from './new-collection.tsx';

/** What a teacher has gathered, the last changed first. */
export function CollectionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const collections = useCollections();
  const create = useCreateCollection();
  usePageTitle(t('nav.collections'));
  return (
    <div className={styles.page}>
      <h1>{t('collections.title')}</h1>
      <p className={styles.lead}>{t('collections.lead')}</p>
      <NewCollection
        action={t('collections.create')}
        busy={create.isPending}
        onCreate={name => create.mutate({ name }, { onSuccess: id => navigate(`/collections/${id}`) })}
      />
      {create.error && <ErrorNotice error={create.error} />}
      <QueryView query={collections}>
        {cards =>
          cards.length === 0 ? (
            <EmptyState>
              <p>{t('collections.none')}</p>
              <ExampleButton
                text={t('collections.example')}
                onTry={() => navigate(`/search?${new URLSearchParams({ q: t('search.example') })}`)}
              />
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {cards.map(({ id, name, items, updatedAt }) => (
                <li key={id} className={styles.card}>
                  <Link href={`/collections/${id}`} lang={textLanguage(name)}>
                    {name}
                  </Link>
                  <p className={styles.meta}>
                    {t('collections.items', { count: items })} ·{' '}
                    <time dateTime={updatedAt}>{format.moment(updatedAt)}</time>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}
