import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { LEAST_MINUTES, stepOfKey } from './move-minutes.ts';
import styles from './time-bar.module.css';

interface Props {
  /** Minutes before and after the border. */
  lengths: [number, number];
  label: string;
  /** Both sections with their minutes, in words. */
  text: string;
  onHold: (holding: boolean) => void;
  /** Moves the border by so many minutes from where it stood with these lengths. */
  onMove: (lengths: [number, number], by: number) => void;
  onSettle?: (() => void) | undefined;
}

/** The border between two segments: drawn with a pointer or a finger, or moved with the arrow keys. */
export function BorderHandle({ lengths, label, text, onHold, onMove, onSettle }: Props) {
  const drag = useRef<{ x: number; perMinute: number; lengths: [number, number] } | null>(null);
  const [first, second] = lengths;

  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { currentTarget: handle, pointerId, clientX } = event;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(pointerId);
    const widths = [handle.previousElementSibling, handle.nextElementSibling].map(
      segment => segment?.getBoundingClientRect().width ?? 0,
    );
    const perMinute = (widths[0]! + widths[1]!) / Math.max(1, first + second);
    drag.current = { x: clientX, perMinute: isRtl(handle) ? -perMinute : perMinute, lengths };
    onHold(true);
  };
  const follow = ({ clientX }: PointerEvent) => {
    if (!drag.current) return;
    const { x, perMinute, lengths: from } = drag.current;
    onMove(from, Math.round((clientX - x) / perMinute));
  };
  const end = () => {
    if (!drag.current) return;
    drag.current = null;
    onHold(false);
    onSettle?.();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { key, shiftKey: shift, currentTarget, altKey, ctrlKey, metaKey } = event;
    if (key === 'Escape' && drag.current) {
      onMove(drag.current.lengths, 0);
      end();
    }
    const by = stepOfKey(key, { shift, rtl: isRtl(currentTarget) });
    if (by === undefined || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    onHold(true);
    onMove(lengths, by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> is no widget; a separator that moves takes the focus
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={first}
      aria-valuemin={Math.min(LEAST_MINUTES, first)}
      aria-valuemax={Math.max(first, first + second - LEAST_MINUTES)}
      aria-valuetext={text}
      title={label}
      className={styles.border}
      onPointerDown={begin}
      onPointerMove={follow}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
      onBlur={() => {
        onHold(false);
        onSettle?.();
      }}
    />
  );
}

const isRtl = (element: Element) => getComputedStyle(element).direction === 'rtl';
