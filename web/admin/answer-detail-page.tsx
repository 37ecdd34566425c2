import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Prose } from '../answer/prose.tsx';
import { useAnswerDetail } from '../api/admin.ts';
import type { AnswerDetail } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { WithSources } from '../sources/with-sources.tsx';
import { AiLabel } from '../ui/ai-label.tsx';
import { MetaLine } from '../ui/meta-line.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import styles from './answer-detail-page.module.css';
import { CitationDoubts } from './citation-doubts.tsx';
import { GenerationView } from './generation-view.tsx';

/** One answer as the asker saw it, and what the model was shown for it. */
export function AnswerDetailPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const detail = useAnswerDetail(id);
  usePageTitle(detail.data?.card.question ?? t('admin.tab.answers'));
  return (
    <div className={styles.page}>
      <p>
        <Link href="/admin/answers">{t('admin.answers.back')}</Link>
      </p>
      <QueryView query={detail}>{data => <Detail detail={data} />}</QueryView>
    </div>
  );
}

function Detail({ detail: { card, answer, doubts, generations } }: { detail: AnswerDetail }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  return (
    <>
      <h1 className={styles.question} lang={textLanguage(card.question)} dir="auto">
        {card.question}
      </h1>
      <MetaLine
        parts={[
          card.outcome ? t(`outcome.${card.outcome}`) : card.state,
          card.superseded && t('admin.answers.superseded'),
          card.feedback && t(`feedback.${card.feedback}`),
          card.account,
          card.stage && labels.stage(card.stage),
          format.dateTime(card.createdAt),
        ]}
      />
      <WithSources citations={answer?.citations ?? []}>
        {answer && answer.sentences.length > 0 ? (
          <Prose sentences={answer.sentences} citations={answer.citations} live={false} />
        ) : (
          <p className={styles.meta}>{t('admin.answers.noText')}</p>
        )}
        {answer?.notice && (
          <p className={styles.meta} dir="auto">
            {answer.notice}
          </p>
        )}
        <p className={styles.label}>
          <AiLabel model={card.model} />
        </p>
      </WithSources>
      <CitationDoubts doubts={doubts} citations={answer?.citations ?? []} />
      <section className={styles.generations} data-evidence>
        <h2>{t('admin.evidence.title')}</h2>
        {generations.length === 0 && <p className={styles.meta}>{t('admin.evidence.noCalls')}</p>}
        {generations.map(generation => (
          <GenerationView key={generation.id} generation={generation} />
        ))}
      </section>
    </>
  );
}
