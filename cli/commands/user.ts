import { randomBytes } from 'node:crypto';
import { defineCommand } from 'citty';
import { ROLES } from '../../library/accounts.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { withOperator } from '../operator.ts';
import { optionalStage, print } from '../terminal.ts';

const freshPassword = () => randomBytes(9).toString('base64url');

const add = defineCommand({
  meta: { name: 'add', description: 'Add an account; its password is printed once' },
  args: {
    ...commonArgs,
    ...jsonArg,
    username: { type: 'positional', required: true, description: 'What they sign in with' },
    role: { type: 'enum', options: [...ROLES], required: true, description: 'What they may do' },
    name: { type: 'string', description: 'Name shown to others (the username)', valueHint: 'TEXT' },
    stage: { type: 'string', description: 'Stage of a learner', valueHint: 'STAGE' },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      const password = freshPassword();
      const stage = optionalStage(args.stage);
      const { username, role } = await operator.addAccount({
        username: args.username,
        displayName: args.name ?? args.username,
        role: args.role as (typeof ROLES)[number],
        password,
        ...(stage && { stage }),
      });
      print(args.json, { username, role, password }, () => `${username} (${role})  password: ${password}`);
    }),
});

const reset = defineCommand({
  meta: { name: 'reset', description: 'Give an account a new password, printed once; its sessions end' },
  args: {
    ...commonArgs,
    ...jsonArg,
    username: { type: 'positional', required: true, description: 'Whose password' },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      const password = freshPassword();
      await operator.resetPassword({ username: args.username, password });
      print(
        args.json,
        { username: args.username, password },
        () => `${args.username}  password: ${password}`,
      );
    }),
});

const list = defineCommand({
  meta: { name: 'list', description: 'List the accounts' },
  args: { ...commonArgs, ...jsonArg },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      const accounts = await operator.listAccounts();
      print(args.json, { accounts }, () =>
        accounts.map(({ username, role, displayName }) => `${username}  ${role}  ${displayName}`).join('\n'),
      );
    }),
});

export const user = defineCommand({
  meta: { name: 'user', description: 'Add, list and reset accounts' },
  subCommands: { add, list, reset },
});
