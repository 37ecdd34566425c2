import type { ReactNode } from 'react';
import type { Citation, Sentence } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useMode } from '../modes/modes.ts';
import { useReading } from '../read-aloud/reader.ts';
import { HoldForMarkup } from '../rich-text/hold-for-markup.tsx';
import { type AnswerBlock, answerBlocks } from './answer-blocks.ts';
import { ElderSentence } from './elder-sentence.tsx';
import styles from './prose.module.css';
import { SentenceView } from './sentence-view.tsx';

interface Props {
  /** The name under which it is read aloud. */
  readAs?: string;
  sentences: Sentence[];
  citations: Citation[];
  /** Being written: sentences are read out politely as they come. */
  live: boolean;
  feedbackId?: ((n: number) => string) | undefined;
}

/** An answer as prose, every supported sentence with its numbers; in elder mode with its sources below. */
export function Prose({ readAs, sentences, citations, live, feedbackId }: Props) {
  const elder = useMode('elder');
  const spoken = useReading(readAs)?.at;
  return (
    <div
      className={styles.prose}
      data-read={readAs}
      aria-live={live ? 'polite' : 'off'}
      aria-relevant="additions"
      lang={textLanguage(sentences[0]?.text ?? '')}
      dir="auto"
    >
      <HoldForMarkup>
        {answerBlocks(sentences).map(block => (
          <Block key={block.sentences[0]?.index} block={block} elder={elder}>
            {block.sentences.map(({ index, text }) => {
              const shown = { text, whole: block.kind === 'whole', spoken: index === spoken };
              const numbers = sentences[index]?.citations ?? [];
              const sources = citations.filter(({ n }) => numbers.includes(n));
              return elder ? (
                <ElderSentence key={index} {...shown} citations={sources} feedbackId={feedbackId} />
              ) : (
                <SentenceView
                  key={index}
                  {...shown}
                  after={sentences[index]?.after ?? ''}
                  numbers={numbers}
                  citations={citations}
                />
              );
            })}
          </Block>
        ))}
      </HoldForMarkup>
    </div>
  );
}

function Block({ block, elder, children }: { block: AnswerBlock; elder: boolean; children: ReactNode }) {
  if (block.kind === 'whole') return <div>{children}</div>;
  // Cards of sources stand within, which a paragraph may not hold.
  const Tag = elder ? 'div' : 'p';
  return (
    <Tag className={styles[block.kind]}>
      {block.mark && <span className={styles.mark}>{block.mark} </span>}
      {children}
    </Tag>
  );
}
