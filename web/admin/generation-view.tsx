import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EvidencePassage, Generation } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { placeOf } from '../sources/place.ts';
import styles from './generation-view.module.css';

/** One call of a model: what was asked of which model, what it saw, what it returned. */
export function GenerationView({ generation }: { generation: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { agent, prompt, promptHash, model, space, inputTokens, outputTokens, durationMs, outcome } =
    generation;
  const facts = [
    ['agent', agent],
    ['prompt', prompt],
    ['hash', promptHash.slice(0, 12)],
    ['model', model],
    ['space', space],
    [
      'tokens',
      inputTokens === null ? null : `${format.number(inputTokens)} → ${format.number(outputTokens ?? 0)}`,
    ],
    ['duration', t('admin.evidence.ms', { ms: format.number(durationMs) })],
    ['outcome', outcome],
    ['started', format.dateTime(generation.startedAt)],
  ] as const;
  return (
    <article className={styles.generation}>
      <dl className={styles.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`admin.evidence.${name}`)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      {generation.error && (
        <p className={styles.warm} dir="auto">
          {generation.error}
        </p>
      )}
      <h3>{t('admin.evidence.seen', { count: generation.evidence.length })}</h3>
      <ol className={styles.evidence}>
        {generation.evidence.map(passage => (
          <Evidence key={passage.n} passage={passage} />
        ))}
      </ol>
      {generation.output !== null && (
        <details>
          <summary>{t('admin.evidence.output')}</summary>
          <pre className={styles.output} dir="auto">
            {generation.output}
          </pre>
        </details>
      )}
    </article>
  );
}

/** A passage word for word as the model was shown it, with whether it still stands so. */
function Evidence({ passage }: { passage: EvidencePassage }) {
  const { t } = useTranslation();
  const { resourceId, passageId } = passage;
  return (
    <li className={styles.passage}>
      <p>
        <strong>{passage.n}</strong>{' '}
        <Link href={placeOf({ resourceId, passageId })} dir="auto">
          {[passage.title, ...passage.heading].join(' › ')}
        </Link>{' '}
        {!passage.intact && <span className={styles.warm}>{t('admin.evidence.changed')}</span>}{' '}
        {passage.withdrawn && <span className={styles.warm}>{t('admin.evidence.withdrawn')}</span>}
      </p>
      <p className={styles.text} dir="auto">
        {passage.text}
      </p>
    </li>
  );
}
