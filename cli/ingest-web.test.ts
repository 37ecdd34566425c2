import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePdf } from '../ingestion/testing/pdf-writer.ts';
import { type RunningInputs, runInputs } from './testing/running-inputs.ts';

let running: RunningInputs;
let origin: string;
beforeAll(async () => {
  running = await runInputs();
  origin = running.server.origin;
}, 60_000);
afterAll(() => running.close());
beforeEach(async () => {
  await running.db.query(
    'delete from ingestion_run; delete from source; delete from resource; delete from audit',
  );
  for (const path of Object.keys(answers())) delete answers()[path];
  running.server.asked.length = 0;
});

const answers = () => running.server.answers;
const page = (text: string) => `<title>${text}</title><p>${text}</p>`;
const urls = (...entries: [string, string?][]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries
    .map(
      ([path, changed]) =>
        `<url><loc>${new URL(path, origin)}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</url>`,
    )
    .join('')}</urlset>`;
const index = (...paths: string[]) =>
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
    .map(path => `<sitemap><loc>${new URL(path, origin)}</loc></sitemap>`)
    .join('')}</sitemapindex>`;
const at = (...paths: string[]) => paths.map(path => origin + path);
const asked = () => running.server.asked.splice(0).filter(path => path !== '/robots.txt');
const rowsOf = async () =>
  (await running.db.query('select id, xmin::text, updated_at from resource order by id')).rows;

describe('an address', () => {
  it('of a page gives the fields that its JSON-LD names, and is not read again', async () => {
    const node = {
      '@type': 'LearningResource',
      '@id': `${origin}/page`,
      name: 'Leaves',
      educationalLevel: 'junior',
    };
    const html = `<script type="application/ld+json">${JSON.stringify(node)}</script><p>Leaves are green.</p>`;
    answers()['/page'] = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end(html);
    };
    expect(await running.ingest(`${origin}/page#part`)).toMatchObject({ added: 1, failed: 0 });
    const { rows } = await running.db.query('select title, stage, url from resource_version');
    expect(rows).toEqual([{ title: 'Leaves', stage: 'junior', url: `${origin}/page` }]);
    const before = await rowsOf();
    expect(await running.ingest(`${origin}/page`)).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
    expect(await rowsOf()).toEqual(before);
  });

  it('of a PDF goes into the file store', async () => {
    answers()['/a.pdf'] = makePdf([
      [{ text: 'Photosynthesis in leaves of trees.', x: 72, y: 700, size: 12 }],
    ]);
    expect(await running.ingest(`${origin}/a.pdf`)).toMatchObject({ added: 1, failed: 0 });
    const { rows } = await running.db.query(
      'select url, file_hash is not null as kept from resource_version where resource_id = $1',
      [`${origin}/a.pdf`],
    );
    expect(rows).toEqual([{ url: `${origin}/a.pdf`, kept: true }]);
  });

  it('of a manifest is a feed, which may lose lines', async () => {
    const lines = ['1', '2', '3', '4'].map(id => `{"id":"f${id}","title":"t","text":"x"}\n`);
    answers()['/feed.jsonl'] = lines.join('');
    expect(await running.ingest(`${origin}/feed.jsonl`)).toMatchObject({ added: 4 });
    answers()['/feed.jsonl'] = lines.slice(1).join('');
    expect(await running.ingest(`${origin}/feed.jsonl`, 'careful')).toMatchObject({
      listing: { withdrawn: 1 },
    });
    expect(await running.live()).toEqual(['f2', 'f3', 'f4']);
  });

  it('that breaks off, is a video, or is not allowed says so', async () => {
    answers()['/feed.jsonl'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-length': 1_000 });
      response.write('{"id":"f1","title":"t","text":"x"}\n');
      setTimeout(() => response.destroy(), 50);
    };
    await expect(running.ingest(`${origin}/feed.jsonl`, 'careful')).rejects.toThrow();
    answers()['/video'] = (_, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end();
    await expect(running.ingest(`${origin}/video`)).rejects.toThrow('it is video/mp4, which is not read');
    answers()['/robots.txt'] = 'User-agent: *\nDisallow: /private\nAllow: /private/open\n';
    answers()['/private/a'] = page('secret');
    answers()['/private/open'] = page('open');
    await expect(running.ingest(`${origin}/private/a`)).rejects.toThrow(
      'robots.txt of the site does not allow',
    );
    expect(await running.ingest(`${origin}/private/open`)).toMatchObject({ added: 1 });
    await expect(running.ingest('ftp://x/y')).rejects.toThrow('no address that can be read');
  });
});

describe('a sitemap', () => {
  it('is read page by page, through an index and packed ones, on its own host, and only what has changed', async () => {
    answers()['/sitemap.xml'] = index('/one.xml', '/two.xml.gz', 'http://elsewhere.example/three.xml');
    answers()['/one.xml'] = urls(['/a', '2026-01-01'], ['/b', '2026-01-01'], ['http://elsewhere.example/c']);
    answers()['/two.xml.gz'] = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync(urls(['/d'])));
    for (const path of ['/a', '/b', '/d']) answers()[path] = page(`Page ${path}`);
    expect(await running.ingest(`${origin}/sitemap.xml`)).toMatchObject({ added: 3, failed: 0 });
    expect(await running.live()).toEqual(at('/a', '/b', '/d'));
    asked();
    const before = await rowsOf();
    answers()['/one.xml'] = urls(['/a', '2026-01-01'], ['/b', '2026-02-02']);
    expect(await running.ingest(`${origin}/sitemap.xml`)).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 3,
    });
    expect(asked()).toEqual(['/sitemap.xml', '/one.xml', '/b', '/two.xml.gz', '/d']);
    expect(await rowsOf()).toEqual(before);
  });

  it('loses what it lists no more or what is gone, but not what cannot be read just now', async () => {
    const paths = ['/a', '/b', '/c', '/d', '/e', '/f', '/g'];
    answers()['/sitemap.xml'] = urls(...paths.map((path): [string] => [path]));
    for (const path of paths) answers()[path] = page(`Page ${path}`);
    await running.ingest(`${origin}/sitemap.xml`);
    answers()['/sitemap.xml'] = urls(...paths.slice(1).map((path): [string] => [path]));
    delete answers()['/b'];
    answers()['/c'] = (_, response) => response.writeHead(500).end();
    expect(await running.ingest(`${origin}/sitemap.xml`, 'careful')).toMatchObject({
      failed: 1,
      listing: { withdrawn: 2 },
    });
    expect(await running.live()).toEqual(at('/c', '/d', '/e', '/f', '/g'));
  });

  it('of which a part cannot be read withdraws nothing', async () => {
    answers()['/sitemap.xml'] = index('/one.xml', '/two.xml');
    answers()['/one.xml'] = urls(['/a'], ['/b'], ['/c']);
    answers()['/two.xml'] = urls(['/d']);
    for (const path of ['/a', '/b', '/c', '/d']) answers()[path] = page(`Page ${path}`);
    await running.ingest(`${origin}/sitemap.xml`);
    answers()['/one.xml'] = urls(['/a'], ['/b']);
    answers()['/two.xml'] = urls(['/d']).slice(0, -20);
    expect(await running.ingest(`${origin}/sitemap.xml`, 'all')).toMatchObject({ failed: 1, listing: null });
    answers()['/sitemap.xml'] = '<urlset>';
    await expect(running.ingest(`${origin}/sitemap.xml`, 'all')).rejects.toThrow('cut off');
    expect(await running.live()).toHaveLength(4);
  });
});
