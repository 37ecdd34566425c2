import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRestoreVersion } from '../api/plans.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useQueryParams } from '../ui/use-query-params.ts';

/** Brings a version back as a new one, and shows it; nothing of the versions between is lost. */
export function RestoreButton({ planId, number }: { planId: string; number: number }) {
  const { t } = useTranslation();
  const { setParams } = useQueryParams();
  const restore = useRestoreVersion(planId);
  const show = () => setParams({ version: undefined, versions: undefined, from: undefined, to: undefined });
  return (
    <>
      <Button
        size="xs"
        loading={restore.isPending}
        aria-label={t('plan.restoreOf', { number })}
        onClick={() =>
          restore.mutate({ number, note: t('plan.restoredNote', { number }) }, { onSuccess: show })
        }
      >
        {t('plan.restore')}
      </Button>
      {restore.error && <ErrorNotice error={restore.error} />}
    </>
  );
}
