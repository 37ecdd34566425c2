import { useSession } from '../api/session.ts';
import type { PlanRequest, Stage, TeachingMode } from '../api/types.ts';
import { isStage } from '../language/labels.ts';
import { useDraft } from '../ui/use-draft.ts';
import { type Chosen, isChosenList } from './chosen.ts';

export const MODES = [
  'direct',
  'flipped',
  'project',
  'inquiry',
  'dual-teacher',
] as const satisfies readonly TeachingMode[];

/** The form of a plan as it is being filled in; minutes are text until they are sent. */
export interface PlanDraft {
  topic: string;
  subject: string;
  stage?: Stage | undefined;
  grade: string;
  minutes: string;
  mode: TeachingMode;
  language?: 'zh' | 'en' | undefined;
  /** What the plan is to rest on; empty for the whole library. */
  chosen: Chosen[];
  /** Whether it may go beyond that. */
  beyond: boolean;
}

const EMPTY: PlanDraft = {
  topic: '',
  subject: '',
  grade: '',
  minutes: '45',
  mode: 'direct',
  chosen: [],
  beyond: false,
};

function isPlanDraft(value: unknown): value is PlanDraft {
  const draft = value as PlanDraft | null;
  const texts = [draft?.topic, draft?.subject, draft?.grade, draft?.minutes];
  return (
    texts.every(text => typeof text === 'string') &&
    MODES.includes(draft?.mode as TeachingMode) &&
    (draft?.stage === undefined || isStage(draft.stage)) &&
    isChosenList(draft?.chosen) &&
    typeof draft?.beyond === 'boolean'
  );
}

export function usePlanDraft() {
  const account = useSession().data?.account;
  return useDraft(`plan.${account?.id ?? ''}`, EMPTY, isPlanDraft);
}

/** A lesson's minutes, or undefined where the field does not hold 5 to 240. */
export function minutesOf(draft: PlanDraft): number | undefined {
  const minutes = Number(draft.minutes);
  return Number.isInteger(minutes) && minutes >= 5 && minutes <= 240 ? minutes : undefined;
}

/** What is sent: empty fields are left out, the language is that of the topic unless it was chosen. */
export function requestOfDraft(draft: PlanDraft): PlanRequest {
  const { topic, subject, stage, grade, mode, language, chosen, beyond } = draft;
  return {
    topic: topic.trim(),
    minutes: minutesOf(draft),
    mode,
    ...(subject.trim() && { subject: subject.trim() }),
    ...(grade.trim() && { grade: grade.trim() }),
    ...(stage && { stage }),
    ...(language && { language }),
    ...(chosen.length > 0 && { resourceIds: chosen.map(({ resourceId }) => resourceId), beyond }),
  };
}
