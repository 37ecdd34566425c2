import type { Collection, Plan } from '../api/types.ts';

/** A resource that a plan is to rest on. */
export type Chosen = NonNullable<Plan['basis']>['resources'][number];

/** As many as the API takes. */
export const MOST_CHOSEN = 50;

export function isChosenList(value: unknown): value is Chosen[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_CHOSEN &&
    value.every(item => typeof item?.resourceId === 'string' && typeof item.title === 'string')
  );
}

/** Adds to what was chosen, nothing twice and not more than a plan can rest on. */
export function withChosen(chosen: Chosen[], added: Chosen[]): Chosen[] {
  const known = new Set(chosen.map(({ resourceId }) => resourceId));
  const fresh = added.filter(({ resourceId }) => !known.has(resourceId));
  return [...chosen, ...fresh].slice(0, MOST_CHOSEN);
}

/** What of a collection can be chosen: its resources that are still in the library. */
export function choosable({ items }: Collection): Chosen[] {
  return items
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ resourceId, title, language }) => ({ resourceId, title, language }));
}
