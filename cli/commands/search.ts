import { defineCommand } from 'citty';
import { z } from 'zod';
import { answerLines, trecLines } from '../batch.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { type Operator, withOperator } from '../operator.ts';
import { optionalStage, print, requireText, wholeNumber } from '../terminal.ts';

const queryLine = z.looseObject({
  id: z.string(),
  query: z.string(),
  target_language: z.string().optional(),
});

async function answerQuery(
  operator: Operator,
  line: z.output<typeof queryLine>,
  limit: number,
): Promise<string> {
  const filters = line.target_language ? { language: line.target_language } : {};
  return trecLines(line.id, await operator.search({ query: line.query, limit, filters }));
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
        const limit = wholeNumber(args.limit, 100, '--limit');
        const asked = await answerLines({ from: args.queries, to: run }, queryLine, line =>
          answerQuery(operator, line, limit),
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
