import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewClass as Body, Stage } from '../api/types.ts';
import { StageSelect } from '../ui/stage-select.tsx';
import styles from './new-class.module.css';

interface Props {
  busy: boolean;
  onCreate: (body: Body) => void;
}

/** Makes a class; its stage is what its pupils begin with. */
export function NewClass({ busy, onCreate }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [stage, setStage] = useState<Stage>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && !busy) onCreate({ name: name.trim(), stage: stage ?? null });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('classes.newName')}
        placeholder={t('classes.namePlaceholder')}
        maxLength={100}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <StageSelect value={stage} onChange={setStage} />
      <Button type="submit" loading={busy} disabled={name.trim() === ''}>
        {t('classes.create')}
      </Button>
    </form>
  );
}
