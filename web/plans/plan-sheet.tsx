import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FurtherReading } from '../answer/further-reading.tsx';
import type { Plan, SectionKey } from '../api/types.ts';
import { InLanguage } from '../language/in-language.tsx';
import { HoldForMarkup } from '../rich-text/hold-for-markup.tsx';
import { SourceNotes } from '../sources/source-notes.tsx';
import { AiLabel } from '../ui/ai-label.tsx';
import { FeedbackButtons } from '../ui/feedback-buttons.tsx';
import { PlanHead } from './plan-head.tsx';
import styles from './plan-sheet.module.css';
import { SectionView } from './section-view.tsx';
import { TimeBar } from './time-bar.tsx';

interface Props {
  id: string;
  plan: Plan;
  /** In the place of a time bar that only shows. */
  bar?: ReactNode;
  /** Undefined where nothing can be changed. */
  onEdit?: ((section: SectionKey) => void) | undefined;
}

/** A plan set like a printed 教案, its sources in the margin. */
export function PlanSheet({ id, plan, bar, onEdit }: Props) {
  return (
    <article className={styles.sheet}>
      <InLanguage language={plan.language}>
        <PlanHead outline={plan} citations={plan.citations} />
        {bar ?? <TimeBar sections={plan.sections} minutes={plan.minutes} />}
        <HoldForMarkup>
          {plan.sections.map(section => (
            <SectionView
              key={section.key}
              section={section}
              citations={plan.citations}
              feedbackId={n => `${id}:${n}`}
              onEdit={onEdit}
            />
          ))}
          <Foot plan={plan} />
        </HoldForMarkup>
      </InLanguage>
      <FeedbackButtons kind="plan" id={id} about={plan.title} />
    </article>
  );
}

function Foot({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  return (
    <footer className={styles.footer}>
      <SourceNotes citations={plan.citations} />
      <FurtherReading resources={plan.resources} title={t('plan.resources')} limit={6} />
      <p className={styles.label}>
        <AiLabel model={plan.model} />
      </p>
    </footer>
  );
}
