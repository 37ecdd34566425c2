import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './speech-input.module.css';
import { canListen, useSpeech } from './use-speech.ts';

interface Props {
  onHeard: (text: string) => void;
  /** Says who hears the voice only while listening, where there is little room. */
  quiet: boolean;
}

/** Asks by speaking; what is heard goes into the box, to be read before it is sent. Nothing where it cannot be. */
export function SpeechInput({ onHeard, quiet }: Props) {
  const { t, i18n } = useTranslation();
  const note = useId();
  const speech = useSpeech(i18n.language === 'zh' ? 'zh-CN' : 'en-US', onHeard);
  if (!canListen()) return null;
  return (
    <>
      <Button
        className={styles.speak}
        data-listening={speech.listening || undefined}
        aria-pressed={speech.listening}
        aria-describedby={note}
        title={t('speak.note')}
        onClick={speech.listening ? speech.stop : speech.start}
      >
        {speech.listening ? t('speak.stop') : t('speak.start')}
      </Button>
      <div
        className={styles.state}
        data-speech
        data-quiet={(quiet && !speech.listening && !speech.trouble) || undefined}
      >
        <p role="status">{speech.listening && (speech.interim || t('speak.listening'))}</p>
        {speech.trouble && (
          <p role="alert" className={styles.trouble}>
            {t(`speak.error.${speech.trouble}`)}
          </p>
        )}
        <p id={note} className={styles.note}>
          {t('speak.note')}
        </p>
      </div>
    </>
  );
}
