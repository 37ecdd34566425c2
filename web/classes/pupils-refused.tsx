import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';

/** Why nobody was added: whose names cannot be had, or that the class would be too full. */
export function PupilsRefused({ error }: { error: Error }) {
  const { t } = useTranslation();
  const details = error instanceof ApiError ? error.details : {};
  const { room } = details;
  if (Array.isArray(details.repeated)) return <Named kind="repeated" names={details.repeated} />;
  if (Array.isArray(details.unusable)) return <Named kind="unusable" names={details.unusable} />;
  if (typeof room === 'number') {
    return (
      <Notice tone="warm" role="alert" title={t('classes.add.refused')}>
        <p>{t('classes.add.full', { count: room })}</p>
      </Notice>
    );
  }
  return <ErrorNotice error={error} safe={t('classes.add.safe')} />;
}

function Named({ kind, names }: { kind: 'repeated' | 'unusable'; names: string[] }) {
  const { t } = useTranslation();
  return (
    <Notice tone="warm" role="alert" title={t('classes.add.refused')}>
      <p>{t(`classes.add.${kind}`)}</p>
      <ul>
        {[...new Set(names)].map(name => (
          <li key={name}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
          </li>
        ))}
      </ul>
      <p>{t('classes.add.safe')}</p>
    </Notice>
  );
}
