import type { Citation, Sentence } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { HoldForMarkup } from '../rich-text/hold-for-markup.tsx';
import { type AnswerBlock, answerBlocks } from './answer-blocks.ts';
import styles from './prose.module.css';
import { SentenceView } from './sentence-view.tsx';

interface Props {
  sentences: Sentence[];
  citations: Citation[];
  /** Being written: sentences are read out politely as they come. */
  live: boolean;
}

/** An answer as prose, every supported sentence with its numbers. */
export function Prose({ sentences, citations, live }: Props) {
  return (
    <div
      className={styles.prose}
      aria-live={live ? 'polite' : 'off'}
      aria-relevant="additions"
      lang={textLanguage(sentences[0]?.text ?? '')}
      dir="auto"
    >
      <HoldForMarkup>
        {answerBlocks(sentences).map(block => (
          <Block key={block.sentences[0]?.index} block={block} sentences={sentences} citations={citations} />
        ))}
      </HoldForMarkup>
    </div>
  );
}

function Block({ block, sentences, citations }: { block: AnswerBlock } & Omit<Props, 'live'>) {
  const parts = block.sentences.map(({ index, text }) => (
    <SentenceView
      key={index}
      text={text}
      after={sentences[index]?.after ?? ''}
      numbers={sentences[index]?.citations ?? []}
      citations={citations}
      whole={block.kind === 'whole'}
    />
  ));
  if (block.kind === 'whole') return <div>{parts}</div>;
  return (
    <p className={styles[block.kind]}>
      {block.mark && <span className={styles.mark}>{block.mark} </span>}
      {parts}
    </p>
  );
}
