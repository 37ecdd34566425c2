import type { Stage } from '../library/resources.ts';
import { loadPrompt } from '../prompts/load.ts';

const TONES = {
  young: loadPrompt('tones/young').body,
  teen: loadPrompt('tones/teen').body,
  adult: loadPrompt('tones/adult').body,
  colleague: loadPrompt('tones/colleague').body,
};
const TONE_OF_STAGE: Record<Stage, keyof typeof TONES> = {
  preschool: 'young',
  primary: 'young',
  junior: 'teen',
  senior: 'teen',
  vocational: 'adult',
  higher: 'adult',
  lifelong: 'adult',
};

/** How to speak to people of a stage; without one, as to a teacher. */
export function toneFor(stage: Stage | null | undefined): string {
  return TONES[stage ? TONE_OF_STAGE[stage] : 'colleague'];
}
