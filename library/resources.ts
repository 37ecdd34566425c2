import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Stages of learning, youngest first. A resource without a stage is for everyone. */
export const STAGES = [
  'preschool',
  'primary',
  'junior',
  'senior',
  'vocational',
  'higher',
  'lifelong',
] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

/** Who may see a resource: its owner, a class and its teacher, everybody of the organisation, everybody. */
export const VISIBILITIES = ['owner', 'class', 'organisation', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const AUDIENCES = ['learner', 'teacher', 'elder'] as const;

/** Other names under which catalogues deliver a stage. */
const STAGE_SYNONYMS: Record<string, Stage | null> = {
  middle: 'junior',
  high: 'senior',
  unknown: null,
  '': null,
};

const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(value =>
    value === null || value === undefined || `${value}`.trim() === '' ? undefined : `${value}`.trim(),
  );
const textList = z
  .union([
    z.array(z.union([z.string(), z.number()]).transform(String)),
    z.string().transform(value => [value]),
  ])
  .nullish()
  .transform(value => (value ?? []).map(item => item.trim()).filter(item => item !== ''));

/** `PT45M`, `PT1H30M`, `P2D`, a number of minutes, or a text that carries no duration: minutes or undefined. ISO 8601. */
function minutesOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value));
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(value);
  if (!iso) return undefined;
  const [weeks, days, hours, minutes] = iso.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
}

/**
 * One resource as a manifest line, a front matter or a JSON-LD node delivers it. Names follow schema.org
 * LearningResource / LRMI where it has them. Unknown fields are kept as `metadata`.
 */
export const resourceInput = z
  .looseObject({
    id: z.string().trim().min(1).max(500),
    title: z.string().trim().min(1).max(1000),
    text: z.string(),
    description: optionalText,
    language: z.string().trim().min(2).max(20).optional(),
    stage: z.string().nullish(),
    level: z.string().nullish(),
    audience: z.enum(AUDIENCES).nullish(),
    grade: optionalText,
    subject: optionalText,
    edition: optionalText,
    type: optionalText,
    provider: optionalText,
    url: optionalText,
    duration: optionalText,
    licence: optionalText,
    authors: z.union([optionalText, textList.transform(list => list.join(', ') || undefined)]),
    teaches: textList,
    prerequisites: textList,
    source: optionalText,
    valid_from: z.iso.date().nullish(),
    valid_until: z.iso.date().nullish(),
  })
  .transform((row, context) => {
    const { id, title, text, description, language, stage, level, audience, grade, subject, edition, type } =
      row;
    const {
      provider,
      url,
      duration,
      licence,
      authors,
      teaches,
      prerequisites,
      source,
      valid_from,
      valid_until,
    } = row;
    const named = (stage ?? level ?? '').trim();
    const known = stageSchema.safeParse(named).data ?? STAGE_SYNONYMS[named];
    if (known === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['stage'],
        message: `"${named}" is not a stage (${STAGES.join(', ')})`,
      });
      return z.NEVER;
    }
    const metadata = Object.fromEntries(Object.entries(row).filter(([key]) => !KNOWN_FIELDS.has(key)));
    return {
      id,
      title,
      text,
      description,
      language,
      stage: known ?? undefined,
      audience: audience ?? undefined,
      grade,
      subject,
      edition,
      type,
      provider,
      url,
      minutes: minutesOf(duration),
      licence,
      authors,
      teaches,
      prerequisites,
      source,
      validFrom: valid_from ?? undefined,
      validUntil: valid_until ?? undefined,
      metadata,
    };
  });

const KNOWN_FIELDS = new Set([
  'id',
  'title',
  'text',
  'description',
  'language',
  'stage',
  'level',
  'audience',
  'grade',
  'subject',
  'edition',
  'type',
  'provider',
  'url',
  'duration',
  'licence',
  'authors',
  'teaches',
  'prerequisites',
  'source',
  'valid_from',
  'valid_until',
]);

/** A resource as ingestion hands it on, before it has passages. */
export type ResourceInput = z.output<typeof resourceInput>;

/** Where in its resource a passage stands, so that a citation can open the place. */
export type Locator =
  | { kind: 'page'; page: number }
  | { kind: 'slide'; slide: number }
  | { kind: 'time'; startMs: number; endMs: number };

/** A stretch of a resource under one heading path, as a parser delivers it. */
export interface Section {
  heading: string[];
  text: string;
  locator?: Locator;
}

/** The unit of retrieval and citation. `text` is shown and quoted as it stands. */
export interface PassageInput {
  heading: string[];
  text: string;
  locator?: Locator;
}

/** SHA-256 (32 bytes) of the JSON of `content`: equal for equal input, whatever its order of arrival. */
export function contentHash(content: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(content)).digest();
}
