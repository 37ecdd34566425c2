import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { z } from 'zod';
import { readJsonLines } from './json-lines.ts';

/** Progress is told this often. */
const TOLD_EVERY = 500;

/**
 * Answers a file line by line into another one, in the same order; returns the number of lines. `answer` gives what is
 * written for a line, with its line ends.
 * @throws AppError `invalid-input` naming the first line that does not fit `schema`.
 */
export async function answerLines<T extends z.ZodType>(
  paths: { from: string; to: string },
  schema: T,
  answer: (line: z.output<T>) => Promise<string>,
): Promise<number> {
  const out = createWriteStream(paths.to);
  // An output that cannot be opened fails here, not after the first thousand answers.
  await once(out, 'open');
  let done = 0;
  for await (const line of readJsonLines(paths.from, schema)) {
    if (!out.write(await answer(line))) await once(out, 'drain');
    done += 1;
    if (done % TOLD_EVERY === 0) process.stderr.write(`${done} lines\n`);
  }
  out.end();
  await once(out, 'close');
  return done;
}

/** Lines of a TREC run: qid Q0 resource-id rank score tag. Fields end at white space, so an id with any has %20 there. */
export function trecLines(queryId: string, ranked: { resourceId: string; score: number }[]): string {
  return ranked
    .map(({ resourceId, score }, i) => {
      const id = resourceId.replace(/\s/g, '%20');
      return `${queryId} Q0 ${id} ${i + 1} ${score.toFixed(6)} zhujiao\n`;
    })
    .join('');
}
