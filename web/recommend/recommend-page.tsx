import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import type { Recommendations, RecommendRequest } from '../api/types.ts';
import { isStage } from '../language/labels.ts';
import { textLanguage } from '../language/text-language.ts';
import { AiLabel } from '../ui/ai-label.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { onEnter } from '../ui/on-enter.ts';
import { QueryView } from '../ui/query-view.tsx';
import { StageSelect } from '../ui/stage-select.tsx';
import { isText, useDraft } from '../ui/use-draft.ts';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './recommend-page.module.css';
import { RecommendationCard } from './recommendation-card.tsx';
import { SimilarTo } from './similar-to.tsx';

/** A goal in the person's own words, and what in the library leads to it. The goal stands in the address. */
export function RecommendPage() {
  const { t } = useTranslation();
  const { params, setParams } = useQueryParams();
  const account = useSession().data?.account;
  const asked = params.get('goal') ?? '';
  const similarTo = params.get('similar') ?? '';
  const stage = params.get('stage');
  const { draft, setDraft } = useDraft(`goal.${account?.id ?? ''}`, asked, isText);
  usePageTitle(t('nav.recommend'));
  const look = (goal: string) => {
    setDraft(goal);
    setParams({ goal: goal.trim(), similar: undefined });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft.trim()) look(draft);
  };
  const request = requestOf(asked, similarTo, stage);
  return (
    <div className={styles.page}>
      <h1>{t('recommend.title')}</h1>
      <form className={styles.form} onSubmit={submit}>
        <Textarea
          className={styles.goal}
          label={t('recommend.goal')}
          placeholder={t('recommend.placeholder')}
          value={draft}
          maxLength={1000}
          autosize
          minRows={2}
          onChange={event => setDraft(event.target.value)}
          onKeyDown={onEnter(submit)}
        />
        <StageSelect
          value={isStage(stage) ? stage : undefined}
          onChange={value => setParams({ stage: value })}
        />
        <Button type="submit" variant="filled" disabled={draft.trim() === ''}>
          {t('recommend.go')}
        </Button>
      </form>
      {request ? (
        <Found request={request} />
      ) : (
        <EmptyState>
          <p>{t('recommend.empty')}</p>
          <ExampleButton text={t('recommend.example')} onTry={() => look(t('recommend.example'))} />
        </EmptyState>
      )}
    </div>
  );
}

function requestOf(goal: string, similarTo: string, stage: string | null): RecommendRequest | undefined {
  const filter = isStage(stage) ? { stage } : {};
  if (similarTo) return { similarTo, ...filter };
  if (goal) return { goal, language: textLanguage(goal) === 'zh-CN' ? 'zh' : 'en', ...filter };
  return undefined;
}

function Found({ request }: { request: RecommendRequest }) {
  const { t, i18n } = useTranslation();
  // Reasons for "similar to" have no goal to take their language from, so they come in the reader's, in English where the system does not know it.
  const body = { language: i18n.language === 'zh' ? ('zh' as const) : ('en' as const), ...request };
  const found = useQuery({
    queryKey: ['recommendations', body],
    queryFn: ({ signal }) =>
      callApi<Recommendations>('/api/recommendations', { method: 'POST', body, signal }),
    staleTime: 300_000,
  });
  return (
    <QueryView query={found}>
      {({ items, notice, model }) => (
        <section className={styles.found}>
          {request.similarTo && <SimilarTo id={request.similarTo} />}
          {notice && (
            <Notice>
              <p dir="auto">{notice}</p>
            </Notice>
          )}
          {items.length === 0 && <p className={styles.hint}>{t('recommend.none')}</p>}
          <ol className={styles.cards}>
            {items.map(item => (
              <RecommendationCard key={item.resourceId} item={item} />
            ))}
          </ol>
          {items.length > 0 && (
            <p>
              <AiLabel model={model} />
            </p>
          )}
        </section>
      )}
    </QueryView>
  );
}
