import { Button, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddPupils } from '../api/classes.ts';
import type { PupilCard } from '../api/types.ts';
import { isText, useDraft } from '../ui/use-draft.ts';
import styles from './add-pupils.module.css';
import { PupilsRefused } from './pupils-refused.tsx';

interface Props {
  classId: string;
  onAdded: (cards: PupilCard[]) => void;
}

/** Names pasted as they stand in a list, one a line; they stay in the field until all of them are in the class. */
export function AddPupils({ classId, onAdded }: Props) {
  const { t } = useTranslation();
  const { draft, setDraft, clearDraft } = useDraft(`pupils.${classId}`, '', isText);
  const add = useAddPupils(classId);
  const names = draft.split('\n').filter(name => name.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (names.length === 0 || add.isPending) return;
    const done = (cards: PupilCard[]) => {
      clearDraft();
      onAdded(cards);
    };
    add.mutate(names, { onSuccess: done });
  };
  return (
    <form className={styles.form} onSubmit={submit} data-screen-only>
      <h2>{t('classes.add.title')}</h2>
      <Textarea
        label={t('classes.add.names')}
        description={t('classes.add.hint')}
        placeholder={t('classes.add.placeholder')}
        autosize
        minRows={4}
        maxRows={16}
        autoComplete="off"
        spellCheck={false}
        readOnly={add.isPending}
        value={draft}
        onChange={event => setDraft(event.target.value)}
      />
      {add.error && <PupilsRefused error={add.error} />}
      <Button
        type="submit"
        variant="filled"
        className={styles.send}
        loading={add.isPending}
        disabled={names.length === 0}
      >
        {names.length === 0 ? t('classes.add.title') : t('classes.add.action', { count: names.length })}
      </Button>
    </form>
  );
}
