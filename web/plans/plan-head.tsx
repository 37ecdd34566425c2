import { useTranslation } from 'react-i18next';
import type { Plan } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import styles from './plan-head.module.css';

/** The head of a printed 教案: the title, and what lesson it is for. */
export function PlanHead({ title, plan }: { title: string; plan?: Plan }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const facts = plan
    ? ([
        ['subject', plan.subject],
        ['stage', plan.stage && labels.stage(plan.stage)],
        ['grade', plan.grade],
        ['minutes', t('plan.minutes', { count: plan.minutes })],
        ['mode', t(`plans.modes.${plan.mode}`)],
      ] as const)
    : [];
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {facts.length > 0 && (
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
      )}
    </header>
  );
}
