import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchRequest } from '../api/types.ts';
import { isStage, TYPES, useLabels } from '../language/labels.ts';
import { useMode } from '../modes/modes.ts';
import { SEARCH_FIELD } from '../shell/shortcuts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { StageSelect } from '../ui/stage-select.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './search-page.module.css';
import { SearchResults } from './search-results.tsx';

/** The library's catalogue; query and filters stand in the address, so that a search can be kept and sent. */
export function SearchPage() {
  const { t } = useTranslation();
  const labels = useLabels();
  const elder = useMode('elder');
  const { params, setParams } = useQueryParams();
  const asked = params.get('q') ?? '';
  const stage = params.get('stage');
  const [query, setQuery] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  usePageTitle(asked || t('nav.search'));
  useEffect(() => setQuery(asked), [asked]);
  useEffect(() => {
    if (asked === '') field.current?.focus();
  }, [asked]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setParams({ q: query.trim() });
  };
  return (
    <div className={styles.page}>
      <h1>{t('search.title')}</h1>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to every browser that is in use */}
      <form className={styles.form} role="search" onSubmit={submit}>
        <TextInput
          ref={field}
          id={SEARCH_FIELD}
          type="search"
          className={styles.query}
          label={t('search.query')}
          placeholder={t('search.placeholder')}
          value={query}
          maxLength={2000}
          onChange={event => setQuery(event.target.value)}
        />
        <Button type="submit" variant="filled">
          {t('search.go')}
        </Button>
        {!elder && (
          <div className={styles.filters}>
            <StageSelect
              size="xs"
              value={isStage(stage) ? stage : undefined}
              onChange={value => setParams({ stage: value })}
            />
            <NativeSelect
              size="xs"
              label={t('search.language')}
              value={params.get('language') ?? ''}
              onChange={event => setParams({ language: event.target.value })}
              data={[
                { value: '', label: t('search.anyLanguage') },
                { value: 'zh', label: t('language.zh') },
                { value: 'en', label: t('language.en') },
              ]}
            />
            <NativeSelect
              size="xs"
              label={t('search.type')}
              value={params.get('type') ?? ''}
              onChange={event => setParams({ type: event.target.value })}
              data={[
                { value: '', label: t('search.anyType') },
                ...TYPES.map(type => ({ value: type, label: labels.type(type) })),
              ]}
            />
          </div>
        )}
      </form>
      {asked === '' ? (
        <EmptyState>
          <p>{t('search.empty')}</p>
          <ExampleButton text={t('search.example')} onTry={() => setParams({ q: t('search.example') })} />
        </EmptyState>
      ) : (
        <SearchResults request={requestOf(params)} />
      )}
    </div>
  );
}

function requestOf(params: URLSearchParams): SearchRequest {
  const stage = params.get('stage');
  const language = params.get('language');
  const type = params.get('type');
  return {
    query: params.get('q') ?? '',
    ...(isStage(stage) && { stage }),
    ...(language && { language }),
    ...(type && { type }),
  };
}
