import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './new-collection.module.css';

interface Props {
  action: string;
  busy: boolean;
  /** `done` empties the field; until then the name stays in it. */
  onCreate: (name: string, done: () => void) => void;
}

export function NewCollection({ action, busy, onCreate }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && !busy) onCreate(name.trim(), () => setName(''));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('collections.newName')}
        placeholder={t('collections.namePlaceholder')}
        maxLength={100}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <Button type="submit" loading={busy} disabled={name.trim() === ''}>
        {action}
      </Button>
    </form>
  );
}
