import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation, PlanItem, PlanSection } from '../api/types.ts';
import { withText } from './edit-plan.ts';
import { ItemEditor } from './item-editor.tsx';
import { MinutesField } from './minutes-field.tsx';
import styles from './section-editor.module.css';

interface Props {
  section: PlanSection;
  citations: Citation[];
  /** Whether it takes the focus when it appears. */
  first: boolean;
  onChange: (change: Partial<PlanSection>) => void;
}

const EMPTY: PlanItem = { text: '', citations: [], origin: 'teacher' };

/** A section to be changed in place: its minutes, and its lines, which can be added, removed and put in order by keys. */
export function SectionEditor({ section, citations, first, onChange }: Props) {
  const { t } = useTranslation();
  const { key, minutes, items } = section;
  const name = t(`section.${key}`);
  const list = useRef<HTMLUListElement>(null);
  /** The line that gets the focus once it is there. */
  const focus = useRef<number | null>(first ? 0 : null);
  useEffect(() => {
    if (focus.current === null) return;
    const at = Math.max(0, Math.min(focus.current, items.length - 1));
    focus.current = null;
    const field = list.current?.querySelector<HTMLElement>(`[data-line="${at}"] textarea`);
    (field ?? list.current?.parentElement?.querySelector<HTMLElement>('[data-add]'))?.focus();
  }, [items]);
  const put = (changed: PlanItem[], at: number) => {
    focus.current = at;
    onChange({ items: changed });
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= items.length) return;
    const changed = items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
    put(changed, to);
  };
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{name}</h2>
        {minutes !== null && (
          <span className={styles.minutes}>
            <MinutesField
              label={t('plan.minutesOf', { section: name })}
              value={minutes}
              onChange={value => onChange({ minutes: value })}
            />
          </span>
        )}
      </div>
      <ul ref={list} className={styles.items}>
        {items.map((item, at) => (
          <ItemEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place
            key={at}
            item={item}
            place={{ section: name, at, of: items.length }}
            citations={citations}
            onText={text => onChange({ items: items.with(at, withText(item, text)) })}
            onAddBelow={() => put(items.toSpliced(at + 1, 0, EMPTY), at + 1)}
            onRemove={() => put(items.toSpliced(at, 1), at === 0 ? 0 : at - 1)}
            onMove={to => move(at, to)}
          />
        ))}
      </ul>
      <Button size="xs" variant="subtle" data-add onClick={() => put([...items, EMPTY], items.length)}>
        {t('plan.addItem', { section: name })}
      </Button>
    </section>
  );
}
