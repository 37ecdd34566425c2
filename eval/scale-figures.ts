import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../library/errors.ts';

/** Latency of searches over libraries of several sizes, as a scale benchmark writes it. */
const scaleFigures = z.object({
  /** The command that measured. */
  command: z.string(),
  /** What it ran on, such as "2 cores". */
  machine: z.string(),
  /** One line of the drawing each, such as `{zh: '词语检索', en: 'words'}` or a plain name. */
  series: z
    .array(
      z.object({
        name: z.union([z.string(), z.object({ zh: z.string(), en: z.string() })]),
        points: z
          .array(
            z.object({
              resources: z.number().int().positive(),
              /** Milliseconds. */
              p50: z.number().positive(),
              p95: z.number().positive(),
              p99: z.number().positive().optional(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

export type ScaleFigures = z.infer<typeof scaleFigures>;

/** @throws AppError `invalid-input` naming the file and what does not fit. */
export async function readScaleFigures(path: string): Promise<ScaleFigures> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AppError('invalid-input', `${path} cannot be read as JSON.`, { cause });
  }
  const parsed = scaleFigures.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`).join('; ');
  throw new AppError('invalid-input', `${path} is not a file of scale figures (${faults}).`);
}
