import { useTranslation } from 'react-i18next';
import type { Stage } from '../api/types.ts';
import { isLanguage } from './languages.ts';

/** Youngest first, as the library has them. */
export const STAGES = [
  'preschool',
  'primary',
  'junior',
  'senior',
  'vocational',
  'higher',
  'lifelong',
] as const satisfies readonly Stage[];

/** Kinds of resource that have a name of ours; others show as the catalogue wrote them. */
export const TYPES = [
  'lesson',
  'course',
  'micro-specialty',
  'vocational-training',
  'teacher-training',
  'service',
] as const;

export const isStage = (value: unknown): value is Stage => STAGES.includes(value as Stage);

/** From here on a duration is told in hours. */
const LONG_MINUTES = 180;

/** Names of the library's codes in the chosen language. */
export function useLabels() {
  const { t } = useTranslation();
  return {
    stage: (code: string | null | undefined) =>
      isStage(code) ? t(`stage.${code}`) : (code ?? t('stage.any')),
    type: (code: string) => {
      const known = TYPES.find(type => type === code);
      return known ? t(`type.${known}`) : code;
    },
    /** Minutes of a lesson, hours of a course. */
    duration: (minutes: number) =>
      minutes < LONG_MINUTES
        ? t('resource.minutes', { count: minutes })
        : t('resource.hours', { count: Math.round(minutes / 30) / 2 }),
    language: (code: string) => {
      const base = code.slice(0, 2).toLowerCase();
      return isLanguage(base) ? t(`language.${base}`) : code;
    },
  };
}
