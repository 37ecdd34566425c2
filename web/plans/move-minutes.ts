import type { PlanSection, SectionKey } from '../api/types.ts';

/** A section with its minutes, as the time bar shows it. */
export type Timed = Pick<PlanSection, 'key' | 'minutes'>;

/** Minutes by section, as far as they were changed. */
export type Minutes = Partial<Record<SectionKey, number>>;

/** No section that was dragged becomes shorter than this; typed, it may be none at all. */
export const LEAST_MINUTES = 1;
export const MOST_MINUTES = 240;

/** The minutes of two neighbours after their border was moved by `by` minutes, as far as it goes. */
export function moveBorder([first, second]: [number, number], by: number): [number, number] {
  const sum = first + second;
  const least = Math.min(LEAST_MINUTES, first, second);
  const moved = Math.max(least, Math.min(sum - least, first + by));
  return [moved, sum - moved];
}

/** The sections with changed minutes in the place of their own. */
export function withMinutes<T extends Timed>(sections: T[], minutes: Minutes): T[] {
  return sections.map(section => {
    const changed = minutes[section.key];
    return changed === undefined || section.minutes === null ? section : { ...section, minutes: changed };
  });
}

/** The changes that change something. */
export function changedMinutes(sections: Timed[], minutes: Minutes): Minutes {
  return Object.fromEntries(
    sections.flatMap(({ key, minutes: before }) => {
      const changed = minutes[key];
      return before === null || changed === undefined || changed === before ? [] : [[key, changed]];
    }),
  );
}

/** What a field holds, or undefined where it is no length of a section. */
export function minutesOfText(text: string): number | undefined {
  const minutes = Number(text);
  const fits = text.trim() !== '' && Number.isInteger(minutes) && minutes >= 0 && minutes <= MOST_MINUTES;
  return fits ? minutes : undefined;
}

/** How far a key moves a border, in minutes; undefined for other keys. In a text from right to left they are mirrored. */
export function stepOfKey(key: string, { shift, rtl }: { shift: boolean; rtl: boolean }): number | undefined {
  const step = shift ? 5 : 1;
  switch (key) {
    case 'ArrowRight':
      return rtl ? -step : step;
    case 'ArrowLeft':
      return rtl ? step : -step;
    case 'ArrowUp':
      return step;
    case 'ArrowDown':
      return -step;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
  }
  return undefined;
}
