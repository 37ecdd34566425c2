import { basename } from 'node:path';
import { defineCommand } from 'citty';
import { ingestPaths } from '../../ingestion/ingest-paths.ts';
import { isAddress, openInput } from '../../ingestion/open-input.ts';
import { createFetcher } from '../../ingestion/safe-fetch.ts';
import { watchFolder } from '../../ingestion/watch-folder.ts';
import { AppError, messageOf } from '../../library/errors.ts';
import { createFileStore } from '../../library/files.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { followRun } from '../follow-run.ts';
import { ingestInput } from '../ingest-input.ts';
import { printIngestion } from '../ingestion-report.ts';
import { withOperator } from '../operator.ts';

/** A file is written to its end when it is still for so long. */
const STILL_MS = 1_000;

export const ingest = defineCommand({
  meta: {
    name: 'ingest',
    description:
      'Take files and folders into the library: PDF, Word, slides, e-books, subtitles, tables, course packages, .jsonl manifests, JSON-LD, Markdown, HTML, text. Also web pages, sitemaps, feeds (https://…) and OAI-PMH repositories (oai+https://…). What is unchanged stays as it is',
  },
  args: {
    ...commonArgs,
    ...jsonArg,
    paths: { type: 'positional', required: true, description: 'Files and folders, or one address' },
    sync: { type: 'boolean', description: 'Also withdraw what the folder or address no longer has' },
    'withdraw-missing': {
      type: 'boolean',
      description: 'As --sync, even when more than a third would be withdrawn',
    },
    watch: { type: 'boolean', description: 'Keep on with a folder, as with --sync, until Ctrl-C' },
  },
  run: ({ args }) => {
    const config = readConfig(args);
    const files = createFileStore(config.filesDir);
    const [first = ''] = args._;
    const syncs = args.sync === true || args['withdraw-missing'] === true || args.watch === true;
    const isSource = syncs || args._.some(isAddress);
    if (isSource && args._.length > 1) {
      throw new AppError(
        'invalid-input',
        'An address, --sync and --watch take one at a time. Name only one.',
      );
    }
    if (args.watch && isAddress(first)) {
      throw new AppError('invalid-input', '--watch takes a folder. Run the command again for an address.');
    }
    const withdraw = args['withdraw-missing'] ? 'all' : syncs ? 'careful' : 'no';
    const fetcher = createFetcher({ privateHosts: config.privateHosts });
    return withOperator(
      config,
      async operator => {
        const input = isSource ? await openInput(first, { fetcher, files, syncs }) : undefined;
        const once = async (inMotion?: Set<string>) => {
          const started = performance.now();
          const done = input
            ? await ingestInput(input, { operator, files, withdraw, inMotion })
            : { read: await followRun(operator, files, door => ingestPaths(args._, labelOf(args._), door)) };
          const seconds = Math.round((performance.now() - started) / 100) / 10;
          await printIngestion(operator, args.json, { ...done, syncs, seconds });
        };
        if (input && args.watch) await watch(input.location, once);
        else await once();
      },
      { worker: true },
    );
  },
});

function labelOf(paths: string[]): string {
  return paths
    .map(path => basename(path))
    .join(', ')
    .slice(0, 200);
}

/** Until Ctrl-C, which lets the round that is under way end; a second one does not. */
async function watch(path: string, sync: (inMotion: Set<string>) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let told = '';
  const tell = (text: string) => {
    if (text !== told) process.stderr.write(`${text}\n`);
    told = text;
  };
  tell(`Watching ${path}. Ctrl-C ends it.`);
  await watchFolder(path, {
    everyMs: STILL_MS,
    signal: stop.signal,
    sync,
    report: error => tell(`It is tried again: ${messageOf(error)}`),
  });
}
