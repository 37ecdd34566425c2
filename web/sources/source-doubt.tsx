import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { Feedback } from '../api/types.ts';
import styles from './source-card.module.css';

/** "This source does not say that", about one citation. */
export function SourceDoubt({ id }: { id: string }) {
  const { t } = useTranslation();
  const send = useMutation({
    mutationFn: () => {
      const body: Feedback = { targetKind: 'citation', targetId: id, value: 'bad' };
      return callApi('/api/feedback', { method: 'POST', body });
    },
  });
  if (send.isSuccess) return <span role="status">{t('source.doubted')}</span>;
  return (
    <button type="button" className={styles.more} disabled={send.isPending} onClick={() => send.mutate()}>
      {send.isError ? t('source.doubtFailed') : t('source.doubt')}
    </button>
  );
}
