import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { AppError } from '../library/errors.ts';

/**
 * The lines of a file, each parsed and checked against `schema`; empty lines are passed over.
 * @throws AppError `invalid-input` naming file and line of the first that does not fit.
 */
export async function* readJsonLines<T extends z.ZodType>(
  path: string,
  schema: T,
): AsyncGenerator<z.output<T>> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = schema.safeParse(parseLine(line, `${path}:${number}`));
    if (!parsed.success) {
      const fault = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      throw new AppError(
        'invalid-input',
        `${path}:${number} is not a valid line (${fault}). Correct it and run again.`,
      );
    }
    yield parsed.data;
  }
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('invalid-input', `${place} is not JSON. Correct it and run again.`, { cause });
  }
}
