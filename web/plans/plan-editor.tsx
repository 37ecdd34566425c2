import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditPlan } from '../api/plans.ts';
import type { Plan, PlanReply, SectionKey } from '../api/types.ts';
import { WithSources } from '../sources/with-sources.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';
import { deskKey, editOf, isPlanDesk, type PlanDesk, withSection } from './edit-plan.ts';
import { withMinutes } from './move-minutes.ts';
import styles from './plan-editor.module.css';
import { SectionEditor } from './section-editor.tsx';
import { TimeEditor } from './time-editor.tsx';

interface Props {
  reply: PlanReply;
  plan: Plan;
  /** The section that was chosen to begin with. */
  at: SectionKey | null;
  onDone: () => void;
}

/** The plan on the desk: every statement can be changed, in place; saving makes a new version. */
export function PlanEditor({ reply, plan, at, onDone }: Props) {
  const { t } = useTranslation();
  const save = useEditPlan(reply.id);
  const version = reply.versions.at(-1)?.number ?? 1;
  const [fresh] = useState<PlanDesk>({ version, title: plan.title, sections: plan.sections, note: '' });
  const { draft, setDraft, clearDraft } = useDraft(deskKey(reply), fresh, isPlanDesk);
  const edit = editOf(plan, draft);
  const [leaving, setLeaving] = useState(false);
  useLeaveGuard(edit !== undefined);
  const leave = () => {
    clearDraft();
    onDone();
  };
  const submit = () => {
    if (edit) save.mutate(edit, { onSuccess: leave });
  };
  return (
    <WithSources citations={plan.citations}>
      <div className={styles.editor}>
        <TextInput
          label={t('plan.title')}
          maxLength={300}
          value={draft.title}
          onChange={event => setDraft({ ...draft, title: event.target.value })}
        />
        <TimeEditor
          sections={draft.sections}
          minutes={plan.minutes}
          onChange={minutes => setDraft({ ...draft, sections: withMinutes(draft.sections, minutes) })}
        />
        <p className={styles.keys}>{t('plan.editKeys')}</p>
        {draft.sections.map(section => (
          <SectionEditor
            key={section.key}
            section={section}
            citations={plan.citations}
            first={section.key === at}
            onChange={change => setDraft(withSection(draft, section.key, change))}
          />
        ))}
        <div className={styles.save}>
          <TextInput
            className={styles.note}
            label={t('plan.note')}
            placeholder={t('plan.notePlaceholder')}
            maxLength={300}
            value={draft.note}
            onChange={event => setDraft({ ...draft, note: event.target.value })}
          />
          <Button variant="filled" disabled={!edit} loading={save.isPending} onClick={submit}>
            {t('plan.save')}
          </Button>
          <Button onClick={edit ? () => setLeaving(true) : leave}>
            {edit ? t('plan.discard') : t('common.cancel')}
          </Button>
        </div>
        <Confirm
          opened={leaving}
          title={t('plan.discard')}
          text={t('plan.discardText')}
          action={t('plan.discard')}
          onConfirm={leave}
          onClose={() => setLeaving(false)}
        />
        {save.error && <ErrorNotice error={save.error} safe={t('plan.safe')} retry={submit} />}
      </div>
    </WithSources>
  );
}
