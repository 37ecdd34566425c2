import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import styles from './facet-panel.module.css';
import { choicesOf, DIMENSIONS, type Dimension, type Filters, useValueLabel } from './filters.ts';

interface Props {
  facets: Facets;
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** More values than these are shown when asked for. */
const SHOWN = 8;

/** What the results can be narrowed by, with how many there are of each. */
export function FacetPanel({ facets, filters, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isCut = DIMENSIONS.some(dimension => facets[dimension].found >= facets.amongBest);
  return (
    <div className={styles.panel}>
      {DIMENSIONS.map(dimension => (
        <FacetGroup key={dimension} dimension={dimension} {...{ facets, filters, onChange }} />
      ))}
      {isCut && (
        <p className={styles.note}>{t('search.amongBest', { n: format.number(facets.amongBest) })}</p>
      )}
    </div>
  );
}

function FacetGroup({ dimension, facets, filters, onChange }: Props & { dimension: Dimension }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useValueLabel();
  const [all, setAll] = useState(false);
  const chosen = filters[dimension];
  const choices = choicesOf(facets, dimension, chosen);
  if (choices.length === 0) return null;
  const hidden = all ? 0 : Math.max(0, choices.length - SHOWN);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t(`search.dimension.${dimension}`)}</legend>
      <ul>
        {choices.slice(0, choices.length - hidden).map(({ value, count }) => (
          <li key={value}>
            <button
              type="button"
              className={styles.value}
              aria-pressed={value === chosen}
              onClick={() => onChange({ [dimension]: value === chosen ? '' : value })}
            >
              <span className={styles.name} lang={dimension === 'subject' ? textLanguage(value) : undefined}>
                {label(dimension, value)}
              </span>
              <span className={styles.count}>{format.number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('search.more', { count: hidden })}
        </button>
      )}
    </fieldset>
  );
}
