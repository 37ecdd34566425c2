import type { TFunction } from 'i18next';
import type { Citation } from '../api/types.ts';

/** Where in a file or recording a passage stands: "page 3", "slide 4", "03:12"; undefined for plain text. */
export function locatorLabel(locator: Citation['locator'] | undefined, t: TFunction): string | undefined {
  if (!locator) return undefined;
  if (locator.kind === 'page') return t('source.page', { page: locator.page });
  if (locator.kind === 'slide') return t('source.slide', { slide: locator.slide });
  return clock(locator.startMs);
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts
    .filter((part, i) => i > 0 || part > 0)
    .map(part => `${part}`.padStart(2, '0'))
    .join(':');
}
