import type { Citation } from '../library/answer.ts';
import type { FoundPassage } from '../library/found-passages.ts';

/** A span of a passage that carries a sentence. */
export interface Support {
  passage: FoundPassage;
  quote: string;
  quoteStart: number;
  method: string;
}

/** The citations of one answer or plan, numbered from 1 in the order of their appearance. */
export interface CitationList {
  /** The number of a support, new or known; `added` is the citation if it is new. */
  cite(support: Support): { n: number; added: Citation | undefined };
  all(): Citation[];
}

/** Two sentences share a number only if they rest on the same span: a number lights up one quote. */
export function createCitationList(): CitationList {
  const citations: Citation[] = [];
  return {
    cite({ passage, quote, quoteStart, method }) {
      const known = citations.find(
        other =>
          other.passageId === passage.passageId && other.quoteStart === quoteStart && other.quote === quote,
      );
      if (known) return { n: known.n, added: undefined };
      const added: Citation = {
        n: citations.length + 1,
        passageId: passage.passageId,
        resourceId: passage.resourceId,
        title: passage.title,
        language: passage.language,
        heading: passage.heading,
        locator: passage.locator,
        passage: passage.text,
        quote,
        quoteStart,
        verdict: 'supported',
        method,
      };
      citations.push(added);
      return { n: added.n, added };
    },
    all: () => [...citations],
  };
}
