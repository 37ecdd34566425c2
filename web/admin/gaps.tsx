import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { ScrollBox } from '../ui/scroll-box.tsx';
import styles from './table.module.css';

/** As many as the eye takes in; the rest on demand. */
const SHOWN = 5;

/** Questions that the library could not answer, those wished for most first. */
export function Gaps({ gaps }: { gaps: Overview['gaps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (gaps.length === 0) return <p className={styles.hint}>{t('admin.gaps.none')}</p>;
  return (
    <ScrollBox>
      <table className={styles.table}>
        <caption>{t('admin.gaps.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.gaps.question')}</th>
            <th scope="col">{t('admin.gaps.asked')}</th>
            <th scope="col">{t('admin.gaps.requested')}</th>
            <th scope="col">{t('admin.gaps.last')}</th>
          </tr>
        </thead>
        <tbody>
          {gaps.slice(0, all ? undefined : SHOWN).map(gap => (
            <tr key={gap.question}>
              <th scope="row" className={styles.text} lang={textLanguage(gap.question)}>
                <bdi>{gap.question}</bdi>
              </th>
              <td>{format.number(gap.asked)}</td>
              <td>{format.number(gap.requested)}</td>
              <td>{format.moment(gap.lastAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gaps.length > SHOWN && !all && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('admin.gaps.all', { count: gaps.length })}
        </button>
      )}
    </ScrollBox>
  );
}
