import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, LANGUAGES } from './languages.ts';

const DAY = 86_400_000;
const MEGABYTE = 1024 * 1024;

/** Dates and numbers as the chosen language writes them. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = LANGUAGES[isLanguage(i18n.language) ? i18n.language : 'en'].locale;
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    const sizeIn = (unit: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
    const [kilobytes, megabytes] = [sizeIn('kilobyte'), sizeIn('megabyte')];
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    return {
      locale,
      number: (value: number) => number.format(value),
      percent: (value: number) => percent.format(value),
      dateTime: (iso: string) => dateTime.format(new Date(iso)),
      /** A size of a file in kilobytes or megabytes. */
      bytes: (value: number) =>
        (value < MEGABYTE ? kilobytes : megabytes).format(value / (value < MEGABYTE ? 1024 : MEGABYTE)),
      day: (iso: string) => day.format(new Date(iso)),
      /** The time for what is younger than a day, else the date. */
      moment: (iso: string) =>
        Date.now() - new Date(iso).getTime() < DAY / 2
          ? time.format(new Date(iso))
          : day.format(new Date(iso)),
    };
  }, [locale]);
}
