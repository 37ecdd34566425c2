import { Button, NativeSelect, Textarea } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMode } from '../modes/modes.ts';
import { onEnter } from '../ui/on-enter.ts';
import { StageSelect } from '../ui/stage-select.tsx';
import styles from './question-form.module.css';
import { SpeechInput } from './speech-input.tsx';
import type { QuestionDraft } from './use-question-draft.ts';

interface Props {
  draft: QuestionDraft;
  onChange: (draft: QuestionDraft) => void;
  onSend: () => void;
  busy: boolean;
  /** The last answer is still being written: one may type, but not send yet. */
  waiting?: boolean;
  label: string;
  autoFocus?: boolean;
  /** A follow-up stands under its conversation, which has its stage already. */
  compact?: boolean;
}

/** The question box: Enter sends, Shift+Enter makes a line, and Enter that confirms a Chinese word does neither. */
export function QuestionForm(props: Props) {
  const { draft, onChange, onSend, busy, label, waiting = false, autoFocus = false, compact = false } = props;
  const { t } = useTranslation();
  const elder = useMode('elder');
  const ready = draft.question.trim() !== '' && !busy && !waiting;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready) onSend();
  };
  return (
    <form className={styles.form} data-compact={compact || undefined} onSubmit={submit} data-screen-only>
      <Textarea
        className={styles.question}
        classNames={{ input: styles.box, label: styles.label }}
        label={label}
        labelProps={{ 'data-hidden': compact || undefined }}
        placeholder={t('ask.placeholder')}
        value={draft.question}
        maxLength={4000}
        autosize
        minRows={compact ? 1 : 2}
        maxRows={8}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        onChange={event => onChange({ ...draft, question: event.target.value })}
        onKeyDown={onEnter(submit)}
      />
      {!compact && !elder && (
        <>
          <StageSelect
            value={draft.stage}
            onChange={stage => onChange({ ...draft, stage })}
            label={t('ask.stage')}
          />
          <NativeSelect
            label={t('ask.language')}
            value={draft.language ?? ''}
            onChange={event => {
              const { value } = event.target;
              onChange({ ...draft, language: value === 'zh' || value === 'en' ? value : undefined });
            }}
            data={[
              { value: '', label: t('ask.asQuestion') },
              { value: 'zh', label: t('language.zh') },
              { value: 'en', label: t('language.en') },
            ]}
          />
        </>
      )}
      <SpeechInput
        quiet={compact}
        onHeard={heard => onChange({ ...draft, question: joined(draft.question, heard) })}
      />
      <Button type="submit" variant="filled" className={styles.send} loading={busy} disabled={!ready}>
        {t('ask.send')}
      </Button>
    </form>
  );
}

/** What was said goes on from what was written; Chinese sets no space between. */
function joined(question: string, heard: string): string {
  const gap = question === '' || /[\s\p{Script=Han}，。？！、]$/u.test(question) ? '' : ' ';
  return `${question}${gap}${heard}`.slice(0, 4000);
}
