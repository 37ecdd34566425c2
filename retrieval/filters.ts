import type { NearestFilters } from '../library/nearest-passages.ts';
import type { IndexedResource } from './lexical-index.ts';

/** Whether a resource is what hard filters ask for; the language `zh` covers zh-Hant and every other Chinese. */
export function fits(resource: IndexedResource, filters: NearestFilters): boolean {
  const { language, stage, subject, type, resourceIds } = filters;
  return (
    (resourceIds === undefined || resourceIds.includes(resource.id)) &&
    (language === undefined ||
      resource.language === language ||
      resource.language.startsWith(`${language}-`)) &&
    (stage === undefined || resource.stage === stage) &&
    (subject === undefined || resource.subject === subject) &&
    (type === undefined || resource.type === type)
  );
}
