import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FoundEntry } from './read-text.ts';
import { readSources } from './sources.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sources-'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
});

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(...paths: string[]): Promise<FoundEntry[]> {
  const entries: FoundEntry[] = [];
  for await (const entry of await readSources(paths)) entries.push(entry);
  return entries;
}

/** `place → id` or `place ✗ reason`, with places relative to the folder. */
async function summary(...paths: string[]): Promise<string[]> {
  return (await read(...paths)).map(entry => {
    const place = entry.place.replace(`${folder}/`, '');
    if ('payload' in entry) return `${place} → ${entry.resourceId}`;
    if ('skipped' in entry) return `${place} – ${entry.skipped}`;
    return `${place} ✗ ${'reason' in entry ? entry.reason : entry.leftOut}`;
  });
}

const line = (id: unknown, text = 'x') => JSON.stringify({ id, title: 't', text });

describe('readSources', () => {
  it('walks folders in order, passes over what it cannot read and names what is wrong', async () => {
    await write('b/notes.txt', '文字');
    await write('b/page.htm', '<p>x</p>');
    await write('a.md', '---\nid: front\n---\nx');
    await write('c/photo.png', '');
    await write('.git/config.txt', 'x');
    await write('d.json', '{"name":"not a resource"}');
    await write('e.md', '---\nid: [\n---\n');
    const entries = await summary(folder);
    expect(entries.slice(0, 4)).toEqual([
      'a.md → front',
      'b/notes.txt → b/notes.txt',
      'b/page.htm → b/page.htm',
      'c/photo.png – no reader for ".png"',
    ]);
    expect(entries[4]).toBe(
      'd.json ✗ neither schema.org learning resources nor objects with id, title and text',
    );
    expect(entries[5]).toMatch(/^e\.md ✗ the front matter is not valid YAML/);
    expect(entries).toHaveLength(6);
  });

  it('names a bad line by its number and reads the rest, with BOM, CRLF and no line feed at the end', async () => {
    const path = await write(
      'm.jsonl',
      Buffer.concat([
        Buffer.from(`\uFEFF${line('a')}\r\n\r\n{"id":\n${line('b')}\n`),
        Buffer.from('{"id":"c","title":"t","text":"\xff\xfe"}\n', 'latin1'),
        Buffer.from(`{"id":"\u0000"}\n${line(5)}\n${line('d\u0000')}\n"text"\n${line('e')}`),
      ]),
    );
    const entries = await summary(path);
    expect(entries.filter(entry => entry.includes('→'))).toEqual([
      'm.jsonl:1 → a',
      'm.jsonl:4 → b',
      'm.jsonl:8 → d',
      'm.jsonl:10 → e',
    ]);
    expect(entries.filter(entry => entry.includes('✗')).map(entry => entry.slice(0, 27))).toEqual([
      'm.jsonl:3 ✗ not valid JSON;',
      'm.jsonl:5 ✗ not valid UTF-8',
      'm.jsonl:6 ✗ not valid JSON;',
      'm.jsonl:7 ✗ id: a non-empty',
      'm.jsonl:9 ✗ not a JSON obje',
    ]);
    expect(JSON.stringify(entries)).not.toContain('\\u0000');
  });

  it('keeps the first of two resources with one id and names the second', async () => {
    await write('1.jsonl', `${line('a')}\n${line('a', 'other')}`);
    await write('2.md', '---\nid: a\n---\nx');
    expect(await summary(folder)).toEqual([
      '1.jsonl:1 → a',
      `1.jsonl:2 ✗ same id as ${folder}/1.jsonl:1`,
      `2.md ✗ same id as ${folder}/1.jsonl:1`,
    ]);
  });

  it('reads schema.org nodes alone, in arrays, graphs and pages, and plain arrays of resources', async () => {
    const node = (id: string) => ({ '@type': 'Course', '@id': id, name: id });
    await write('1.jsonld', JSON.stringify(node('one')));
    await write(
      '2.json',
      JSON.stringify({ '@graph': [{ '@type': 'Person' }, node('two'), [node('three')]] }),
    );
    const script = `<script type="application/ld+json">${JSON.stringify([node('four'), node('five')])}</script>`;
    await write('3.html', script);
    await write(
      '4.html',
      `<p>x</p><script type="application/ld+json">${JSON.stringify(node('six'))}</script>`,
    );
    await write('5.json', `[${line('seven')},${line('eight')}]`);
    expect(await summary(folder)).toEqual([
      '1.jsonld → one',
      '2.json#1 → two',
      '2.json#2 → three',
      '3.html#1 → four',
      '3.html#2 → five',
      '4.html → six',
      '5.json#1 → seven',
      '5.json#2 → eight',
    ]);
  });

  it('does not follow symbolic links in circles, and names a broken one', async () => {
    await write('sub/a.txt', 'x');
    await symlink(folder, join(folder, 'sub/up'));
    await symlink(join(folder, 'nowhere'), join(folder, 'sub/z.txt'));
    const entries = await summary(folder);
    expect(entries.slice(0, 2)).toEqual([
      'sub/a.txt → sub/a.txt',
      'sub/up – read already under another name',
    ]);
    expect(entries[2]).toMatch(/^sub\/z\.txt ✗ the file is not where it was/);
  });

  it('reads UTF-16 and GB 18030 files, and refuses other bytes', async () => {
    await write('1.txt', Buffer.from('\uFEFF万有引力', 'utf16le'));
    await write('2.txt', Buffer.from([0xcd, 0xf2, 0xd3, 0xd0, 0xd2, 0xfd, 0xc1, 0xa6]));
    await write('3.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20]));
    const entries = await read(folder);
    expect(entries.map(entry => ('payload' in entry ? entry.payload.split('\n')[1] : 'fault'))).toEqual([
      '万有引力',
      '万有引力',
      'fault',
    ]);
  });

  it('names a line and a file that are too large, and reads on', async () => {
    await write('1.jsonl', `${line('a')}\n${line('b', 'x'.repeat(21 * 1024 * 1024))}\n${line('c')}\n`);
    await write('2.txt', 'x'.repeat(21 * 1024 * 1024));
    expect(await summary(folder)).toEqual([
      '1.jsonl:1 → a',
      '1.jsonl:2 ✗ the line is larger than 20 MB',
      '1.jsonl:3 → c',
      '2.txt ✗ the file is larger than 20 MB',
    ]);
  });

  it('refuses a missing path before anything is read, and names a file it cannot read', async () => {
    await expect(readSources([folder, join(folder, 'no'), '/no/way'])).rejects.toThrow(
      `No such file or folder: ${join(folder, 'no')}, /no/way`,
    );
    expect(await summary(await write('a.mp4', ''))).toEqual(['a.mp4 ✗ no reader for ".mp4"']);
  });
});
