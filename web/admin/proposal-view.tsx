import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeResource } from '../api/resources-admin.ts';
import type { Proposal, ResourceRecord } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { PassageList } from '../resource/passage-list.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import styles from './resource-record-page.module.css';

/** Another version that somebody brought: its text, to be read before it takes the place of the live one. */
export function ProposalView({ record, proposal }: { record: ResourceRecord; proposal: Proposal }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useChangeResource(record.resourceId);
  const [refusing, setRefusing] = useState(false);
  const language = record.language ?? '';
  return (
    <section className={styles.part}>
      <h2>{t('admin.resources.proposal')}</h2>
      <Notice tone="warm">
        <p>{t('admin.resources.proposalWaits', { since: format.dateTime(proposal.createdAt) })}</p>
        {proposal.visibility && (
          <p>
            {t('admin.resources.visibility')}: {t(`admin.resources.isVisible.${record.visibility}`)} →{' '}
            {t(`admin.resources.isVisible.${proposal.visibility}`)}
          </p>
        )}
      </Notice>
      <div className={styles.actions}>
        <Button
          size="sm"
          variant="filled"
          loading={change.isPending && !refusing}
          onClick={() => change.mutate({ accept: true })}
        >
          {t('admin.resources.do.accept-proposal')}
        </Button>
        <Button size="sm" onClick={() => setRefusing(true)}>
          {t('admin.resources.do.reject-proposal')}
        </Button>
      </div>
      {change.error && !refusing && <ErrorNotice error={change.error} />}
      {refusing && (
        <ReasonDialog
          title={t('admin.resources.do.reject-proposal')}
          text={t('admin.resources.why.reject-proposal', { title: proposal.title })}
          action={t('admin.resources.do.reject-proposal')}
          busy={change.isPending}
          error={change.error}
          onConfirm={reason =>
            change.mutate({ accept: false, reason }, { onSuccess: () => setRefusing(false) })
          }
          onClose={() => setRefusing(false)}
        />
      )}
      <div lang={language} dir="auto">
        <PassageList
          passages={proposal.sections.map(({ heading, text }, i) => ({ passageId: `p${i}`, heading, text }))}
          language={language}
        />
      </div>
    </section>
  );
}
