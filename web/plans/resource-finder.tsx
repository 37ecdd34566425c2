import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchResults } from '../api/search.ts';
import { QueryView } from '../ui/query-view.tsx';
import styles from './basis-fields.module.css';
import { type Chosen, MOST_CHOSEN } from './chosen.ts';

interface Props {
  chosen: Chosen[];
  onAdd: (resource: Chosen) => void;
}

/** Finds single resources for a plan, inside its form: Enter searches and does not send the form. */
export function ResourceFinder({ chosen, onAdd }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [query, setQuery] = useState('');
  const find = () => setQuery(text.trim());
  return (
    <div>
      <div className={styles.search}>
        <TextInput
          type="search"
          label={t('basis.find')}
          maxLength={300}
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            find();
          }}
        />
        <Button onClick={find} disabled={text.trim() === ''}>
          {t('basis.search')}
        </Button>
      </div>
      {query !== '' && <Found query={query} chosen={chosen} onAdd={onAdd} />}
    </div>
  );
}

function Found({ query, chosen, onAdd }: Props & { query: string }) {
  const { t } = useTranslation();
  const found = useSearchResults({ query, limit: 6 });
  return (
    <QueryView query={found}>
      {({ results }) => (
        <ul className={styles.list}>
          {results.length === 0 && <li className={styles.what}>{t('basis.nothing')}</li>}
          {results.map(({ resourceId, title, language }) => {
            const taken = chosen.some(item => item.resourceId === resourceId);
            return (
              <li key={resourceId} className={styles.item}>
                <span lang={language} dir="auto">
                  {title}
                </span>
                <button
                  type="button"
                  className={styles.add}
                  aria-label={t('basis.add', { title })}
                  aria-pressed={taken}
                  disabled={taken || chosen.length >= MOST_CHOSEN}
                  onClick={() => onAdd({ resourceId, title, language })}
                >
                  {taken ? '✓' : '＋'}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </QueryView>
  );
}
