import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../library/errors.ts';
import type { FileStore } from '../library/files.ts';
import type { KnownSource, SourceKind } from '../library/sources.ts';
import { requirePaths } from './find-files.ts';
import { harvest } from './oai/harvest.ts';
import type { SourceEntry } from './read-text.ts';
import type { Fetcher } from './safe-fetch.ts';
import { readFolder } from './sources.ts';
import { readWeb } from './web/read-web.ts';

/** Something to ingest from that is remembered, so that the next time only what changed is read. */
export interface Input {
  /** What it is remembered by. */
  location: string;
  kind: SourceKind;
  /** What people call it. */
  label: string;
  read(known: KnownSource, inMotion: ReadonlySet<string>): Promise<AsyncGenerator<SourceEntry>>;
}

/** True for what is an address rather than a path. */
export function isAddress(input: string): boolean {
  return /^[a-z][a-z+.-]*:\/\//i.test(input);
}

/**
 * Opens a folder, a web address or `oai+https://host/oai?set=…`. `syncs` says that what is missing will be withdrawn.
 * @throws AppError `not-found` for a path that does not exist; `invalid-input` for an address of another kind.
 */
export async function openInput(
  input: string,
  options: { fetcher: Fetcher; files: FileStore; syncs: boolean },
): Promise<Input> {
  return isAddress(input) ? openAddress(input, options) : openFolder(input, options.files);
}

async function openFolder(path: string, files: FileStore): Promise<Input> {
  await requirePaths([path]);
  const location = await realpath(path);
  return {
    location,
    kind: 'files',
    label: basename(location),
    // Places are remembered whole, so that the folder is the same from wherever the command is called.
    read: ({ stamps }, inMotion) => readFolder(location, { stamps, inMotion }, files),
  };
}

function openAddress(
  input: string,
  { fetcher, files, syncs }: { fetcher: Fetcher; files: FileStore; syncs: boolean },
): Input {
  const isOai = /^oai\+/i.test(input);
  const plain = isOai ? input.slice('oai+'.length) : input;
  if (!URL.canParse(plain) || !/^https?:/i.test(plain)) {
    throw new AppError(
      'invalid-input',
      `"${input}" is no address that can be read. Use https://…, or oai+https://… for a repository.`,
    );
  }
  const url = new URL(plain);
  url.hash = '';
  const location = isOai ? `oai+${url.href}` : url.href;
  return {
    location,
    kind: isOai ? 'oai' : 'web',
    label: location.slice(0, 200),
    read: async known =>
      isOai ? harvest(url, { fetcher, known, needsWhole: syncs }) : readWeb(url, { fetcher, known, files }),
  };
}
