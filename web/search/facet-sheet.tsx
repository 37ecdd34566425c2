import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets } from '../api/types.ts';
import { FacetPanel } from './facet-panel.tsx';
import type { Filters } from './filters.ts';

interface Props {
  facets: Facets;
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** On a small screen the filters rise from the bottom. */
export function FacetSheet(props: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="xs" aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t('search.filter')}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="75%"
        title={t('search.filter')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <FacetPanel {...props} />
      </Drawer>
    </>
  );
}
