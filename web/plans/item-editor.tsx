import { Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation, PlanItem } from '../api/types.ts';
import { CiteNumber } from '../sources/cite-number.tsx';
import styles from './section-editor.module.css';

interface Props {
  item: PlanItem;
  /** Where it stands, counted from 0. */
  place: { section: string; at: number; of: number };
  citations: Citation[];
  onText: (text: string) => void;
  onAddBelow: () => void;
  onRemove: () => void;
  onMove: (to: number) => void;
}

/** A line of a section. Enter adds one below, Alt with an arrow moves it, Backspace takes an empty one away. */
export function ItemEditor({ item, place, citations, onText, onAddBelow, onRemove, onMove }: Props) {
  const { t } = useTranslation();
  const { section, at, of } = place;
  const words = { section, number: at + 1 };
  const press = (event: KeyboardEvent) => {
    const { key, altKey, shiftKey, nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) onMove(at + (key === 'ArrowUp' ? -1 : 1));
    else if (key === 'Enter' && !shiftKey) onAddBelow();
    else if (key === 'Backspace' && item.text === '') onRemove();
    else return;
    event.preventDefault();
  };
  return (
    <li className={styles.item} data-line={at}>
      <Textarea
        className={styles.text}
        aria-label={t('plan.itemOf', words)}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        autosize
        minRows={1}
        value={item.text}
        onChange={event => onText(event.target.value)}
        onKeyDown={press}
      />
      <span className={styles.numbers}>
        {item.citations.map(n => (
          <CiteNumber key={n} n={n} citation={citations.find(citation => citation.n === n)} />
        ))}
      </span>
      <span className={styles.actions}>
        <button
          type="button"
          aria-label={t('plan.moveUp', words)}
          aria-disabled={at === 0}
          onClick={() => onMove(at - 1)}
        >
          ↑
        </button>
        <button
          type="button"
          aria-label={t('plan.moveDown', words)}
          aria-disabled={at === of - 1}
          onClick={() => onMove(at + 1)}
        >
          ↓
        </button>
        <button
          type="button"
          className={styles.remove}
          aria-label={t('plan.removeItem', words)}
          onClick={onRemove}
        >
          ×
        </button>
      </span>
    </li>
  );
}
