import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../library/errors.ts';
import { readCases } from './cases.ts';
import type { QuerySet } from './retrieval-run.ts';

const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));

/** Folders of the sample library; the labelled questions lie beside them. */
export const SAMPLE_LIBRARY = [join(SAMPLES, 'zh'), join(SAMPLES, 'en')];
export const SAMPLE_QUERIES = SAMPLES;

/**
 * Reads every `.jsonl` file of a folder as a set named after it, in the order of the names.
 * @throws AppError `not-found` without a folder or without such a file in it, `invalid-input` for a line that does not fit.
 */
export async function readQuerySets(folder: string): Promise<QuerySet[]> {
  const entries = await readdir(folder).catch(cause => {
    throw new AppError('not-found', `The folder of queries cannot be read: ${folder}.`, { cause });
  });
  const files = entries.filter(name => name.endsWith('.jsonl')).sort();
  if (files.length === 0)
    throw new AppError('not-found', `${folder} has no .jsonl file with labelled queries, one a line.`);
  return Promise.all(
    files.map(async file => ({
      name: basename(file, '.jsonl'),
      cases: await readCases(join(folder, file)),
    })),
  );
}
