import type { LessonPlan } from '../library/lesson-plan.ts';
export function planMarkdown(plan: LessonPlan): string {
  return plan.title;
}
