import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseFile } from '../../ingestion/parse/parsers.ts';
import { runJson } from '../product-process.ts';
import { type Lesson, WRITERS } from './mixed-files.ts';

const HELP = `Ingests files of many formats, made of the sample lessons, into a new embedded library and measures it.

node --import tsx eval/formats/benchmark-formats.ts [--files 1000]

Prints by format how long its reader takes and how many letters of the source are missing in what it read, then the rate
of the whole ingestion by files and megabytes, and what share of its time the readers take.`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, files: { type: 'string', default: '1000' } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const lessons = await readLessons();
const folder = await mkdtemp(join(tmpdir(), 'zhujiao-formats-'));
try {
  const kinds = Object.keys(WRITERS);
  const read = new Map(kinds.map(kind => [kind, { files: 0, bytes: 0, ms: 0, letters: 0, missing: 0 }]));
  await mkdir(join(folder, 'files'));
  for (let n = 0; n < Number(values.files); n++) {
    const kind = kinds[n % kinds.length]!;
    const lesson = lessonOf(n);
    const bytes = WRITERS[kind]!(lesson);
    await writeFile(join(folder, 'files', `${n}.${kind}`), bytes);
    const started = performance.now();
    const { resources } = await parseFile(bytes, `${n}.${kind}`);
    const sum = read.get(kind)!;
    sum.ms += performance.now() - started;
    sum.files += 1;
    sum.bytes += bytes.length;
    const text = resources.flatMap(({ sections }) => sections.map(section => section.text)).join(' ');
    const { letters, missing } = compare(lesson.paragraphs.join(' '), text);
    sum.letters += letters;
    sum.missing += missing;
  }
  for (const [kind, sum] of read) {
    const share = ((100 * sum.missing) / sum.letters).toFixed(3);
    console.log(
      `${kind.padEnd(5)} ${sum.files} files, ${(sum.ms / sum.files).toFixed(1)} ms each, ${share}% of the letters missing`,
    );
  }
  const summary = await runJson(['ingest', join(folder, 'files'), '--data-dir', join(folder, 'data')]);
  const seconds = Number(summary.seconds);
  const [bytes, ms] = [...read.values()].reduce(([b, m], sum) => [b + sum.bytes, m + sum.ms], [0, 0]);
  const { failures: _, ...counts } = summary;
  console.log(JSON.stringify(counts));
  console.log(
    `${values.files} files, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s: ` +
      `${(Number(values.files) / seconds).toFixed(1)} files and ${(bytes / 1e6 / seconds).toFixed(2)} MB a second; ` +
      `readers ${((100 * ms) / 1000 / seconds).toFixed(0)}% of it`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The lesson of file `n`: a sample, told apart from its copies by a paragraph of its own. */
function lessonOf(n: number): Lesson {
  const { title, paragraphs } = lessons[n % lessons.length]!;
  return { title: `${title} ${n}`, paragraphs: [...paragraphs, `第 ${n} 份 No. ${n}`] };
}

/** Paragraphs of the sample lessons, without marks of Markdown. */
async function readLessons(): Promise<Lesson[]> {
  const found: Lesson[] = [];
  for (const language of ['zh', 'en']) {
    const place = new URL(`../../samples/${language}/`, import.meta.url);
    for (const name of (await readdir(place)).filter(entry => entry.endsWith('.md')).sort()) {
      const text = await readFile(new URL(name, place), 'utf8');
      const paragraphs = text
        .replace(/^---\n[\s\S]*?\n---\n/, '')
        .split(/\n{2,}/)
        .map(part =>
          part
            .replace(/[#*_`|$\\>~[\]-]+/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        )
        .filter(part => part.length > 20);
      found.push({ title: name.replace('.md', '').replaceAll('-', ' '), paragraphs });
    }
  }
  return found;
}

/** How many letters of `source` are not in `read` in the same order, by the longest runs that both have. */
function compare(source: string, read: string): { letters: number; missing: number } {
  const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  const [wanted, got] = [bare(source), bare(read)];
  const RUN = 12;
  let missing = 0;
  for (let at = 0; at < wanted.length; at += RUN) {
    const run = wanted.slice(at, at + RUN);
    if (!got.includes(run)) missing += run.length;
  }
  return { letters: wanted.length, missing };
}
