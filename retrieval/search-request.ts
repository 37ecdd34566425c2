import type { NearestFilters } from '../library/nearest-passages.ts';

/** What is looked for, and how many resources are wanted. */
export interface SearchRequest {
  query: string;
  limit: number;
  /** What does not match is not found. `zh` covers zh-Hant and every other Chinese. */
  filters?: NearestFilters;
  /** Soft wishes: they move what fits up and hide nothing. */
  prefer?: { language?: string; stage?: string };
  /** Ids of resources to leave out. */
  exclude?: string[];
}
