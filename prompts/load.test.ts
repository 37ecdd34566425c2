import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadPrompt, renderPrompt } from './load.ts';

let root: string;
let folder: URL;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'prompts-'));
  folder = pathToFileURL(`${root}/`);
  await mkdir(join(root, 'shared'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(() => writeFile(join(root, 'prompts.lock.json'), '{}'));

async function write(name: string, body: string, head = 'variables: {}') {
  const text = `---\nname: ${name}\nversion: 1\ndescription: d\n${head}\n---\n\n${body}\n`;
  await writeFile(join(root, `${name}.md`), text);
}

async function lock(name: string, body: string, version = 1) {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  await writeFile(join(root, 'prompts.lock.json'), JSON.stringify({ [name]: { version, hash } }));
}

test('a prompt is its body with shared parts and values put in', async () => {
  await write(
    'greet',
    'Hello {{who}}.\n\n{{> shared/rule}}\nSay {{who}} again.',
    'variables: { who: "a name" }',
  );
  await write('shared/rule', 'Be kind.');
  await lock('greet', 'Hello {{who}}.\n\nBe kind.\nSay {{who}} again.');
  const prompt = loadPrompt('greet', folder);
  expect(renderPrompt(prompt, { who: 'Li {{who}} $&' })).toBe(
    'Hello Li {{who}} $&.\n\nBe kind.\nSay Li {{who}} $& again.',
  );
  expect(prompt).toMatchObject({ name: 'greet', version: 1, hash: expect.stringMatching(/^[0-9a-f]{12}$/) });
  expect(() => renderPrompt(prompt)).toThrow('needs a value for who');
  expect(() => renderPrompt(prompt, { who: 'x', what: 'y' })).toThrow('has no variable what');
});

test.each([
  ['uses "who" undeclared', 'Hello {{who}}', 'variables: {}'],
  ['declares "who" but does not use it', 'Hello', 'variables: { who: "a name" }'],
  ['braces that are no placeholder', 'Hello {{#if x}}', 'variables: {}'],
  ['wrong front matter', 'Hello', 'variables: {}\nmodel: gpt'],
  ['wrong front matter', 'Hello', 'variables: { who: "" }'],
  ['is not in prompts.lock.json', 'Hello', 'variables: {}'],
])('refuses a prompt that %s', async (fault, body, head) => {
  await write('bad', body, head);
  expect(() => loadPrompt('bad', folder)).toThrow(fault);
});

test('a changed text needs a new version, also when only a shared part changed', async () => {
  await write('greet', 'Hi. {{> shared/rule}}');
  await write('shared/rule', 'Be kind.');
  await lock('greet', 'Hi. Be kind.');
  expect(loadPrompt('greet', folder).version).toBe(1);
  await write('shared/rule', 'Be brief.');
  expect(() => loadPrompt('greet', folder)).toThrow('Set `version: 2`');
});

test('every prompt of the product loads, and the lock knows no others', async () => {
  const files = await readdir(new URL('.', import.meta.url), { recursive: true });
  const names = files.filter(file => file.endsWith('.md')).map(file => file.slice(0, -3));
  for (const name of names) {
    const prompt = loadPrompt(name);
    const values = Object.fromEntries(prompt.variables.map(variable => [variable, `«${variable}»`]));
    expect(renderPrompt(prompt, values)).not.toMatch(/\{\{|\}\}/u);
  }
  const locked = JSON.parse(await readFile(new URL('prompts.lock.json', import.meta.url), 'utf8'));
  expect(Object.keys(locked)).toEqual(names.sort());
});
