import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHoldItem } from '../api/collections.ts';
import type { CollectionItem } from '../api/types.ts';
import { placeOf } from '../sources/place.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './collection-item-view.module.css';
import { ItemNote } from './item-note.tsx';
import type { MoveTo } from './use-item-order.ts';

interface Props {
  item: CollectionItem;
  /** Where it stands, counted from 0. */
  place: { collectionId: string; at: number; of: number };
  onMove: MoveTo;
}

/** What is dragged is a resource of a collection, and nothing that other pages drag. */
const DRAGGED = 'application/x-zhujiao-resource';

/** A resource in a collection: what it is, a note, and buttons to move it or take it out; it can be dragged as well. */
export function CollectionItemView({ item, place, onMove }: Props) {
  const { t } = useTranslation();
  const remove = useHoldItem();
  const [over, setOver] = useState(false);
  const { resourceId, title, language, withdrawn } = item;
  const { collectionId, at, of } = place;
  const accept = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onMove(event.dataTransfer.getData(DRAGGED), at);
  };
  return (
    <li
      className={styles.item}
      data-item={resourceId}
      data-over={over || undefined}
      onDragOver={accept}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span
        className={styles.handle}
        title={t('collections.drag')}
        aria-hidden="true"
        data-screen-only
        draggable
        onDragStart={event => event.dataTransfer.setData(DRAGGED, resourceId)}
      >
        ⠿
      </span>
      <div className={styles.body}>
        <h2 className={styles.title} lang={language}>
          {withdrawn ? title : <Link href={placeOf({ resourceId })}>{title}</Link>}
        </h2>
        {withdrawn ? (
          <p className={styles.withdrawn}>{t('collections.withdrawn')}</p>
        ) : (
          <ResourceMeta resource={item} />
        )}
        <div data-screen-only>
          <ItemNote collectionId={collectionId} item={item} />
        </div>
        {item.note && (
          <p className={styles.note} data-print-only dir="auto">
            {item.note}
          </p>
        )}
        {remove.error && <ErrorNotice error={remove.error} />}
      </div>
      <div className={styles.actions} data-screen-only>
        <button
          type="button"
          data-move="up"
          aria-disabled={at === 0}
          aria-label={t('collections.up', { title })}
          onClick={() => onMove(resourceId, at - 1, 'up')}
        >
          ↑
        </button>
        <button
          type="button"
          data-move="down"
          aria-disabled={at === of - 1}
          aria-label={t('collections.down', { title })}
          onClick={() => onMove(resourceId, at + 1, 'down')}
        >
          ↓
        </button>
        <button
          type="button"
          aria-label={t('collections.remove', { title })}
          onClick={() => remove.mutate({ id: collectionId, resourceId, hold: false })}
        >
          ×
        </button>
      </div>
    </li>
  );
}
