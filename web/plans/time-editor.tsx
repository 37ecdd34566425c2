import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BorderHandle } from './border-handle.tsx';
import { MinutesField } from './minutes-field.tsx';
import { type Minutes, moveBorder, type Timed } from './move-minutes.ts';
import styles from './time-bar.module.css';
import { isOff, TimeSum } from './time-sum.tsx';

interface Props {
  sections: Timed[];
  /** Of the whole lesson. */
  minutes: number;
  /** Called for every step on the way. */
  onChange: (minutes: Minutes) => void;
  /** Called when a step is done: a border let go, a field left. */
  onSettle?: () => void;
  /** Stands beside the sum: what became of the changes. */
  children?: ReactNode;
}

/** The time bar to work with: borders move minutes between neighbours, fields take them as numbers. */
export function TimeEditor({ sections, minutes, onChange, onSettle, children }: Props) {
  const { t } = useTranslation();
  /** The place of the section before the border that is held. */
  const [held, setHeld] = useState<number | null>(null);
  const timed = sections.flatMap(({ key, minutes: length }) => (length === null ? [] : [{ key, length }]));
  if (timed.length === 0) return null;
  const named = (at: number) => {
    const { key, length } = timed[at]!;
    return t('plan.lengthOf', { section: t(`section.${key}`), length: t('plan.minutes', { count: length }) });
  };
  const both = (at: number) => `${named(at)} · ${named(at + 1)}`;
  const move = (at: number, lengths: [number, number], by: number) => {
    const [first, second] = moveBorder(lengths, by);
    onChange({ [timed[at]!.key]: first, [timed[at + 1]!.key]: second });
  };
  return (
    <div className={styles.bar} data-off={isOff(sections, minutes) || undefined}>
      <fieldset className={styles.segments} aria-label={t('plan.timeBar')}>
        {timed.map(({ key, length }, at) => {
          const next = timed[at + 1];
          const name = t(`section.${key}`);
          return (
            <Fragment key={key}>
              <div
                className={styles.segment}
                data-held={(held !== null && (at === held || at === held + 1)) || undefined}
                style={{ flexGrow: Math.max(length, 0.5) }}
              >
                <a href={`#section-${key}`} title={name}>
                  <span className={styles.name}>{name}</span>
                </a>
                <MinutesField
                  label={t('plan.minutesOf', { section: name })}
                  value={length}
                  onChange={value => onChange({ [key]: value })}
                  onSettle={onSettle}
                />
              </div>
              {next && (
                <BorderHandle
                  lengths={[length, next.length]}
                  label={t('plan.border', { first: name, second: t(`section.${next.key}`) })}
                  text={both(at)}
                  onHold={holding => setHeld(holding ? at : null)}
                  onMove={(lengths, by) => move(at, lengths, by)}
                  onSettle={onSettle}
                />
              )}
            </Fragment>
          );
        })}
      </fieldset>
      <div className={styles.foot}>
        {held === null ? (
          <TimeSum sections={sections} minutes={minutes} />
        ) : (
          <p className={styles.held}>{both(held)}</p>
        )}
        {children}
      </div>
    </div>
  );
}
