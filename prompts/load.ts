import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../library/errors.ts';

/** A prompt as its file has it, shared parts put in. `hash` (12 hex digits of SHA-256) covers body and parts. */
export interface Prompt {
  name: string;
  version: number;
  hash: string;
  description: string;
  variables: string[];
  body: string;
}

const frontMatter = z.strictObject({
  name: z.string(),
  version: z.number().int().min(1),
  description: z.string().min(1),
  variables: z.record(z.string(), z.string().min(1)),
});
const lockSchema = z.record(z.string(), z.object({ version: z.number(), hash: z.string() }));

const FOLDER = new URL('./', import.meta.url);
const FILE = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u;
const PART = /\{\{> ([\w/-]+)\}\}/gu;
const VARIABLE = /\{\{([\w-]+)\}\}/gu;

/**
 * Reads the prompt `name` (`tutor/answer`) with its shared parts (`{{> shared/citations}}`, one level deep).
 * @throws AppError `invalid-input` for unknown front matter, variables undeclared or unused, or a text that is not the one
 * of its version in prompts.lock.json.
 */
export function loadPrompt(name: string, folder: URL = FOLDER): Prompt {
  const { fields, text } = readPrompt(name, folder);
  const body = text.replace(PART, (_, part: string) => readPrompt(part, folder).text);
  const used = new Set([...body.matchAll(VARIABLE)].map(([, variable]) => variable!));
  const declared = Object.keys(fields.variables);
  const faults = [
    ...declared
      .filter(variable => !used.has(variable))
      .map(variable => `declares "${variable}" but does not use it`),
    ...[...used]
      .filter(variable => !declared.includes(variable))
      .map(variable => `uses "${variable}" undeclared`),
    ...(/\{\{|\}\}/u.test(body.replace(VARIABLE, '')) ? ['has braces that are no placeholder'] : []),
  ];
  if (faults.length > 0) throw refused(name, `${faults.join('; ')}.`);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  checkLock(name, { version: fields.version, hash }, folder);
  return { ...fields, variables: declared, hash, body };
}

/**
 * The text of a prompt with its variables put in. Values are put in as they are: data goes into tagged messages instead.
 * @throws AppError `invalid-input` for a value that is missing or not asked for.
 */
export function renderPrompt(prompt: Prompt, values: Record<string, string> = {}): string {
  const missing = prompt.variables.filter(variable => values[variable] === undefined);
  const unknown = Object.keys(values).filter(variable => !prompt.variables.includes(variable));
  if (missing.length > 0) throw refused(prompt.name, `needs a value for ${missing.join(', ')}.`);
  if (unknown.length > 0) throw refused(prompt.name, `has no variable ${unknown.join(', ')}.`);
  return prompt.body.replace(VARIABLE, (_, variable: string) => values[variable]!);
}

function readPrompt(name: string, folder: URL) {
  const [, head, text] = FILE.exec(readFileSync(new URL(`${name}.md`, folder), 'utf8')) ?? [];
  if (head === undefined || text === undefined) throw refused(name, 'has no front matter.');
  const fields = frontMatter.safeParse(parse(head));
  if (!fields.success) throw refused(name, `has wrong front matter: ${z.prettifyError(fields.error)}`);
  if (fields.data.name !== name) throw refused(name, `calls itself "${fields.data.name}".`);
  return { fields: fields.data, text: text.trim() };
}

function checkLock(name: string, found: { version: number; hash: string }, folder: URL): void {
  const lock = lockSchema.parse(JSON.parse(readFileSync(new URL('prompts.lock.json', folder), 'utf8')));
  const locked = lock[name];
  if (locked?.version === found.version && locked.hash === found.hash) return;
  const advice =
    locked && locked.version === found.version
      ? `was changed without a new version. Set \`version: ${found.version + 1}\`, then load it again.`
      : `is not in prompts.lock.json as it stands. Put in ${JSON.stringify(name)}: ${JSON.stringify(found)}`;
  throw refused(name, advice);
}

function refused(name: string, fault: string): AppError {
  return new AppError('invalid-input', `The prompt "${name}" ${fault}`);
}
