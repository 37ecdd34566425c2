import { defineCommand } from 'citty';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { withOperator } from '../operator.ts';
import { print } from '../terminal.ts';

export const withdraw = defineCommand({
  meta: { name: 'withdraw', description: 'Take a resource out of every search and answer at once' },
  args: {
    ...commonArgs,
    ...jsonArg,
    resource: { type: 'positional', required: true, description: 'The id of the resource' },
    reason: {
      type: 'string',
      default: 'withdrawn on the command line',
      description: 'Why, for its history',
      valueHint: 'TEXT',
    },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      await operator.withdraw({ resourceId: args.resource, reason: args.reason });
      print(args.json, { withdrawn: args.resource }, () => `${args.resource} is withdrawn.`);
    }),
});
