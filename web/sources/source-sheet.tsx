import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../api/types.ts';
import { SourceCard } from './source-card.tsx';

interface Props {
  citations: Citation[];
  opened: boolean;
  onClose: () => void;
  feedbackId?: ((n: number) => string) | undefined;
}

/** On a small screen the sources rise from the bottom. */
export function SourceSheet({ citations, opened, onClose, feedbackId }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      lang={i18n.language}
      dir={i18n.dir()}
      size="62%"
      title={t('source.title', { count: citations.length })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ul>
        {citations.map(citation => (
          <li key={citation.n}>
            <SourceCard citation={citation} feedbackId={feedbackId?.(citation.n)} />
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
