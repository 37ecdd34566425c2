import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  error: Error;
  title: string;
  /** What to look at again. */
  children: ReactNode;
}

/** One text whatever was wrong with what was typed: a guess learns nothing. Other errors say what they are. */
export function SignInRefused({ error, title, children }: Props) {
  const wrong = error instanceof ApiError && error.status < 404 && error.status > 0;
  if (!wrong) return <ErrorNotice error={error} />;
  return (
    <Notice tone="warm" role="alert" title={title}>
      {children}
    </Notice>
  );
}
