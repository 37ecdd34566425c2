import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourcePassage } from '../api/types.ts';
import { ReadAloud } from '../read-aloud/read-aloud.tsx';
import { useReading } from '../read-aloud/reader.ts';
import { sentenceSpans, speakable } from '../read-aloud/speakable.ts';
import { RichText, type Span } from '../rich-text/rich-text.tsx';

interface Props {
  passage: ResourcePassage;
  language: string;
  quote: Span | undefined;
}

/** A passage, which can be read out; the sentence being read is marked, the quote when none is. */
export function PassageText({ passage: { passageId, heading, text }, language, quote }: Props) {
  const { t } = useTranslation();
  const id = `passage.${passageId}`;
  const spans = useMemo(() => sentenceSpans(text, language), [text, language]);
  const reading = useReading(id);
  const sentences = spans.map(({ start, end }) => ({ text: speakable(text.slice(start, end)), language }));
  return (
    <>
      <div data-read={id}>
        <RichText text={text} quote={(reading && spans[reading.at]) ?? quote} />
      </div>
      <ReadAloud id={id} sentences={sentences} about={heading.at(-1) ?? t('read.passage')} />
    </>
  );
}
