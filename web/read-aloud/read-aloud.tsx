import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMode } from '../modes/modes.ts';
import styles from './read-aloud.module.css';
import {
  canRead,
  pauseReading,
  resumeReading,
  type SpokenSentence,
  startReading,
  stopReading,
  useReading,
} from './reader.ts';

interface Props {
  /** The text's; whatever shows it marks the sentence that `useReading` tells for it. */
  id: string;
  sentences: SpokenSentence[];
  /** Read out with the button: what it reads. */
  about: string;
}

/** Reads a text out, with pause and stop; Esc stops too. Nothing where the browser has no voice at all. */
export function ReadAloud({ id, sentences, about }: Props) {
  const { t } = useTranslation();
  const elder = useMode('elder');
  const reading = useReading(id);
  useStopping(id, reading?.state === 'reading' || reading?.state === 'paused');
  const at = reading?.state === 'reading' ? reading.at : undefined;
  useEffect(() => {
    if (at !== undefined) showSpoken(id);
  }, [id, at]);
  if (!canRead() || sentences.length === 0) return null;
  const size = elder ? 'md' : 'compact-sm';
  const running = reading?.state === 'reading' || reading?.state === 'paused';
  return (
    <div className={styles.reader} data-screen-only>
      {running ? (
        <>
          <Button size={size} onClick={reading.state === 'paused' ? resumeReading : pauseReading}>
            {reading.state === 'paused' ? t('read.resume') : t('read.pause')}
          </Button>
          <Button size={size} onClick={() => stopReading(id)}>
            {t('read.stop')}
          </Button>
        </>
      ) : (
        <Button
          size={size}
          variant={elder ? 'filled' : 'default'}
          aria-label={elder ? undefined : t('read.startOf', { about })}
          onClick={() => startReading(id, sentences)}
        >
          {elder ? t('read.toMe') : t('read.start')}
        </Button>
      )}
      <span role="alert" className={styles.trouble}>
        {reading?.state === 'no-voice' && t('read.noVoice')}
        {reading?.state === 'failed' && t('read.failed')}
      </span>
    </div>
  );
}

/** Stops on Esc, and when the text or the page goes. */
function useStopping(id: string, running: boolean): void {
  useEffect(() => {
    if (!running) return;
    const stop = () => stopReading(id);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('pagehide', stop);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('pagehide', stop);
    };
  }, [id, running]);
  useEffect(() => () => stopReading(id), [id]);
}

/** Keeps the sentence in sight; `data-read` is on what shows the text, the sentence in it is marked. */
function showSpoken(id: string): void {
  const text = document.querySelector(`[data-read="${CSS.escape(id)}"]`);
  text?.querySelector('[data-spoken], mark')?.scrollIntoView({ block: 'nearest' });
}
