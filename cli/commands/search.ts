import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { defineCommand } from 'citty';
import { z } from 'zod';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { readJsonLines } from '../json-lines.ts';
import { type Operator, withOperator } from '../operator.ts';
import { optionalStage, print, requireText, wholeNumber } from '../terminal.ts';

const queryLine = z.looseObject({
  id: z.string(),
  query: z.string(),
  target_language: z.string().optional(),
});

/** Writes a TREC run (qid Q0 resource-id rank score tag): one block a query, in the order of the file. */
async function writeRun(
  operator: Operator,
  paths: { queries: string; run: string },
  limit: number,
): Promise<number> {
  const out = createWriteStream(paths.run);
  let asked = 0;
  for await (const { id, query, target_language: language } of readJsonLines(paths.queries, queryLine)) {
    const results = await operator.search({ query, limit, filters: language ? { language } : {} });
    const lines = results.map(
      ({ resourceId, score }, i) => `${id} Q0 ${resourceId} ${i + 1} ${score.toFixed(6)} zhujiao\n`,
    );
    if (!out.write(lines.join(''))) await once(out, 'drain');
    asked += 1;
    if (asked % 500 === 0) process.stderr.write(`${asked} queries\n`);
  }
  out.end();
  await once(out, 'close');
  return asked;
}

export const search = defineCommand({
  meta: { name: 'search', description: 'Search the library, or answer a file of queries with a TREC run' },
  args: {
    ...commonArgs,
    ...jsonArg,
    query: { type: 'positional', required: false, description: 'What to look for' },
    limit: { type: 'string', description: 'How many results (10; 100 for a run)', valueHint: 'N' },
    language: { type: 'string', description: 'Only this language; zh covers zh-Hant', valueHint: 'zh|en' },
    stage: { type: 'string', description: 'Only this stage', valueHint: 'STAGE' },
    subject: { type: 'string', description: 'Only this subject', valueHint: 'TEXT' },
    type: { type: 'string', description: 'Only this type, such as lesson or course', valueHint: 'TYPE' },
    queries: {
      type: 'string',
      description: 'A file with one {id, query, target_language?} a line',
      valueHint: 'Q.jsonl',
    },
    run: { type: 'string', description: 'Where to write the TREC run', valueHint: 'OUT.trec' },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      if (args.queries) {
        const run = requireText(args.run, '--run OUT.trec says where the run goes');
        const asked = await writeRun(
          operator,
          { queries: args.queries, run },
          wholeNumber(args.limit, 100, '--limit'),
        );
        print(args.json, { queries: asked, run }, () => `${asked} queries answered in ${run}`);
        return;
      }
      const stage = optionalStage(args.stage);
      const results = await operator.search({
        query: requireText(args.query, 'say what to look for: zhujiao search "photosynthesis"'),
        limit: wholeNumber(args.limit, 10, '--limit'),
        filters: {
          ...(args.language && { language: args.language }),
          ...(stage && { stage }),
          ...(args.subject && { subject: args.subject }),
          ...(args.type && { type: args.type }),
        },
      });
      print(args.json, { results }, () =>
        results.length === 0
          ? 'Nothing found. Try other words, or fewer filters.'
          : results
              .map(({ resourceId, title, score, passages }, i) => {
                const excerpt = passages[0]?.text.replace(/\s+/g, ' ').slice(0, 160) ?? '';
                return `${i + 1}. ${title}  (${resourceId}, ${score.toFixed(3)})\n   ${excerpt}`;
              })
              .join('\n'),
      );
    }),
});
