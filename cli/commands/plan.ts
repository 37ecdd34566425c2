import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { defineCommand } from 'citty';
import { planMarkdown } from '../../exports/plan-markdown.ts';
import { AppError } from '../../library/errors.ts';
import { MOST_CHOSEN, planRequestSchema, TEACHING_MODES } from '../../library/lesson-plan.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { withOperator } from '../operator.ts';
import { optionalLanguage, optionalStage, print, requireText, wholeNumber } from '../terminal.ts';

export const plan = defineCommand({
  meta: { name: 'plan', description: 'Draft a lesson plan out of the library' },
  args: {
    ...commonArgs,
    ...jsonArg,
    topic: { type: 'string', description: 'What the lesson is about', valueHint: 'TEXT' },
    subject: { type: 'string', description: 'Subject', valueHint: 'TEXT' },
    stage: { type: 'string', description: 'Stage of the class', valueHint: 'STAGE' },
    grade: { type: 'string', description: 'Grade of the class', valueHint: 'TEXT' },
    minutes: { type: 'string', description: 'Length of the lesson (45)', valueHint: 'N' },
    mode: { type: 'enum', options: [...TEACHING_MODES], description: 'Teaching mode (direct)' },
    language: {
      type: 'string',
      description: 'Language of the plan; that of the topic without it',
      valueHint: 'zh|en',
    },
    resource: {
      type: 'string',
      description: 'Rest the plan on this resource alone; repeat it, or separate several by commas',
      valueHint: 'ID',
    },
    beyond: { type: 'boolean', description: 'With --resource: fill gaps from the rest of the library' },
    out: { type: 'string', description: 'Write it to this file (.md)', valueHint: 'FILE' },
  },
  run: ({ args, rawArgs }) =>
    withOperator(readConfig(args), async operator => {
      if (args.out && extname(args.out) !== '.md') {
        throw new AppError(
          'invalid-input',
          `A plan is written as Markdown: name the file with .md, not ${extname(args.out) || 'no ending'}.`,
        );
      }
      const request = planRequestSchema.parse({
        topic: requireText(args.topic, '--topic "..." says what the lesson is about'),
        subject: args.subject,
        stage: optionalStage(args.stage),
        grade: args.grade,
        minutes: wholeNumber(args.minutes, 45, '--minutes'),
        mode: args.mode,
        language: optionalLanguage(args.language),
        resourceIds: chosenResources(rawArgs),
        beyond: args.beyond,
      });
      const drafted = await operator.plan(request);
      if (args.out) {
        await writeFile(args.out, planMarkdown(drafted));
        print(args.json, { out: args.out }, () => `Written to ${args.out}`);
      } else {
        print(args.json, drafted, () => planMarkdown(drafted));
      }
    }),
});

/** Every --resource of the command line, in order: the parser keeps only the last. @throws AppError `invalid-input` */
export function chosenResources(rawArgs: string[]): string[] | undefined {
  const given = rawArgs.flatMap((arg, i) =>
    arg === '--resource' ? [rawArgs[i + 1] ?? ''] : arg.startsWith('--resource=') ? [arg.slice(11)] : [],
  );
  if (given.length === 0) return undefined;
  const ids = given.flatMap(value => value.split(',')).map(id => id.trim());
  if (ids.some(id => id === '')) {
    throw new AppError(
      'invalid-input',
      '--resource takes the id of a resource. `zhujiao search TEXT --json` shows ids.',
    );
  }
  if (ids.length > MOST_CHOSEN) {
    throw new AppError(
      'invalid-input',
      `A plan rests on at most ${MOST_CHOSEN} resources, not ${ids.length}.`,
    );
  }
  return ids;
}
