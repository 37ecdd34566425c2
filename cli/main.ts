import { defineCommand, runCommand, runMain } from 'citty';
import { AppError } from '../library/errors.ts';

/** The `zhujiao` command. Each command is loaded when it is called, so that none pays for another's imports. */
const zhujiao = defineCommand({
  meta: {
    name: 'zhujiao',
    description: 'Zhujiao (助教): a teaching assistant over a library of learning resources',
  },
  subCommands: {
    start: () => import('./commands/start.ts').then(m => m.start),
    serve: () => import('./commands/serve.ts').then(m => m.serve),
    work: () => import('./commands/work.ts').then(m => m.work),
    migrate: () => import('./commands/migrate.ts').then(m => m.migrate),
    reembed: () => import('./commands/reembed.ts').then(m => m.reembed),
    ingest: () => import('./commands/ingest.ts').then(m => m.ingest),
    search: () => import('./commands/search.ts').then(m => m.search),
    ask: () => import('./commands/ask.ts').then(m => m.ask),
    recommend: () => import('./commands/recommend.ts').then(m => m.recommend),
    plan: () => import('./commands/plan.ts').then(m => m.plan),
    withdraw: () => import('./commands/withdraw.ts').then(m => m.withdraw),
    user: () => import('./commands/user.ts').then(m => m.user),
    eval: () => import('./commands/eval.ts').then(m => m.evaluate),
  },
});

// LangChain would send every prompt, and so what learners wrote, to a tracing service that these name.
for (const name of Object.keys(process.env))
  if (/^(LANGSMITH|LANGCHAIN)_/.test(name)) delete process.env[name];

const rawArgs = process.argv.slice(2);
const asksForHelp = rawArgs.length === 0 || rawArgs.some(arg => arg === '--help' || arg === '-h');
try {
  if (asksForHelp) await runMain(zhujiao, { rawArgs: rawArgs.length === 0 ? ['--help'] : rawArgs });
  else await runCommand(zhujiao, { rawArgs });
} catch (error) {
  // Our own errors say what to do; citty's are about flags. Anything else is a fault whose place we want to know.
  const isPlain = error instanceof AppError || (error as Error).name === 'CLIError';
  process.stderr.write(`${isPlain ? (error as Error).message : (error as Error).stack}\n`);
  if ((error as Error).name === 'CLIError') process.stderr.write('--help shows what there is.\n');
  process.exitCode = 1;
}
