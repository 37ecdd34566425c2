import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { DoubtReason, Feedback } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import cardStyles from './source-card.module.css';
import styles from './source-doubt.module.css';

const REASONS = ['other-matter', 'says-otherwise', 'only-part'] as const satisfies readonly DoubtReason[];

/** "This does not support the sentence", about one citation (`id:n`), with the reason. */
export function SourceDoubt({ id }: { id: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState<DoubtReason>();
  const [comment, setComment] = useState('');
  const send = useMutation({
    mutationKey: ['feedback'],
    mutationFn: () => {
      const body: Feedback = { targetKind: 'citation', targetId: id, value: 'bad', reason, comment };
      return callApi('/api/feedback', { method: 'POST', body });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  if (send.isSuccess) return <span role="status">{t('source.doubted')}</span>;
  return (
    <>
      <button
        type="button"
        className={cardStyles.more}
        aria-expanded={asking}
        onClick={() => setAsking(!asking)}
      >
        {t('source.doubt')}
      </button>
      {asking && (
        <form className={styles.form} onSubmit={submit}>
          <fieldset className={styles.reasons}>
            <legend>{t('source.why')}</legend>
            {REASONS.map(name => (
              <label key={name} className={styles.reason}>
                <input
                  type="radio"
                  name={`doubt-${id}`}
                  checked={reason === name}
                  onChange={() => setReason(name)}
                />
                {t(`source.reason.${name}`)}
              </label>
            ))}
          </fieldset>
          <Textarea
            size="xs"
            label={t('source.comment')}
            value={comment}
            maxLength={2000}
            autosize
            onChange={event => setComment(event.target.value)}
          />
          <Button
            type="submit"
            size="xs"
            loading={send.isPending}
            disabled={reason === undefined && comment.trim() === ''}
          >
            {t('source.sendDoubt')}
          </Button>
          {send.error && <ErrorNotice error={send.error} safe={t('source.doubtKept')} />}
        </form>
      )}
    </>
  );
}
