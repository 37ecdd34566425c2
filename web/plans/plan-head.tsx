import { useTranslation } from 'react-i18next';
import type { Citation, PlanEvents } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { PlanBasis } from './plan-basis.tsx';
import styles from './plan-head.module.css';

interface Props {
  outline: Omit<PlanEvents['plan-outline'], 'sections'>;
  /** Undefined while the plan is drafted. */
  citations?: Citation[] | undefined;
}

/** The head of a printed 教案: the title, and what lesson it is for. */
export function PlanHead({ outline, citations }: Props) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { title, subject, stage, grade, minutes, mode, basis } = outline;
  const facts = [
    ['subject', subject],
    ['stage', stage && labels.stage(stage)],
    ['grade', grade],
    ['minutes', t('plan.minutes', { count: minutes })],
    ['mode', t(`plans.modes.${mode}`)],
  ] as const;
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      <dl className={styles.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`plans.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {basis && <PlanBasis basis={basis} citations={citations} />}
    </header>
  );
}
