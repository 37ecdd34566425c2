import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../api/types.ts';
import { InLanguage } from '../language/in-language.tsx';
import { comparePlans, type ItemChange, type SectionChange, type Stretch } from './compare-plans.ts';
import styles from './plan-changes.module.css';

/** What became of one version on the way to another: every section that differs, item by item, with the words marked. */
export function PlanChanges({ before, after }: { before: Plan; after: Plan }) {
  const { t } = useTranslation();
  const change = useMemo(() => comparePlans(before, after), [before, after]);
  if (!change.title && change.sections.length === 0) return <p>{t('versions.equal')}</p>;
  return (
    <InLanguage language={after.language}>
      {change.title && (
        <h3 className={styles.section}>
          <Stretches stretches={change.title} />
        </h3>
      )}
      {change.sections.map(section => (
        <ChangedSection key={section.key} section={section} />
      ))}
    </InLanguage>
  );
}

function ChangedSection({ section: { key, minutes, items } }: { section: SectionChange }) {
  const { t } = useTranslation();
  const length = (count: number | null) => t('plan.minutes', { count: count ?? 0 });
  const same = items.filter(({ kind }) => kind === 'same').length;
  return (
    <section className={styles.section}>
      <h3>{t(`section.${key}`)}</h3>
      {minutes && (
        <p>
          <del>{length(minutes.before)}</del> <ins>{length(minutes.after)}</ins>
        </p>
      )}
      {same < items.length && (
        <ul>
          {items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: changes have no other identity than their place
            <ItemLine key={i} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ItemLine({ item: { kind, stretches } }: { item: ItemChange }) {
  const { t } = useTranslation();
  return (
    <li className={styles.item} data-kind={kind}>
      {kind !== 'same' && <span className={styles.kind}>{t(`versions.kind.${kind}`)}</span>}
      <span>
        <Stretches stretches={stretches} />
      </span>
    </li>
  );
}

function Stretches({ stretches }: { stretches: Stretch[] }) {
  return stretches.map(({ kind, text }, i) => {
    const Tag = kind === 'gone' ? 'del' : kind === 'new' ? 'ins' : 'span';
    // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other identity than their place
    return <Tag key={i}>{text}</Tag>;
  });
}
