import { writeFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { ABLATIONS } from '../../eval/ablations.ts';
import { openLibrary } from '../../eval/open-library.ts';
import { readQuerySets, SAMPLE_LIBRARY, SAMPLE_QUERIES } from '../../eval/query-sets.ts';
import { rankingSystems } from '../../eval/ranking-systems.ts';
import { retrievalPage } from '../../eval/report/page.ts';
import { retrievalPicture } from '../../eval/report/picture.ts';
import { describeSummary } from '../../eval/report/plain-text.ts';
import { type RetrievalResults, summarise } from '../../eval/retrieval-results.ts';
import { rankQueries } from '../../eval/retrieval-run.ts';
import { readScaleFigures } from '../../eval/scale-figures.ts';
import { AppError } from '../../library/errors.ts';
import { jsonArg } from '../configuration.ts';
import { print, wholeNumber } from '../terminal.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

export const evaluateRetrieval = defineCommand({
  meta: {
    name: 'retrieval',
    description:
      'Rank labelled queries beside plain BM25, in memory, and write a report with plots. Without flags: the samples',
  },
  args: {
    ...jsonArg,
    library: {
      type: 'string',
      description: 'Folder with the library: manifests, Markdown, HTML, text (the sample library)',
      valueHint: 'DIR',
    },
    queries: {
      type: 'string',
      description: 'Folder of .jsonl files with labelled queries, each file a set (the samples)',
      valueHint: 'DIR',
    },
    sample: {
      type: 'string',
      description: 'At most N queries of each set, always the same ones (all)',
      valueHint: 'N',
    },
    out: {
      type: 'string',
      description: 'Where the report goes (retrieval-report.html)',
      valueHint: 'FILE.html',
    },
    picture: {
      type: 'string',
      description: 'Write the plot of the sets by itself, in English',
      valueHint: 'FILE.svg',
    },
    results: {
      type: 'string',
      description: 'Write the scores of every query by every system',
      valueHint: 'FILE.json',
    },
    scale: {
      type: 'string',
      description: 'Latencies by size of library for the report, from the scale benchmark',
      valueHint: 'FILE.json',
    },
  },
  async run({ args }) {
    if (args._.length > 0)
      throw new AppError('invalid-input', `"${args._[0]}" is not expected. --results FILE keeps the scores.`);
    if (Boolean(args.library) !== Boolean(args.queries))
      throw new AppError('invalid-input', '--library and --queries belong together: name both or neither.');
    const sample = wholeNumber(args.sample, Number.POSITIVE_INFINITY, '--sample');
    const scale = args.scale ? await readScaleFigures(args.scale) : null;
    const results = await measure(args.library, args.queries, sample);
    const summary = summarise(results);
    const out = args.out ?? 'retrieval-report.html';
    await writeFile(out, await retrievalPage(results, summary, scale));
    if (args.picture) await writeFile(args.picture, await retrievalPicture(summary));
    if (args.results) await writeFile(args.results, `${JSON.stringify(results)}\n`);
    say(`The report is in ${out}.`);
    const { sets: _, ...about } = results;
    print(args.json, { ...about, ...summary }, () => describeSummary(results, summary));
  },
});

async function measure(
  library: string | undefined,
  queries: string | undefined,
  sample: number,
): Promise<RetrievalResults> {
  const sets = await readQuerySets(queries ?? SAMPLE_QUERIES);
  const opened = await openLibrary(library ? [library] : SAMPLE_LIBRARY, resources => {
    if (resources % 1000 === 0) say(`library: ${resources} resources read`);
  });
  const { languages, passages, faults } = opened;
  for (const { place, reason } of faults.slice(0, 10)) say(`left out ${place}: ${reason}`);
  if (faults.length > 10) say(`left out ${faults.length - 10} more`);
  if (languages.size === 0)
    throw new AppError('not-found', `There is no resource in ${library}: nothing to rank.`);
  say(`library: ${languages.size} resources, ${passages} passages`);
  const ranked = await rankQueries(
    sets,
    await rankingSystems(opened, ABLATIONS),
    { sample, languages },
    (set, done) => say(`${done} of ${sets.length} sets: ${set.name}, ${set.ids.length} queries`),
  );
  if (ranked.sets.length === 0)
    throw new AppError('invalid-input', `No query of ${queries} names a relevant resource.`);
  const flags = [
    library && '--library LIBRARY --queries QUERIES',
    Number.isFinite(sample) && `--sample ${sample}`,
  ];
  return {
    at: new Date().toISOString(),
    command: ['npm run -s zhujiao -- eval retrieval', ...flags.filter(Boolean)].join(' '),
    library: {
      resources: languages.size,
      passages,
      languages: {
        zh: [...languages.values()].filter(family => family === 'zh').length,
        en: [...languages.values()].filter(family => family === 'en').length,
      },
    },
    sample: Number.isFinite(sample) ? sample : null,
    ablations: ABLATIONS.map(({ id, name }) => ({ id, name })),
    ...ranked,
  };
}
