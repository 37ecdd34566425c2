import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { CollectionChoice } from './collection-choice.tsx';

/** Puts a resource into collections, for those who have any: teachers and admins. */
export function AddToCollection({ resource }: { resource: { resourceId: string; title: string } }) {
  const { t } = useTranslation();
  const role = useSession().data?.account?.role;
  const [opened, setOpened] = useState(false);
  if (role !== 'teacher' && role !== 'admin') return null;
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        aria-haspopup="dialog"
        aria-label={t('collections.addOf', { title: resource.title })}
        onClick={() => setOpened(true)}
      >
        {t('collections.add')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('collections.addTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CollectionChoice resource={resource} />
      </Modal>
    </>
  );
}
