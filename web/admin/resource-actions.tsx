import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResourceChange, useChangeResource } from '../api/resources-admin.ts';
import type { ResourceRecord, Visibility } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import styles from './resource-record-page.module.css';

/** Those of the steps that ask why; a new one needs a text in `admin.resources.why`. */
type Reasoned = 'send-back' | 'withdraw';
const isReasoned = (name: string): name is Reasoned => name === 'send-back' || name === 'withdraw';

/** What can be done to a resource as it stands, and who may see it. */
export function ResourceActions({ record }: { record: ResourceRecord }) {
  const { t } = useTranslation();
  const change = useChangeResource(record.resourceId);
  const [asking, setAsking] = useState<Reasoned | null>(null);
  const send = (body: ResourceChange) => change.mutate(body, { onSuccess: () => setAsking(null) });
  const start = ({ name, needsReason }: ResourceRecord['transitions'][number]) => {
    change.reset();
    if (needsReason && isReasoned(name)) setAsking(name);
    else send({ transition: name });
  };
  return (
    <section className={styles.actions} aria-label={t('admin.resources.actions')}>
      {record.transitions.map(transition => (
        <Button
          key={transition.name}
          size="sm"
          variant={transition.needsReason ? 'default' : 'filled'}
          loading={change.isPending && !asking}
          onClick={() => start(transition)}
        >
          {t(`admin.resources.do.${transition.name}`)}
        </Button>
      ))}
      <NativeSelect
        size="sm"
        label={t('admin.resources.visibility')}
        value={record.visibility}
        disabled={change.isPending}
        onChange={event => send({ visibility: event.target.value as Visibility })}
        data={record.visibilities.map(value => ({ value, label: t(`admin.resources.isVisible.${value}`) }))}
      />
      {change.error && !asking && <ErrorNotice error={change.error} />}
      {asking && (
        <ReasonDialog
          title={t(`admin.resources.do.${asking}`)}
          text={t(`admin.resources.why.${asking}`, { title: record.title })}
          action={t(`admin.resources.do.${asking}`)}
          busy={change.isPending}
          error={change.error}
          onConfirm={reason => send({ transition: asking, reason })}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
