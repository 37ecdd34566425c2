import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useConversations, useDeleteConversation } from '../api/conversations.ts';
import type { ConversationCard } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { useMode } from '../modes/modes.ts';
import { Confirm } from '../ui/confirm.tsx';
import { QueryView } from '../ui/query-view.tsx';
import styles from './history-list.module.css';

/** So many at first where data is saved. */
const SHORT_LIST = 8;

interface Props {
  current: string | undefined;
  onChosen?: () => void;
}

/** The conversations so far, newest first. */
export function HistoryList({ current, onChosen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [words, setWords] = useState('');
  const [sought] = useDebouncedValue(words.trim(), 250);
  const conversations = useConversations(sought);
  const remove = useDeleteConversation();
  const [doomed, setDoomed] = useState<ConversationCard | null>(null);
  const sparing = useMode('sparing');
  const [all, setAll] = useState(false);
  const most = sparing && !all ? SHORT_LIST : Number.POSITIVE_INFINITY;
  const removeDoomed = () => {
    if (!doomed) return;
    remove.mutate(doomed.id, {
      onSuccess: () => {
        setDoomed(null);
        if (doomed.id === current) navigate('/');
      },
    });
  };
  return (
    <nav aria-label={t('history.title')}>
      <Link href="/" className={styles.new} onClick={onChosen}>
        {t('history.new')}
      </Link>
      {(words !== '' || (conversations.data?.length ?? 0) > 0) && (
        <TextInput
          className={styles.search}
          type="search"
          size="xs"
          value={words}
          aria-label={t('history.search')}
          placeholder={t('history.search')}
          onChange={event => setWords(event.target.value)}
        />
      )}
      <QueryView query={conversations}>
        {cards => (
          <ul>
            {cards.length === 0 && (
              <li className={styles.none}>
                <span role="status">
                  {sought === '' ? t('history.none') : t('history.notFound', { words: sought })}
                </span>
              </li>
            )}
            {cards.slice(0, most).map(card => (
              <li key={card.id} className={styles.entry} data-current={card.id === current || undefined}>
                <Link
                  href={`/ask/${card.id}`}
                  className={styles.link}
                  aria-current={card.id === current ? 'page' : undefined}
                  onClick={onChosen}
                >
                  <span className={styles.title} lang={textLanguage(card.title)} dir="auto">
                    {card.title}
                  </span>
                  <time className={styles.date} dateTime={card.updatedAt}>
                    {format.moment(card.updatedAt)}
                  </time>
                </Link>
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={t('history.deleteOf', { title: card.title })}
                  onClick={() => setDoomed(card)}
                >
                  ×
                </button>
              </li>
            ))}
            {cards.length > most && (
              <li>
                <Button size="xs" mt="xs" onClick={() => setAll(true)}>
                  {t('history.all', { count: cards.length })}
                </Button>
              </li>
            )}
          </ul>
        )}
      </QueryView>
      <Confirm
        opened={doomed !== null}
        title={t('history.delete')}
        text={t('history.deleteText', { title: doomed?.title ?? '' })}
        action={t('history.delete')}
        busy={remove.isPending}
        onConfirm={removeDoomed}
        onClose={() => setDoomed(null)}
      />
    </nav>
  );
}
