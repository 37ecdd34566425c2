import { useState } from 'react';
import { MOST_MINUTES, minutesOfText } from './move-minutes.ts';
import styles from './time-bar.module.css';

interface Props {
  label: string;
  value: number;
  onChange: (minutes: number) => void;
  onSettle?: (() => void) | undefined;
}

/** Minutes as a number. What is typed on the way to one stands until the field is left. */
export function MinutesField({ label, value, onChange, onSettle }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && minutesOfText(typed) === undefined;
  return (
    <input
      className={styles.field}
      type="text"
      inputMode="numeric"
      maxLength={`${MOST_MINUTES}`.length}
      aria-label={label}
      aria-invalid={wrong || undefined}
      value={typed ?? `${value}`}
      onChange={event => {
        setTyped(event.target.value);
        const minutes = minutesOfText(event.target.value);
        if (minutes !== undefined) onChange(minutes);
      }}
      onFocus={event => event.target.select()}
      onKeyDown={event => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={() => {
        setTyped(null);
        onSettle?.();
      }}
    />
  );
}
