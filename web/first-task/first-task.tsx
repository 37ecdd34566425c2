import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Account } from '../api/types.ts';
import { useMode } from '../modes/modes.ts';
import styles from './first-task.module.css';
import { leaveFirstTask, type Progress, useProgress } from './progress.ts';
import { FIRST_TASKS, PLACES, type Step } from './steps.ts';
import { useSigns } from './use-signs.ts';

/** A strip at the edge that leads through one real task; its steps tick themselves. */
export function FirstTask({ account }: { account: Account }) {
  const progress = useProgress(account.id);
  return progress.opened ? <Guide key={account.role} account={account} progress={progress} /> : null;
}

function Guide({ account, progress }: { account: Account; progress: Progress }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const steps: Step<string>[] = FIRST_TASKS[account.role];
  const open = useMemo(
    () => steps.filter(({ name }) => !progress.done.includes(name)),
    [steps, progress.done],
  );
  useSigns(account.id, open);
  const foot = useFoot();
  // The keys of a role's steps are the names in FIRST_TASKS; a test holds that each has its text.
  const textOf = (name: string) => t(`firstTask.${account.role}.${name}` as 'firstTask.learner.ask');
  const [step] = open;
  const n = step ? steps.indexOf(step) + 1 : steps.length;
  return (
    <aside
      ref={foot}
      className={styles.guide}
      aria-label={t('firstTask.title')}
      data-first-task
      data-screen-only
    >
      <div className={styles.strip}>
        <p className={styles.now} role="status">
          <span className={styles.count}>
            {step ? t('firstTask.step', { n, all: steps.length }) : t('firstTask.title')}
          </span>{' '}
          {step ? textOf(step.name) : t('firstTask.finished')}
        </p>
        <div className={styles.ways}>
          {step && <Ways step={step} answer={progress.answer} />}
          {step && (
            <Button size="xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
              <span>
                {t('firstTask.all')} <span aria-hidden="true">{all ? '▾' : '▴'}</span>
              </span>
            </Button>
          )}
          <Button
            size="xs"
            variant={step ? 'subtle' : 'default'}
            data-leave
            onClick={() => leaveFirstTask(account.id)}
          >
            {step ? t('firstTask.leave') : t('firstTask.close')}
          </Button>
        </div>
        {step && all && (
          <ol className={styles.steps}>
            {steps.map(({ name }) => (
              <li
                key={name}
                className={styles.step}
                data-done={progress.done.includes(name) || undefined}
                aria-current={name === step.name ? 'step' : undefined}
              >
                {textOf(name)}
                {progress.done.includes(name) && <small> {t('firstTask.done')}</small>}
              </li>
            ))}
          </ol>
        )}
      </div>
    </aside>
  );
}

/** The way to where the step is done, for who is elsewhere. */
function Ways({ step, answer }: { step: Step<string>; answer: string | null }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  if (step.at.test(path)) return null;
  return step.ways.map(place => (
    <Link key={place} href={PLACES[place] ?? answer ?? PLACES.ask} className={styles.way}>
      {t(`firstTask.way.${place}`)}
    </Link>
  ));
}

/** Tells the page how much of its lower edge is covered, so that nothing sticks or ends beneath. */
function useFoot() {
  const foot = useRef<HTMLElement>(null);
  const elder = useMode('elder');
  useEffect(() => {
    const element = foot.current;
    // In elder mode nothing floats.
    if (!element || elder) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--foot', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--foot');
    };
  }, [elder]);
  return foot;
}
