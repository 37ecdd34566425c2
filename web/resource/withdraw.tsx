import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { Resource } from '../api/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';

/** Takes a resource out of every search and answer at once. */
export function Withdraw({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () =>
      callApi(`/api/admin/resources/${encodeURIComponent(resource.resourceId)}/withdraw`, { method: 'POST' }),
    onSuccess: () => {
      setAsking(false);
      client.removeQueries({ queryKey: ['search'] });
    },
  });
  if (withdraw.isSuccess) return <Notice role="status" title={t('resource.withdrawn')} />;
  return (
    <p>
      <Button size="xs" mt="sm" onClick={() => setAsking(true)}>
        {t('resource.withdraw')}
      </Button>
      {withdraw.error && <ErrorNotice error={withdraw.error} />}
      <Confirm
        opened={asking}
        title={t('resource.withdraw')}
        text={t('resource.withdrawText', { title: resource.title })}
        action={t('resource.withdraw')}
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setAsking(false)}
      />
    </p>
  );
}
