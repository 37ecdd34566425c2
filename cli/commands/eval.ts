import { fileURLToPath } from 'node:url';
import { defineCommand } from 'citty';
import { createTutor } from '../../agents/tutor.ts';
import type { Share } from '../../eval/answer-scores.ts';
import { type LabelledCase, readCases } from '../../eval/cases.ts';
import { runAnswerSuite, runSearchSuite } from '../../eval/suites.ts';
import { AppError } from '../../library/errors.ts';
import { findHolder } from '../../library/lock.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { createLog } from '../log.ts';
import { openProduct, type Product } from '../product.ts';
import { print, wholeNumber } from '../terminal.ts';

const SAMPLES = ['zh', 'en'].map(language =>
  fileURLToPath(new URL(`../../samples/questions.${language}.jsonl`, import.meta.url)),
);
/** Suites over a library in the database; `retrieval`, which needs none, is a command of its own. */
const SUITES = ['search', 'answers', 'left-out'] as const;
type Suite = (typeof SUITES)[number];

const progress = (name: string) => (done: number, of: number) => {
  if (done % 100 === 0 || done === of) process.stderr.write(`${name}: ${done} of ${of}\n`);
};

/** A tutor that cannot see the resources that would answer the case: what it should do is to say that it does not know. */
function withoutTheAnswer({ tutorDeps }: Product, cases: LabelledCase[]) {
  const relevant = new Map(cases.map(({ question, relevant: ids }) => [question, ids]));
  return createTutor({
    ...tutorDeps,
    findPassages: (request, asker) =>
      tutorDeps.findPassages({ ...request, exclude: relevant.get(request.query) ?? [] }, asker),
  });
}

type Figures = Record<string, number | Share>;

async function runSuite(product: Product, suite: Suite, cases: LabelledCase[]): Promise<Figures> {
  if (suite === 'search') return { ...(await runSearchSuite(product.deps.searcher, cases, progress(suite))) };
  if (suite === 'answers') {
    const { scores: _, ...summary } = await runAnswerSuite(product.deps.tutor, cases, progress(suite));
    return summary;
  }
  const answerable = cases
    .filter(({ relevant }) => relevant.length > 0)
    .map(labelled => ({ ...labelled, answerable: false }));
  const { abstention } = await runAnswerSuite(
    withoutTheAnswer(product, answerable),
    answerable,
    progress(suite),
  );
  return { abstention };
}

const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(1)}%`);

function describe(value: number | Share): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}` : value.toFixed(3);
  return `${percent(value.share)} of ${value.of}  (95%: ${percent(value.low)} to ${percent(value.high)})`;
}

const suiteArgs = {
  ...commonArgs,
  ...jsonArg,
  questions: {
    type: 'string',
    description: 'A file with one labelled question a line (the samples)',
    valueHint: 'Q.jsonl',
  },
  limit: { type: 'string', description: 'Only the first N questions', valueHint: 'N' },
} as const;

interface SuiteFlags {
  'data-dir'?: string | undefined;
  json?: boolean | undefined;
  questions?: string | undefined;
  limit?: string | undefined;
}

async function runSuites(suites: readonly Suite[], args: SuiteFlags): Promise<void> {
  const config = readConfig(args);
  if (!config.databaseUrl && (await findHolder(config.dataDir))) {
    throw new AppError(
      'conflict',
      'A server holds this data directory. Stop it, or evaluate another with --data-dir.',
    );
  }
  const files = args.questions ? [args.questions] : SAMPLES;
  const cases = (await Promise.all(files.map(readCases)))
    .flat()
    .slice(0, wholeNumber(args.limit, 1_000_000, '--limit'));
  const product = await openProduct(config, createLog({ logLevel: 'warn' }), { worker: false });
  try {
    await product.ready;
    const results: Record<string, Figures> = {};
    for (const suite of suites) results[suite] = await runSuite(product, suite, cases);
    print(args.json, { mode: product.deps.mode, questions: cases.length, ...results }, () =>
      Object.entries(results)
        .map(([suite, values]) =>
          [
            suite,
            ...Object.entries(values).map(([name, value]) => `  ${name.padEnd(16)} ${describe(value)}`),
          ].join('\n'),
        )
        .join('\n'),
    );
  } finally {
    await product.close();
  }
}

const suiteCommand = (name: string, description: string, suites: readonly Suite[]) =>
  defineCommand({
    meta: { name, description },
    args: suiteArgs,
    run: ({ args }) => runSuites(suites, args),
  });

export const evaluate = defineCommand({
  meta: {
    name: 'eval',
    description: 'Score the library on labelled questions: the samples, or a file of yours',
  },
  // Named here too, so that the value of a flag is not taken for the name of a suite.
  args: suiteArgs,
  default: 'all',
  subCommands: {
    all: suiteCommand('all', 'search, answers and left-out; what eval does by itself', SUITES),
    retrieval: () => import('./eval-retrieval.ts').then(m => m.evaluateRetrieval),
    search: suiteCommand('search', 'Rankings of the library in the database', ['search']),
    answers: suiteCommand('answers', 'Answers and their citations', ['answers']),
    'left-out': suiteCommand('left-out', 'Answers while the answering resource is hidden', ['left-out']),
  },
  setup({ args, rawArgs }) {
    if (args._[0] !== undefined && args._[0] !== rawArgs[0])
      throw new AppError('invalid-input', `Name the suite first: zhujiao eval ${args._[0]} …`);
  },
});
