import { Button, NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import type { SearchReply, SearchRequest } from '../api/types.ts';
import { isStage, TYPES, useLabels } from '../language/labels.ts';
import { useFormat } from '../language/use-format.ts';
import { SEARCH_FIELD } from '../shell/shortcuts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { StageSelect } from '../ui/stage-select.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './search-page.module.css';
import { SearchResultView } from './search-result-view.tsx';

/** The library's catalogue; query and filters stand in the address, so that a search can be kept and sent. */
export function SearchPage() {
  const { t } = useTranslation();
  const labels = useLabels();
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
      </form>
      {asked === '' ? (
        <EmptyState>
          <p>{t('search.empty')}</p>
          <ExampleButton text={t('search.example')} onTry={() => setParams({ q: t('search.example') })} />
        </EmptyState>
      ) : (
        <Results request={requestOf(params)} />
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
    limit: 20,
    ...(isStage(stage) && { stage }),
    ...(language && { language }),
    ...(type && { type }),
  };
}

function Results({ request }: { request: SearchRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { setParams } = useQueryParams();
  const search = useQuery({
    queryKey: ['search', request],
    queryFn: ({ signal }) => callApi<SearchReply>('/api/search', { method: 'POST', body: request, signal }),
    placeholderData: keepPreviousData,
  });
  const filtered = Boolean(request.stage || request.language || request.type);
  return (
    <QueryView query={search}>
      {({ results, tookMs }) => (
        <section aria-busy={search.isPlaceholderData}>
          <p className={styles.count} role="status">
            {t('search.found', { count: results.length, ms: format.number(Math.max(1, Math.round(tookMs))) })}
          </p>
          {results.length === 0 && (
            <EmptyState>
              <p>{t(filtered ? 'search.noneFiltered' : 'search.none')}</p>
              {filtered && (
                <p>
                  <Button
                    size="xs"
                    onClick={() => setParams({ stage: undefined, language: undefined, type: undefined })}
                  >
                    {t('search.clear')}
                  </Button>
                </p>
              )}
            </EmptyState>
          )}
          <ol>
            {results.map(result => (
              <SearchResultView key={result.resourceId} result={result} />
            ))}
          </ol>
        </section>
      )}
    </QueryView>
  );
}
