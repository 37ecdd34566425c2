import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SEARCH_FIELD } from '../shell/shortcuts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import { filtersOf } from './filters.ts';
import styles from './search-page.module.css';
import { SearchResults } from './search-results.tsx';

/** The library's catalogue; query and filters stand in the address, so that a search can be kept and sent. */
export function SearchPage() {
  const { t } = useTranslation();
  const { params, setParams } = useQueryParams();
  const asked = params.get('q') ?? '';
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
      </form>
      {asked === '' ? (
        <EmptyState>
          <p>{t('search.empty')}</p>
          <ExampleButton text={t('search.example')} onTry={() => setParams({ q: t('search.example') })} />
        </EmptyState>
      ) : (
        <SearchResults query={asked} filters={filtersOf(params)} onChange={setParams} />
      )}
    </div>
  );
}
