import type { Facets, SearchRequest } from '../api/types.ts';
import { isStage, STAGES, useLabels } from '../language/labels.ts';

/** What results can be narrowed by, in the order in which it is shown; each is a parameter of the address. */
export const DIMENSIONS = ['stage', 'subject', 'type', 'language'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Filters = Partial<Record<Dimension, string>>;

/** The filters that stand in the address; one that nobody can have chosen counts as none. */
export function filtersOf(params: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const dimension of DIMENSIONS) {
    const value = params.get(dimension);
    if (value && (dimension !== 'stage' || isStage(value))) filters[dimension] = value;
  }
  return filters;
}

export function requestOf(query: string, filters: Filters): SearchRequest {
  const { stage, ...others } = filters;
  return { query, ...others, ...(isStage(stage) && { stage }) };
}

/** The values to choose from: stages youngest first, others most frequent first, and always the one that is chosen. */
export function choicesOf(
  facets: Facets,
  dimension: Dimension,
  chosen: string | undefined,
): Facets['stage']['values'] {
  const { values } = facets[dimension];
  const missing = chosen !== undefined && values.every(({ value }) => value !== chosen);
  const all = missing ? [{ value: chosen, count: 0 }, ...values] : values;
  if (dimension !== 'stage') return all;
  const rank = ({ value }: { value: string }) => (STAGES as readonly string[]).indexOf(value);
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** Names of a dimension's values in the chosen language; subjects are as the catalogue wrote them. */
export function useValueLabel() {
  const labels = useLabels();
  return (dimension: Dimension, value: string): string =>
    dimension === 'subject' ? value : labels[dimension](value);
}
