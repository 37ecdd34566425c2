import type { Locator, Section } from '../../library/resources.ts';

/** Collects headings and text in reading order into sections with heading paths. */
export interface Outline {
  /** A heading of level 1 to 6 begins. */
  open(level: number, heading: string): void;
  /** Text under the current heading; pieces are joined with `separator`. */
  add(text: string): void;
  /** The text that follows stands at another place, under the same heading. */
  moveTo(locator: Locator): void;
  /** The sections; the outline is used up. */
  close(): Section[];
}

/**
 * A heading that only repeats the title of the resource adds no level. A heading with nothing below it becomes text
 * of its parent, so that no word of the input is lost.
 */
export function createOutline(title: string, separator: '\n' | '\n\n'): Outline {
  const sections: Section[] = [];
  let path: { level: number; heading: string }[] = [];
  let pieces: string[] = [];
  let place: { locator?: Locator } = {};
  let written = false;

  const flush = (deeper: boolean) => {
    const text = pieces
      .join(separator)
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
    const heading = path.map(step => step.heading);
    if (text !== '') sections.push({ heading: withoutTitle(heading, title), text, ...place });
    else if (!deeper && !written && heading.length > 0 && !sameWords(heading.at(-1)!, title)) {
      sections.push({ heading: withoutTitle(heading.slice(0, -1), title), text: heading.at(-1)!, ...place });
    }
    written ||= text !== '';
    pieces = [];
  };
  return {
    open(level, heading) {
      flush(level > (path.at(-1)?.level ?? 0));
      path = [...path.filter(step => step.level < level), { level, heading }];
      written = false;
    },
    add(text) {
      pieces.push(text);
    },
    moveTo(locator) {
      flush(true);
      place = { locator };
    },
    close() {
      flush(false);
      return sections;
    },
  };
}

function withoutTitle(heading: string[], title: string): string[] {
  return heading.length > 0 && sameWords(heading[0]!, title) ? heading.slice(1) : heading;
}

function sameWords(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/[\s\p{P}]/gu, '').toLowerCase();
  return bare(a) === bare(b);
}
