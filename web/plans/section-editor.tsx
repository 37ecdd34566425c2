import { Button, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Citation, PlanItem, PlanSection } from '../api/types.ts';
import { CiteNumber } from '../sources/cite-number.tsx';
import { withText } from './edit-plan.ts';
import styles from './section-editor.module.css';

interface Props {
  section: PlanSection;
  citations: Citation[];
  onChange: (change: Partial<PlanSection>) => void;
}

export function SectionEditor({ section, citations, onChange }: Props) {
  const { t } = useTranslation();
  const { key, minutes, items } = section;
  const name = t(`section.${key}`);
  const change = (at: number, item: PlanItem) => onChange({ items: items.with(at, item) });
  const changeMinutes = (value: string) => {
    const next = Math.round(Number(value));
    if (next >= 0 && next <= 240) onChange({ minutes: next });
  };
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{name}</h2>
        {minutes !== null && (
          <TextInput
            className={styles.minutes}
            size="xs"
            type="number"
            min={0}
            max={240}
            aria-label={t('plan.minutesOf', { section: name })}
            value={`${minutes}`}
            onChange={event => changeMinutes(event.target.value)}
          />
        )}
      </div>
      <ul className={styles.items}>
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place
          <li key={i} className={styles.item}>
            <Textarea
              className={styles.text}
              aria-label={t('plan.itemOf', { section: name, number: i + 1 })}
              autosize
              minRows={1}
              value={item.text}
              onChange={event => change(i, withText(item, event.target.value))}
            />
            <span className={styles.numbers}>
              {item.citations.map(n => (
                <CiteNumber key={n} n={n} citation={citations.find(citation => citation.n === n)} />
              ))}
            </span>
            <button
              type="button"
              className={styles.remove}
              aria-label={t('plan.removeItem', { section: name, number: i + 1 })}
              onClick={() => onChange({ items: items.toSpliced(i, 1) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => onChange({ items: [...items, { text: '', citations: [], origin: 'teacher' }] })}
      >
        {t('plan.addItem', { section: name })}
      </Button>
    </section>
  );
}
