import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { textLanguage } from '../language/text-language.ts';
import { useMode } from '../modes/modes.ts';
import { ReadAloud } from '../read-aloud/read-aloud.tsx';
import { speakable } from '../read-aloud/speakable.ts';
import styles from './answer-actions.module.css';

interface Props {
  /** The message's, under which its text is read. */
  id: string;
  /** The answer, a sentence each. */
  texts: (string | null | undefined)[];
  /** Asks the same again in place of this answer; only for the last one. */
  onAskAgain: (() => void) | undefined;
}

/** What one does with an answer: have it read out, ask for another one and, in elder mode, go back to where questions are asked. */
export function AnswerActions({ id, texts, onAskAgain }: Props) {
  const { t } = useTranslation();
  const elder = useMode('elder');
  const sentences = texts.flatMap(text =>
    text ? [{ text: speakable(text), language: textLanguage(text) }] : [],
  );
  return (
    <div className={styles.actions} data-screen-only>
      <ReadAloud id={id} sentences={sentences} about={t('answer.this')} />
      {onAskAgain && (
        <Button size={elder ? 'md' : 'compact-sm'} onClick={onAskAgain}>
          {t('answer.again')}
        </Button>
      )}
      {elder && (
        <Link href="/" className={styles.back}>
          {t('read.back')}
        </Link>
      )}
    </div>
  );
}
