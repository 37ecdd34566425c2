import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Facets } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { DIMENSIONS, type Filters, useValueLabel } from './filters.ts';

interface Props {
  facets: Facets | null;
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** Says which filter stands in the way, and what is found without it. */
export function NothingFound({ facets, filters, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useValueLabel();
  const used = DIMENSIONS.filter(dimension => filters[dimension] !== undefined);
  if (used.length === 0) {
    return (
      <EmptyState>
        <p>{t('search.none')}</p>
      </EmptyState>
    );
  }
  const ways = used
    .map(dimension => ({ dimension, found: facets?.[dimension].found ?? 0 }))
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found);
  const clear = () => onChange(Object.fromEntries(used.map(dimension => [dimension, ''])));
  return (
    <EmptyState>
      <p>{t(ways.length > 0 ? 'search.noneFiltered' : 'search.noneTogether')}</p>
      <Group gap="xs">
        {ways.map(({ dimension, found }) => (
          <Button key={dimension} size="xs" onClick={() => onChange({ [dimension]: '' })}>
            {t('search.without', {
              filter: label(dimension, filters[dimension]!),
              count: found,
              n: found >= facets!.amongBest ? `${format.number(found)}+` : format.number(found),
            })}
          </Button>
        ))}
        {(ways.length === 0 || used.length > 1) && (
          <Button size="xs" variant="subtle" onClick={clear}>
            {t('search.clear')}
          </Button>
        )}
      </Group>
    </EmptyState>
  );
}
