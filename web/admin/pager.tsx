import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './filters.module.css';

/** As many as the server sends at once. */
const PAGE = 50;

/** Where in a long list the address stands: the number of entries before the first one shown. */
export function useOffset(): number {
  const offset = Number(useQueryParams().params.get('offset'));
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}

/** Which part of a long list is shown, and the ways to the parts before and after it. */
export function Pager({ total }: { total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { setParams } = useQueryParams();
  const offset = useOffset();
  if (total === 0) return null;
  const go = (to: number) => {
    setParams({ offset: to > 0 ? `${to}` : undefined });
    window.scrollTo(0, 0);
  };
  const range = {
    from: format.number(Math.min(offset + 1, total)),
    to: format.number(Math.min(offset + PAGE, total)),
    total: format.number(total),
  };
  return (
    <nav className={styles.pager} aria-label={t('admin.pager.label')}>
      <span role="status">{t('admin.pager.range', range)}</span>
      {total > PAGE && (
        <>
          <Button size="xs" disabled={offset === 0} onClick={() => go(offset - PAGE)}>
            {t('admin.pager.before')}
          </Button>
          <Button size="xs" disabled={offset + PAGE >= total} onClick={() => go(offset + PAGE)}>
            {t('admin.pager.after')}
          </Button>
        </>
      )}
    </nav>
  );
}
