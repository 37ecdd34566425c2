import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { StageSelect } from '../ui/stage-select.tsx';
import { BasisFields } from './basis-fields.tsx';
import styles from './plan-form.module.css';
import { MODES, minutesOf, type PlanDraft } from './use-plan-draft.ts';

interface Props {
  draft: PlanDraft;
  onChange: (draft: PlanDraft) => void;
  onSend: () => void;
  busy: boolean;
}

export function PlanForm({ draft, onChange, onSend, busy }: Props) {
  const { t } = useTranslation();
  const minutes = minutesOf(draft);
  const ready = draft.topic.trim() !== '' && minutes !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.wide}
        label={t('plans.topic')}
        required
        withAsterisk={false}
        maxLength={300}
        value={draft.topic}
        onChange={event => onChange({ ...draft, topic: event.target.value })}
      />
      <TextInput
        label={t('plans.subject')}
        maxLength={100}
        value={draft.subject}
        onChange={event => onChange({ ...draft, subject: event.target.value })}
      />
      <StageSelect value={draft.stage} onChange={stage => onChange({ ...draft, stage })} />
      <TextInput
        label={t('plans.grade')}
        maxLength={100}
        value={draft.grade}
        onChange={event => onChange({ ...draft, grade: event.target.value })}
      />
      <TextInput
        label={t('plans.minutes')}
        type="number"
        min={5}
        max={240}
        value={draft.minutes}
        error={minutes === undefined ? t('plans.minutesWrong') : undefined}
        onChange={event => onChange({ ...draft, minutes: event.target.value })}
      />
      <NativeSelect
        label={t('plans.mode')}
        value={draft.mode}
        onChange={event =>
          onChange({ ...draft, mode: MODES.find(mode => mode === event.target.value) ?? 'direct' })
        }
        data={MODES.map(mode => ({ value: mode, label: t(`plans.modes.${mode}`) }))}
      />
      <NativeSelect
        label={t('plans.language')}
        value={draft.language ?? ''}
        onChange={event => {
          const { value } = event.target;
          onChange({ ...draft, language: value === 'zh' || value === 'en' ? value : undefined });
        }}
        data={[
          { value: '', label: t('plans.asTopic') },
          { value: 'zh', label: t('language.zh') },
          { value: 'en', label: t('language.en') },
        ]}
      />
      <BasisFields
        basis={{ chosen: draft.chosen, beyond: draft.beyond }}
        onChange={basis => onChange({ ...draft, ...basis })}
      />
      <div className={styles.send}>
        <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
          {t('plans.send')}
        </Button>
      </div>
    </form>
  );
}
