import { defineCommand, runMain } from 'citty';

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

await runMain(zhujiao);
