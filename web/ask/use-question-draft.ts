import { useSession } from '../api/session.ts';
import type { Stage } from '../api/types.ts';
import { isStage } from '../language/labels.ts';
import { useDraft } from '../ui/use-draft.ts';

export interface QuestionDraft {
  question: string;
  stage?: Stage | undefined;
  /** Of the answer; that of the question without it. */
  language?: 'zh' | 'en' | undefined;
}

function isQuestionDraft(value: unknown): value is QuestionDraft {
  const draft = value as QuestionDraft | null;
  return typeof draft?.question === 'string' && (draft.stage === undefined || isStage(draft.stage));
}

const EMPTY: QuestionDraft = { question: '' };

/** The unsent question of a conversation (`new` for the next one), kept for whoever is signed in. */
export function useQuestionDraft(conversation: string) {
  const account = useSession().data?.account;
  const draft = useDraft(`ask.${account?.id ?? ''}.${conversation}`, EMPTY, isQuestionDraft);
  return draft;
}
