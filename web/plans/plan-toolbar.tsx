import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanReply } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { readStored } from '../ui/stored.ts';
import { DRAFT_PREFIX } from '../ui/use-draft.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import { deskKey } from './edit-plan.ts';
import styles from './plan-toolbar.module.css';

interface Props {
  reply: PlanReply;
  /** The number of the version on the page. */
  shown: number;
  /** Undefined for an older version, which stays as it was. */
  onEdit: (() => void) | undefined;
}

export function PlanToolbar({ reply, shown, onEdit }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { setParams } = useQueryParams();
  // Nothing is kept of a desk on which nothing was changed.
  const kept = readStored(DRAFT_PREFIX + deskKey(reply)) !== null;
  const newest = reply.versions.at(-1)?.number;
  return (
    <div className={styles.toolbar} data-screen-only>
      <Button variant="filled" size="xs" disabled={!onEdit} onClick={onEdit}>
        {onEdit && kept ? t('plan.goOn') : t('plan.edit')}
      </Button>
      <Button size="xs" component="a" href={`/api/lesson-plans/${reply.id}/export?format=md`} download>
        {t('plan.export')}
      </Button>
      <Button size="xs" onClick={() => window.print()}>
        {t('plan.print')}
      </Button>
      <Button size="xs" onClick={() => setParams({ versions: 'all', version: undefined })}>
        {t('versions.open', { count: reply.versions.length })}
      </Button>
      <NativeSelect
        className={styles.versions}
        size="xs"
        aria-label={t('plan.version')}
        value={`${shown}`}
        onChange={event => {
          const { value } = event.target;
          setParams({ version: value === `${newest}` ? undefined : value });
        }}
        data={reply.versions.toReversed().map(({ number, note, createdAt }) => ({
          value: `${number}`,
          label: [t('plan.versionOf', { number }), format.dateTime(createdAt), note]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </div>
  );
}
