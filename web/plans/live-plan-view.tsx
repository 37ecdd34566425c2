import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { stopPlan } from '../api/plans.ts';
import type { PlanReply, SectionKey } from '../api/types.ts';
import { InLanguage } from '../language/in-language.tsx';
import { HoldForMarkup } from '../rich-text/hold-for-markup.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './live-plan-view.module.css';
import { PlanHead } from './plan-head.tsx';
import { SectionView } from './section-view.tsx';
import { TimeBar } from './time-bar.tsx';
import type { LivePlan } from './use-plan-stream.ts';

interface Props {
  reply: PlanReply;
  live: LivePlan;
  onReload: () => void;
}

/** A plan while it is drafted: the outline first, every section in its place as soon as it is ready. */
export function LivePlanView({ reply, live, onReload }: Props) {
  const { t } = useTranslation();
  const stop = useMutation({ mutationFn: () => stopPlan(reply.id) });
  const outline = live.outline?.sections ?? [];
  const isReady = ({ key }: { key: SectionKey }) => live.sections.some(section => section.key === key);
  const ready = outline.filter(isReady).length;
  // Only the next: the places of all others would be pushed down by every section that is longer than its place.
  const next = outline.find(section => !isReady(section));
  return (
    <>
      <div className={styles.progress}>
        <span role="status">{progressText()}</span>
        {live.trouble === 'closed' ? (
          <Button size="xs" onClick={onReload}>
            {t('answer.reload')}
          </Button>
        ) : (
          <Button size="xs" loading={stop.isPending} disabled={stop.isSuccess} onClick={() => stop.mutate()}>
            {t('answer.stop')}
          </Button>
        )}
      </div>
      {stop.error && <ErrorNotice error={stop.error} />}
      <InLanguage language={reply.language}>
        {live.outline ? (
          <>
            <PlanHead outline={live.outline} />
            <TimeBar sections={outline} minutes={live.outline.minutes} />
          </>
        ) : (
          <h1>{reply.topic}</h1>
        )}
        <HoldForMarkup>
          {live.sections.map(section => (
            <SectionView key={section.key} section={section} citations={live.citations} />
          ))}
          {next && <Waiting key={next.key} name={next.key} minutes={next.minutes} />}
        </HoldForMarkup>
      </InLanguage>
    </>
  );

  function progressText(): string {
    if (live.trouble === 'closed') return t('answer.closed');
    if (live.trouble === 'waiting') return t('answer.waiting');
    if (stop.isSuccess) return t('answer.stopping');
    return live.outline ? t('plan.ready', { ready, all: outline.length }) : t('plan.outlining');
  }
}

/** Holds the place of the section that is being written. */
function Waiting({ name, minutes }: { name: SectionKey; minutes: number | null }) {
  const { t } = useTranslation();
  return (
    <section className={styles.waiting}>
      <h2>
        {t(`section.${name}`)}
        {minutes !== null && <small> {t('plan.minutes', { count: minutes })}</small>}
      </h2>
      <p>{t('plan.waiting')}</p>
    </section>
  );
}
