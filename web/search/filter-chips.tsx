import { useTranslation } from 'react-i18next';
import styles from './filter-chips.module.css';
import { DIMENSIONS, type Filters, useValueLabel } from './filters.ts';

interface Props {
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** The filters in use, each of which can be taken away. */
export function FilterChips({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const label = useValueLabel();
  const used = DIMENSIONS.filter(dimension => filters[dimension] !== undefined);
  if (used.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('search.filters')}>
      {used.map(dimension => {
        const name = label(dimension, filters[dimension]!);
        return (
          <li key={dimension}>
            <button
              type="button"
              className={styles.chip}
              aria-label={t('search.remove', { filter: name })}
              onClick={() => onChange({ [dimension]: '' })}
            >
              {name}
              <span aria-hidden="true">×</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
