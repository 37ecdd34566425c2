import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useChangeCollection, useDeleteCollection } from '../api/collections.ts';
import type { Collection } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RenameForm } from '../ui/rename-form.tsx';
import styles from './collection-head.module.css';
import { PlanFrom } from './plan-from.tsx';

/** The name of a collection, which can be changed in place, and the way to delete it. */
export function CollectionHead({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const { id, name, items } = collection;
  const [, navigate] = useLocation();
  const [renaming, setRenaming] = useState(false);
  const [doomed, setDoomed] = useState(false);
  const change = useChangeCollection(id);
  const remove = useDeleteCollection();
  return (
    <header className={styles.head}>
      {renaming ? (
        <RenameForm
          name={name}
          label={t('collections.name')}
          saving={change}
          onSave={next => change.mutate({ name: next }, { onSuccess: () => setRenaming(false) })}
          onEnd={() => setRenaming(false)}
        />
      ) : (
        <>
          <h1 className={styles.name} lang={textLanguage(name)}>
            {name}
          </h1>
          <Group gap="xs" data-screen-only>
            <PlanFrom collection={collection} />
            <Button size="xs" onClick={() => setRenaming(true)}>
              {t('collections.rename')}
            </Button>
            <Button size="xs" onClick={() => setDoomed(true)}>
              {t('collections.delete')}
            </Button>
          </Group>
        </>
      )}
      {remove.error && <ErrorNotice error={remove.error} />}
      <Confirm
        opened={doomed}
        title={t('collections.delete')}
        text={t('collections.deleteText', { name, count: items.length })}
        action={t('collections.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate(id, { onSuccess: () => navigate('/collections') })}
        onClose={() => setDoomed(false)}
      />
    </header>
  );
}
