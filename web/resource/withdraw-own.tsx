import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Resource } from '../api/types.ts';
import { useWithdrawOwn } from '../api/uploads.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import styles from './resource-page.module.css';

/** Takes what somebody brought out of the library again. */
export function WithdrawOwn({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const withdraw = useWithdrawOwn();
  const [asking, setAsking] = useState(false);
  return (
    <p className={styles.manage}>
      <Button size="xs" onClick={() => setAsking(true)}>
        {t('resource.withdrawOwn')}
      </Button>
      {asking && (
        <ReasonDialog
          title={t('resource.withdrawOwn')}
          text={t('resource.withdrawOwnText', { title: resource.title })}
          action={t('resource.withdrawOwn')}
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={reason =>
            withdraw.mutate(
              { resourceId: resource.resourceId, reason },
              { onSuccess: () => navigate('/uploads') },
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </p>
  );
}
