import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchCollection, useCollections } from '../api/collections.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './basis-fields.module.css';
import { type Chosen, choosable, MOST_CHOSEN, withChosen } from './chosen.ts';
import { ResourceFinder } from './resource-finder.tsx';

interface Basis {
  chosen: Chosen[];
  beyond: boolean;
}

interface Props {
  basis: Basis;
  onChange: (basis: Basis) => void;
}

/** What a plan is to rest on: the whole library, or what the teacher chooses out of collections and by searching. */
export function BasisFields({ basis, onChange }: Props) {
  const { t } = useTranslation();
  const { chosen, beyond } = basis;
  const add = (added: Chosen[]) => onChange({ chosen: withChosen(chosen, added), beyond });
  const remove = (resourceId: string) => {
    const left = chosen.filter(item => item.resourceId !== resourceId);
    onChange({ chosen: left, beyond: beyond && left.length > 0 });
  };
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>{t('basis.title')}</legend>
      <p className={styles.what} role="status">
        {chosen.length === 0 ? t('basis.whole') : t('basis.chosen', { count: chosen.length })}
      </p>
      {chosen.length > 0 && (
        <>
          <ul className={styles.list}>
            {chosen.map(({ resourceId, title, language }) => (
              <li key={resourceId} className={styles.item}>
                <span lang={language} dir="auto">
                  {title}
                </span>
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={t('basis.remove', { title })}
                  onClick={() => remove(resourceId)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <label className={styles.beyond}>
            <input
              type="checkbox"
              checked={beyond}
              onChange={event => onChange({ chosen, beyond: event.target.checked })}
            />
            {t('basis.beyond')}
          </label>
        </>
      )}
      <div className={styles.ways}>
        <CollectionPicker full={chosen.length >= MOST_CHOSEN} onPick={add} />
        <ResourceFinder chosen={chosen} onAdd={resource => add([resource])} />
      </div>
      {chosen.length >= MOST_CHOSEN && (
        <p className={styles.what}>{t('basis.full', { count: MOST_CHOSEN })}</p>
      )}
      {chosen.length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => onChange({ chosen: [], beyond: false })}>
          {t('basis.clear')}
        </Button>
      )}
    </fieldset>
  );
}

/** Adds what is in a collection; of what was withdrawn since, it tells how much was left out. */
function CollectionPicker({ full, onPick }: { full: boolean; onPick: (added: Chosen[]) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const collections = useCollections();
  const [left, setLeft] = useState(0);
  const [error, setError] = useState<Error | null>(null);
  const cards = collections.data?.filter(({ items }) => items > 0) ?? [];
  if (cards.length === 0) return null;
  const pick = async (id: string) => {
    setError(null);
    const collection = await fetchCollection(client, id);
    const resources = choosable(collection);
    setLeft(collection.items.length - resources.length);
    onPick(resources);
  };
  return (
    <div>
      <NativeSelect
        label={t('basis.collection')}
        disabled={full}
        value=""
        onChange={event => {
          pick(event.target.value).catch(setError);
        }}
        data={[
          { value: '', label: t('basis.pick'), disabled: true },
          ...cards.map(({ id, name, items }) => ({
            value: id,
            label: `${name} · ${t('collections.items', { count: items })}`,
          })),
        ]}
      />
      {left > 0 && <p className={styles.what}>{t('basis.withdrawn', { count: left })}</p>}
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
