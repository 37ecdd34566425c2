import { defineCommand } from 'citty';
import { z } from 'zod';
import { type Answer, answerText } from '../../library/answer.ts';
import { stageSchema } from '../../library/resources.ts';
import { answerLines } from '../batch.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { type Operator, withOperator } from '../operator.ts';
import { optionalLanguage, optionalStage, print, requireText } from '../terminal.ts';

const questionLine = z.looseObject({
  id: z.string(),
  question: z.string(),
  language: z.string().nullish(),
  stage: stageSchema.nullish().catch(undefined),
});

/** What scripts get of an answer: the text without marks of citation, and what carries it. */
function summarise(answer: Answer) {
  return {
    outcome: answer.outcome,
    answer: answer.sentences
      .map(({ text, after }) => text + after)
      .join('')
      .trim(),
    citations: answer.citations.map(({ n, resourceId, passageId, quote, verdict }) => ({
      n,
      resourceId,
      passageId,
      quote,
      verdict,
    })),
  };
}

async function answerQuestion(operator: Operator, line: z.output<typeof questionLine>): Promise<string> {
  const { id, question, language, stage } = line;
  const spoken = language?.slice(0, 2);
  const answer = await operator.ask({
    question,
    ...((spoken === 'zh' || spoken === 'en') && { language: spoken }),
    ...(stage && { stage }),
  });
  return `${JSON.stringify({ id, ...summarise(answer) })}\n`;
}

/** The answer as a person reads it in a terminal. */
function describe(answer: Answer): string {
  const sources = answer.citations.map(
    ({ n, title, heading, quote }) => `[${n}] ${[title, ...heading].join(' › ')}\n    “${quote}”`,
  );
  const nearest = answer.nearest.map(
    ({ title, resourceId, reason }) => `- ${title} (${resourceId}): ${reason}`,
  );
  return [answerText(answer), answer.notice, sources.join('\n'), nearest.join('\n')]
    .filter(Boolean)
    .join('\n\n');
}

export const ask = defineCommand({
  meta: { name: 'ask', description: 'Ask the library a question, or answer a file of questions' },
  args: {
    ...commonArgs,
    ...jsonArg,
    question: { type: 'positional', required: false, description: 'What to ask' },
    stage: {
      type: 'string',
      description: 'Answer for this stage; as to a teacher without it',
      valueHint: 'STAGE',
    },
    language: {
      type: 'string',
      description: 'Language of the answer; that of the question without it',
      valueHint: 'zh|en',
    },
    questions: {
      type: 'string',
      description: 'A file with one {id, question, language?, stage?} a line',
      valueHint: 'Q.jsonl',
    },
    out: {
      type: 'string',
      description: 'Where to write the answers, one {id, outcome, answer, citations} a line',
      valueHint: 'A.jsonl',
    },
  },
  run: ({ args }) =>
    withOperator(readConfig(args), async operator => {
      if (args.questions) {
        const out = requireText(args.out, '--out A.jsonl says where the answers go');
        const asked = await answerLines({ from: args.questions, to: out }, questionLine, line =>
          answerQuestion(operator, line),
        );
        print(args.json, { questions: asked, out }, () => `${asked} questions answered in ${out}`);
        return;
      }
      const stage = optionalStage(args.stage);
      const language = optionalLanguage(args.language);
      const answer = await operator.ask({
        question: requireText(args.question, 'ask something: zhujiao ask "What is photosynthesis?"'),
        ...(stage && { stage }),
        ...(language && { language }),
      });
      const { notice, nearest, model } = answer;
      print(args.json, { ...summarise(answer), notice, nearest, model }, () => describe(answer));
    }),
});
