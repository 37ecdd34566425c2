import { basename } from 'node:path';
import { defineCommand } from 'citty';
import { ingestPaths } from '../../ingestion/ingest-paths.ts';
import { AppError } from '../../library/errors.ts';
import { createFileStore } from '../../library/files.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { followRun } from '../follow-run.ts';
import { withOperator } from '../operator.ts';
import { print } from '../terminal.ts';

/** Failures beyond this are counted, not listed: a manifest with the wrong columns fails on every line. */
const LISTED_FAILURES = 20;

export const ingest = defineCommand({
  meta: {
    name: 'ingest',
    description:
      'Take files and folders into the library: PDF, Word, slides, e-books, subtitles, tables, course packages, .jsonl manifests, JSON-LD, Markdown, HTML, text. What is unchanged stays as it is',
  },
  args: {
    ...commonArgs,
    ...jsonArg,
    paths: { type: 'positional', required: true, description: 'Files and folders' },
  },
  run: ({ args }) => {
    const config = readConfig(args);
    return withOperator(
      config,
      async operator => {
        const started = performance.now();
        const label = args._.map(path => basename(path))
          .join(', ')
          .slice(0, 200);
        const { skipped, runId } = await followRun(operator, createFileStore(config.filesDir), door =>
          ingestPaths(args._, label, door),
        );
        const progress = await operator.progress({ runId });
        if (progress.state === 'failed')
          throw new AppError('unreadable-resource', `The run failed: ${progress.reason}`);
        const failures = await operator.failures({ runId });
        const library = await operator.countLibrary();
        const { added, updated, unchanged, failed, leftOut } = progress;
        const seconds = Math.round((performance.now() - started) / 100) / 10;
        const summary = {
          runId,
          state: progress.state,
          added,
          updated,
          unchanged,
          failed,
          leftOut,
          skipped,
          failures,
          seconds,
          library,
        };
        print(args.json, summary, () => {
          const listed = failures
            .slice(0, LISTED_FAILURES)
            .map(({ place, reason }) => `  ${place}: ${reason}`);
          const more = failed > listed.length ? [`  … and ${failed - listed.length} more`] : [];
          const passedOver = Object.entries(skipped).map(
            ([reason, n]) => `  ${n} files passed over: ${reason}`,
          );
          return [
            `${added} added, ${updated} updated, ${unchanged} unchanged, ${failed} failed in ${seconds} s`,
            ...listed,
            ...more,
            ...(leftOut > 0 ? [`  ${leftOut} parts of files left out: they are no resources`] : []),
            ...passedOver,
            `The library now has ${library.resources} resources with ${library.passages} passages.`,
          ].join('\n');
        });
      },
      { worker: true },
    );
  },
});
