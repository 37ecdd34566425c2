import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { environment } from '../library/config.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Tracked files and new ones that are not ignored: what a commit would hold. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter(path => /\.(ts|tsx|js)$/.test(path));
const isTest = (path: string) =>
  /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.includes('/testing/');
const sources = files.filter(path => !isTest(path));

/** Which rooms each room may import from; the table of docs/architecture.md. */
const MAY_IMPORT: Record<string, string[]> = {
  library: [],
  models: ['library'],
  prompts: ['library'],
  retrieval: ['library', 'models'],
  ingestion: ['library', 'models', 'prompts', 'retrieval'],
  agents: ['library', 'models', 'prompts', 'retrieval'],
  exports: ['library'],
  server: ['agents', 'retrieval', 'exports', 'library', 'models'],
  web: ['server'],
  eval: ['agents', 'ingestion', 'retrieval', 'library', 'models', 'prompts'],
  cli: ['library', 'models', 'prompts', 'retrieval', 'ingestion', 'agents', 'exports', 'server', 'eval'],
};

/** Packages that only some rooms may use. */
const ONLY_IN: Record<string, string[]> = {
  fastify: ['server'],
  bullmq: ['library', 'ingestion'],
  pg: ['library'],
  langchain: ['models', 'agents'],
  '@langchain/core': ['models', 'agents'],
  '@langchain/openai': ['models'],
  openai: ['models'],
  react: ['web'],
};

const roomOf = (path: string) => path.split('/')[0]!;
const importsOf = (path: string) =>
  [
    ...read(path).matchAll(
      /^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map(([, type, named, dynamic]) => ({ specifier: (named ?? dynamic)!, typeOnly: type !== undefined }));

describe('imports', () => {
  const crossings = sources.flatMap(path =>
    importsOf(path)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier, typeOnly }) => ({ path, to: normalize(join(dirname(path), specifier)), typeOnly }))
      .filter(({ to }) => roomOf(to) !== roomOf(path)),
  );

  it('finds imports at all', () => expect(crossings.length).toBeGreaterThan(20));

  it('go one way', () => {
    const wrong = crossings.filter(
      ({ path, to }) => MAY_IMPORT[roomOf(path)] && !MAY_IMPORT[roomOf(path)]!.includes(roomOf(to)),
    );
    expect(wrong).toEqual([]);
  });

  it('of the web take only types, and only of the API', () => {
    const wrong = crossings.filter(
      ({ path, to, typeOnly }) => roomOf(path) === 'web' && !(typeOnly && to.startsWith('server/api/')),
    );
    expect(wrong).toEqual([]);
  });

  it('of a package stay in the rooms that it belongs to', () => {
    const wrong = sources.flatMap(path =>
      importsOf(path)
        .map(({ specifier }) => specifier.match(/^(@[^/]+\/[^/]+|[^./][^/]*)/)?.[0])
        .filter(name => name !== undefined && ONLY_IN[name] && !ONLY_IN[name].includes(roomOf(path)))
        .map(name => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are short', () => {
    const linesOf = (path: string) => read(path).split('\n').length - 1;
    expect(sources.filter(path => linesOf(path) > 300)).toEqual([]);
    expect(files.filter(path => isTest(path) && linesOf(path) > 400)).toEqual([]);
  });

  it('read the environment only in cli/', () => {
    const readers = sources.filter(path => roomOf(path) !== 'cli' && /process\.env\b/.test(read(path)));
    expect(readers).toEqual([]);
  });

  it('have no vague names', () => {
    expect(files.filter(path => /(^|\/)(utils?|helpers?|common|misc|index)(\/|\.)/.test(path))).toEqual([]);
  });
});

describe('the documentation', () => {
  it('of README lists the scripts of package.json', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts).filter(name => name !== 'prepare');
    const listed = [...read('README.md').matchAll(/^\| `npm (?:run )?(?:-s )?([\w:]+)[^`]*` \|/gm)].map(
      match => match[1],
    );
    expect(listed.sort()).toEqual(scripts.sort());
  });

  it('of the environment lists what the configuration reads', () => {
    const listed = [...read('.env.example').matchAll(/^#? ?([A-Z_]+)=/gm)].map(match => match[1]);
    expect(listed.sort()).toEqual(Object.keys(environment.shape).sort());
  });

  it('of the architecture names every room', () => {
    const page = read('docs/architecture.md');
    expect(Object.keys(MAY_IMPORT).filter(room => !page.includes(`\`${room}/\``))).toEqual([]);
  });
});

describe('dependencies', () => {
  it('are pinned to exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });
});
