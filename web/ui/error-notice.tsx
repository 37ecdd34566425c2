import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { Notice } from './notice.tsx';

/** Codes that have a text of their own; for others the server's words say what happened. */
const TOLD = [
  'unreachable',
  'not-signed-in',
  'forbidden',
  'not-found',
  'conflict',
  'not-possible',
  'rate-limited',
  'model-unavailable',
  'library-busy',
  'internal',
] as const;

interface Props {
  error: Error;
  /** What did not get lost, in a sentence. */
  safe?: string | undefined;
  retry?: (() => void) | undefined;
}

/** What happened, what is safe, what to do next. */
export function ErrorNotice({ error, safe, retry }: Props) {
  const { t } = useTranslation();
  const code = error instanceof ApiError ? TOLD.find(known => known === error.code) : undefined;
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <Notice tone="warm" role="alert" title={code ? t(`error.${code}.what`) : t('error.other.what')}>
      <p dir="auto">{code ? t(`error.${code}.next`) : error.message}</p>
      {safe && <p>{safe}</p>}
      {(retry || requestId) && (
        <p>
          {retry && (
            <Button size="xs" onClick={retry}>
              {t('error.retry')}
            </Button>
          )}{' '}
          {requestId && <small>{t('error.request', { id: requestId })}</small>}
        </p>
      )}
    </Notice>
  );
}
