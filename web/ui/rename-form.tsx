import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.tsx';
import styles from './rename-form.module.css';

interface Props {
  name: string;
  label: string;
  saving: { isPending: boolean; error: Error | null };
  onSave: (name: string) => void;
  onEnd: () => void;
}

/** Changes a name where it stands; Esc leaves it as it was. */
export function RenameForm({ name, label, saving, onSave, onEnd }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') onSave(typed.trim());
  };
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={event => {
        if (event.key === 'Escape') onEnd();
      }}
    >
      <TextInput
        label={label}
        maxLength={100}
        autoFocus
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <Button type="submit" variant="filled" loading={saving.isPending} disabled={typed.trim() === ''}>
        {t('common.saveName')}
      </Button>
      <Button onClick={onEnd}>{t('common.cancel')}</Button>
      {saving.error && <ErrorNotice error={saving.error} />}
    </form>
  );
}
