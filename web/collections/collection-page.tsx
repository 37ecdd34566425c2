import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCollection } from '../api/collections.ts';
import type { Collection } from '../api/types.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { CollectionHead } from './collection-head.tsx';
import { CollectionItemView } from './collection-item-view.tsx';
import styles from './collection-page.module.css';
import { useItemOrder } from './use-item-order.ts';

/** One collection: its resources in the order that the teacher gave them, each with a note. */
export function CollectionPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const collection = useCollection(id);
  usePageTitle(collection.data?.name);
  return (
    <div className={styles.page}>
      <p className={styles.back} data-screen-only>
        <Link href="/collections">{t('collections.back')}</Link>
      </p>
      <QueryView query={collection}>{data => <CollectionView collection={data} />}</QueryView>
    </div>
  );
}

function CollectionView({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const { list, moveTo, told, error } = useItemOrder(collection);
  const { items } = collection;
  return (
    <>
      <CollectionHead collection={collection} />
      {error && <ErrorNotice error={error} safe={t('collections.orderSafe')} />}
      <p className={styles.told} role="status" data-screen-only>
        {told}
      </p>
      {items.length === 0 ? (
        <EmptyState>
          <p>{t('collections.empty')}</p>
          <p>
            <Link href="/search">{t('collections.toSearch')}</Link>
          </p>
        </EmptyState>
      ) : (
        <ol ref={list}>
          {items.map((item, at) => (
            <CollectionItemView
              key={item.resourceId}
              item={item}
              place={{ collectionId: collection.id, at, of: items.length }}
              onMove={moveTo}
            />
          ))}
        </ol>
      )}
    </>
  );
}
