import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanReply } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
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
  const newest = reply.versions.at(-1)?.number;
  return (
    <div className={styles.toolbar} data-screen-only>
      <Button variant="filled" size="xs" disabled={!onEdit} onClick={onEdit}>
        {t('plan.edit')}
      </Button>
      <Button size="xs" component="a" href={`/api/lesson-plans/${reply.id}/export?format=md`} download>
        {t('plan.export')}
      </Button>
      <Button size="xs" onClick={() => window.print()}>
        {t('plan.print')}
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
