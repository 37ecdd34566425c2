import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Citation, Plan } from '../api/types.ts';
import { placeOf } from '../sources/place.ts';
import type { Chosen } from './chosen.ts';
import styles from './plan-basis.module.css';

interface Props {
  basis: NonNullable<Plan['basis']>;
  /** Undefined while the plan is drafted: what will be used is not known yet. */
  citations: Citation[] | undefined;
}

/** What a plan rests on, and which of the chosen resources it does not cite. */
export function PlanBasis({ basis, citations }: Props) {
  const { t } = useTranslation();
  const cited = new Set(citations?.map(({ resourceId }) => resourceId));
  const isUsed = ({ resourceId }: Chosen) => citations === undefined || cited.has(resourceId);
  const unused = basis.resources.filter(resource => !isUsed(resource));
  return (
    <div className={styles.basis}>
      <p>
        {t('basis.on')} <Titles resources={basis.resources.filter(isUsed)} none={t('basis.noneUsed')} />
      </p>
      {basis.beyond && <p>{t('basis.wentBeyond')}</p>}
      {unused.length > 0 && (
        <p className={styles.unused} data-unused>
          {t('basis.unused', { count: unused.length })} <Titles resources={unused} none="" />
        </p>
      )}
    </div>
  );
}

function Titles({ resources, none }: { resources: Chosen[]; none: string }) {
  if (resources.length === 0) return none;
  return resources.map((resource, i) => (
    <span key={resource.resourceId}>
      {i > 0 && ' · '}
      <Link href={placeOf(resource)} lang={resource.language}>
        <bdi>{resource.title}</bdi>
      </Link>
    </span>
  ));
}
