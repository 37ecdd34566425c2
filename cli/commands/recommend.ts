import { defineCommand } from 'citty';
import { z } from 'zod';
import { AppError } from '../../library/errors.ts';
import { answerLines, trecLines } from '../batch.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { type Operator, withOperator } from '../operator.ts';
import { optionalLanguage, optionalStage, print, requireText, wholeNumber } from '../terminal.ts';

/** A line of the batch: a goal (or `query`), or the resource to find others like. */
const goalLine = z.looseObject({
  id: z.string(),
  goal: z.string().optional(),
  query: z.string().optional(),
  similar_to: z.string().optional(),
});

async function answerGoal(
  operator: Operator,
  line: z.output<typeof goalLine>,
  limit: number,
): Promise<string> {
  const { id, goal, query, similar_to: similarTo } = line;
  const wish = similarTo
    ? { similarTo }
    : { goal: requireText(goal ?? query, `query "${id}" has neither goal nor similar_to`) };
  const { items } = await operator.recommend({ ...wish, limit });
  // Recommendations have an order and no score: the rank stands in for it.
  return trecLines(
    id,
    items.map(({ resourceId }, i) => ({ resourceId, score: items.length - i })),
  );
}

export const recommend = defineCommand({
  meta: {
    name: 'recommend',
    description: 'Recommend resources for a goal, or like a resource, each with its reason',
  },
  args: {
    ...commonArgs,
    ...jsonArg,
    goal: { type: 'string', description: 'What somebody wants to learn or become', valueHint: 'TEXT' },
    'similar-to': { type: 'string', description: 'Find resources like this one', valueHint: 'RESOURCE' },
    stage: { type: 'string', description: 'For this stage', valueHint: 'STAGE' },
    language: { type: 'string', description: 'Language of the reasons', valueHint: 'zh|en' },
    limit: { type: 'string', description: 'How many (6; 20 for a run)', valueHint: 'N' },
    queries: {
      type: 'string',
      description: 'A file with one {id, goal} or {id, similar_to} a line',
      valueHint: 'Q.jsonl',
    },
    run: { type: 'string', description: 'Where to write the TREC run', valueHint: 'OUT.trec' },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      if (args.queries) {
        const run = requireText(args.run, '--run OUT.trec says where the run goes');
        const limit = wholeNumber(args.limit, 20, '--limit');
        const asked = await answerLines({ from: args.queries, to: run }, goalLine, line =>
          answerGoal(operator, line, limit),
        );
        print(args.json, { queries: asked, run }, () => `${asked} queries answered in ${run}`);
        return;
      }
      if ((args.goal === undefined) === (args['similar-to'] === undefined)) {
        throw new AppError('invalid-input', 'Give either --goal "..." or --similar-to RESOURCE.');
      }
      const stage = optionalStage(args.stage);
      const language = optionalLanguage(args.language);
      const reply = await operator.recommend({
        ...(args.goal ? { goal: args.goal } : { similarTo: args['similar-to']! }),
        limit: wholeNumber(args.limit, 6, '--limit'),
        ...(stage && { stage }),
        ...(language && { language }),
      });
      print(args.json, reply, () =>
        [
          ...reply.items.map(
            ({ title, resourceId, reason }, i) => `${i + 1}. ${title} (${resourceId})\n   ${reason}`,
          ),
          reply.notice ?? '',
        ]
          .join('\n')
          .trim(),
      );
    }),
});
