import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAnswers } from '../api/admin.ts';
import type { AnswerCard } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './answers-page.module.css';
import { isOutcome, OUTCOMES } from './outcomes.ts';

/** As many as the server sends at once. */
const PAGE = 50;

/** Every answer, newest first; each opens with the evidence that the model saw. */
export function AnswersPage() {
  const { t } = useTranslation();
  const { params, setParams } = useQueryParams();
  const outcome = params.get('outcome');
  const feedback = params.get('feedback');
  const answers = useAnswers({
    outcome: isOutcome(outcome) ? outcome : undefined,
    feedback: feedback === 'good' || feedback === 'bad' ? feedback : undefined,
    before: params.get('before') ?? undefined,
  });
  usePageTitle(t('admin.tab.answers'));
  return (
    <div className={styles.page}>
      <h1>{t('admin.tab.answers')}</h1>
      <p>
        <Link href="/admin/plan-doubts">{t('admin.planDoubts.title')}</Link>
      </p>
      <div className={styles.filters}>
        <NativeSelect
          size="xs"
          label={t('admin.answers.outcome')}
          value={outcome ?? ''}
          onChange={event => setParams({ outcome: event.target.value, before: undefined })}
          data={[
            { value: '', label: t('admin.answers.all') },
            ...OUTCOMES.map(value => ({ value, label: t(`outcome.${value}`) })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t('admin.answers.feedback')}
          value={feedback ?? ''}
          onChange={event => setParams({ feedback: event.target.value, before: undefined })}
          data={[
            { value: '', label: t('admin.answers.all') },
            { value: 'good', label: t('feedback.good') },
            { value: 'bad', label: t('feedback.bad') },
          ]}
        />
      </div>
      <QueryView query={answers}>
        {cards => (
          <>
            {cards.length === 0 && (
              <p className={styles.meta}>
                {t(outcome || feedback ? 'admin.answers.none' : 'admin.where.none')}
              </p>
            )}
            <ol>
              {cards.map(card => (
                <AnswerRow key={card.messageId} card={card} />
              ))}
            </ol>
            <p>
              {params.get('before') && (
                <Button size="xs" onClick={() => setParams({ before: undefined })}>
                  {t('admin.answers.newest')}
                </Button>
              )}{' '}
              {cards.length >= PAGE && (
                <Button size="xs" onClick={() => setParams({ before: cards.at(-1)?.createdAt })}>
                  {t('admin.answers.older')}
                </Button>
              )}
            </p>
          </>
        )}
      </QueryView>
    </div>
  );
}

/** A beginning is read without its sources beside it. */
const withoutNumbers = (text: string) => text.replaceAll(/\s?\[\d+\]/g, '');

function AnswerRow({ card }: { card: AnswerCard }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  return (
    <li className={styles.row} data-feedback={card.feedback ?? undefined}>
      <Link
        href={`/admin/answers/${card.messageId}`}
        className={styles.question}
        lang={textLanguage(card.question)}
        dir="auto"
      >
        {card.question}
      </Link>
      {card.text && (
        <p className={styles.text} lang={textLanguage(card.text)} dir="auto">
          <RichText text={withoutNumbers(card.text)} inline />
        </p>
      )}
      <MetaLine
        parts={[
          card.outcome ? t(`outcome.${card.outcome}`) : card.state,
          card.superseded && t('admin.answers.superseded'),
          card.feedback && t(`feedback.${card.feedback}`),
          card.account,
          card.stage && labels.stage(card.stage),
          card.model,
          format.dateTime(card.createdAt),
        ]}
      />
    </li>
  );
}
