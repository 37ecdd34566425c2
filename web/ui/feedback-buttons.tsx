import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { Feedback } from '../api/types.ts';
import { ErrorNotice } from './error-notice.tsx';
import styles from './feedback-buttons.module.css';

interface Props {
  kind: Feedback['targetKind'];
  id: string;
  given?: Feedback['value'] | null | undefined;
  /** Read out with the buttons: what is being judged. */
  about: string;
}

/** Good or bad; who says bad is asked why, and may leave it. */
export function FeedbackButtons({ kind, id, given, about }: Props) {
  const { t } = useTranslation();
  const [value, setValue] = useState(given ?? null);
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState('');
  const send = useMutation({
    mutationKey: ['feedback'],
    mutationFn: (body: Feedback) => callApi('/api/feedback', { method: 'POST', body }),
  });
  const judge = (next: Feedback['value']) => {
    setValue(next);
    setAsking(next === 'bad');
    send.mutate({ targetKind: kind, targetId: id, value: next });
  };
  const explain = () => {
    setAsking(false);
    if (comment.trim()) send.mutate({ targetKind: kind, targetId: id, value: 'bad', comment });
  };
  return (
    <div className={styles.feedback} data-screen-only>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would say "form" where there are only two buttons */}
      <div className={styles.row} role="group" aria-label={t('feedback.about', { about })}>
        {(['good', 'bad'] as const).map(option => (
          <button
            key={option}
            type="button"
            className={styles.option}
            aria-pressed={value === option}
            onClick={() => judge(option)}
          >
            {t(`feedback.${option}`)}
          </button>
        ))}
        <span role="status" className={styles.thanks}>
          {send.isSuccess && !asking ? t('feedback.thanks') : ''}
        </span>
      </div>
      {asking && (
        <div className={styles.why}>
          <Textarea
            label={t('feedback.why')}
            value={comment}
            maxLength={2000}
            onChange={event => setComment(event.target.value)}
          />
          <Button size="xs" onClick={explain}>
            {t('feedback.send')}
          </Button>
        </div>
      )}
      {send.error && <ErrorNotice error={send.error} />}
    </div>
  );
}
