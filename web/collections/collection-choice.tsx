import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCollections, useCreateCollection, useHoldItem } from '../api/collections.ts';
import { textLanguage } from '../language/text-language.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import styles from './collection-choice.module.css';
import { NewCollection } from './new-collection.tsx';

/** The collections with a tick at those that have the resource, and a field for a new one. */
export function CollectionChoice({ resource }: { resource: { resourceId: string; title: string } }) {
  const { t } = useTranslation();
  const { resourceId, title } = resource;
  const collections = useCollections(resourceId);
  const create = useCreateCollection();
  const hold = useHoldItem();
  const error = create.error ?? hold.error;
  return (
    <div className={styles.choice}>
      <p className={styles.of} lang={textLanguage(title)}>
        {title}
      </p>
      <QueryView query={collections}>
        {cards => (
          <ul className={styles.list}>
            {cards.map(({ id, name, items, holds }) => (
              <li key={id} className={styles.row}>
                <label className={styles.label}>
                  <input
                    type="checkbox"
                    checked={holds}
                    onChange={event => hold.mutate({ id, resourceId, hold: event.target.checked })}
                  />
                  <span lang={textLanguage(name)}>{name}</span>
                </label>
                <Link href={`/collections/${id}`} className={styles.open}>
                  {t('collections.items', { count: items })}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <NewCollection
        action={t('collections.createWith')}
        busy={create.isPending}
        onCreate={(name, done) => create.mutate({ name, resourceId }, { onSuccess: done })}
      />
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
