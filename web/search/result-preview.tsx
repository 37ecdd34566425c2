import { Button, CloseButton, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useResource } from '../api/resources.ts';
import type { Resource, SearchResult } from '../api/types.ts';
import { AddToCollection } from '../collections/add-to-collection.tsx';
import { PassageList } from '../resource/passage-list.tsx';
import { useOnceSet } from '../rich-text/use-once-set.ts';
import { placeOf } from '../sources/place.ts';
import { Loading } from '../ui/loading.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { ResourceMeta } from '../ui/resource-meta.tsx';
import styles from './result-preview.module.css';

interface Props {
  result: SearchResult;
  preview: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Whoever walks quickly through the results asks for the text of the one where they stop. */
const SETTLED_MS = 120;

/** A result beside the list: its whole text, the passages that were found marked. */
export function ResultPreview({ result, preview, onClose }: Props) {
  const { t } = useTranslation();
  const { resourceId, title, language } = result;
  const [settled] = useDebouncedValue(resourceId, SETTLED_MS);
  return (
    <section
      ref={preview}
      className={styles.preview}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its text is longer than the screen, so keys must reach it
      tabIndex={0}
      aria-label={t('search.preview', { title })}
    >
      <header className={styles.head}>
        <div className={styles.bar}>
          <h2 className={styles.title} lang={language}>
            {title}
          </h2>
          <CloseButton aria-label={t('search.closePreview')} onClick={onClose} />
        </div>
        <ResourceMeta resource={result} />
        <Group gap="xs" mt="xs">
          <Button component={Link} size="xs" href={placeOf({ resourceId })}>
            {t('search.openPage')}
          </Button>
          <AddToCollection resource={result} />
        </Group>
      </header>
      {settled === resourceId ? (
        <FoundText key={resourceId} result={result} preview={preview} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function FoundText({ result, preview }: Pick<Props, 'result' | 'preview'>) {
  const resource = useResource(result.resourceId);
  return (
    <QueryView query={resource}>
      {data => <MarkedText resource={data} result={result} preview={preview} />}
    </QueryView>
  );
}

/** Begins at the best passage that was found. */
function MarkedText({
  resource,
  result,
  preview,
}: { resource: Resource } & Pick<Props, 'result' | 'preview'>) {
  const texts = useMemo(() => resource.passages.map(({ text }) => text), [resource.passages]);
  const best = result.passages[0]?.passageId ?? '';
  const show = useCallback(() => {
    const box = preview.current;
    const passage = box?.querySelector(`[data-passage="${CSS.escape(best)}"] [data-shown]`);
    if (!box || !passage) return;
    // The box alone: scrolling the passage into view would move the page as well.
    box.scrollTop +=
      passage.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }, [preview, best]);
  useOnceSet(texts, show);
  return (
    <PassageList
      passages={resource.passages}
      language={resource.language}
      found={result.passages.map(({ passageId }) => passageId)}
    />
  );
}
