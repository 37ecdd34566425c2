import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeCollection } from '../api/collections.ts';
import type { Collection } from '../api/types.ts';

/** Moves a resource to a place, counted from 0; with `button` that button keeps the focus. */
export type MoveTo = (resourceId: string, to: number, button?: 'up' | 'down') => void;

/** Ordering by hand: the move shows at once, is told to who cannot see it, and the focus goes along. */
export function useItemOrder({ id, items }: Collection) {
  const { t } = useTranslation();
  const change = useChangeCollection(id);
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<string | null>(null);
  const [told, setTold] = useState('');
  // The browser takes the focus from an element that is put elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `items` says that the order has changed
  useEffect(() => {
    if (moved.current === null) return;
    list.current?.querySelector<HTMLElement>(moved.current)?.focus();
    moved.current = null;
  }, [items]);
  const moveTo: MoveTo = (resourceId, to, button) => {
    const from = items.findIndex(item => item.resourceId === resourceId);
    if (from === -1 || to === from || to < 0 || to >= items.length) return;
    const order = items.map(item => item.resourceId);
    order.splice(to, 0, ...order.splice(from, 1));
    if (button) moved.current = `[data-item="${CSS.escape(resourceId)}"] [data-move=${button}]`;
    setTold(t('collections.moved', { title: items[from]!.title, place: to + 1, all: items.length }));
    change.mutate({ order });
  };
  return { list, moveTo, told, error: change.error };
}
