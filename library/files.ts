import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** An original file, named by the SHA-256 of its bytes (hex). */
export interface StoredFile {
  hash: string;
  bytes: number;
  mediaType: string;
}

/** Something in the store; without a hash it is a draft of a `put` that broke off. */
export interface OldFile {
  path: string;
  hash?: string;
}

/** Keeps original files. On disk; whatever else keeps them offers the same. */
export interface FileStore {
  /**
   * Keeps what `source` delivers; when this resolves it is on the disk, under a name that only these bytes have.
   * @throws AppError `unreadable-resource` when it is empty or has more than `limit` bytes; then nothing is kept.
   */
  put(source: Readable | Iterable<Buffer>, limit: number): Promise<Pick<StoredFile, 'hash' | 'bytes'>>;
  /** Where the bytes lie, for a process that reads them. */
  pathOf(hash: string): string;
  /** What lies here since before `before`, drafts that broke off and files, by its name in `folder`. */
  listOlder(before: Date): AsyncIterable<OldFile>;
  /**
   * Removes what `listOlder` named, unless somebody has brought the same bytes anew since `before`. While this runs
   * nobody may come to rely on the file.
   */
  removeOlder(file: OldFile, before: Date): Promise<boolean>;
  /** @throws AppError `not-found` when the store has lost the file. */
  open(hash: string, range?: { start: number; end: number }): Promise<ReadStream>;
}

/** A store in `folder`, which is made when the first file comes. Several processes may share it. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash);
  return {
    pathOf,
    async put(source, limit) {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `.${randomUUID()}`);
      try {
        const { hash, bytes } = await writeDraft(draft, source, limit);
        await mkdir(join(folder, hash.slice(0, 2)), { recursive: true });
        await rename(draft, pathOf(hash));
        return { hash, bytes };
      } finally {
        await rm(draft, { force: true });
      }
    },
    async *listOlder(before) {
      for (const path of await readdir(folder, { recursive: true }).catch(noneYet)) {
        const name = basename(path);
        const found = { path: join(folder, path), ...(HASH.test(name) && { hash: name }) };
        if ((found.hash || DRAFT.test(name)) && (await isOlder(found.path, before))) yield found;
      }
    },
    async removeOlder({ path, hash }, before) {
      // Out of the way first: between a look and a removal the same bytes might come again.
      const aside = join(folder, `.${randomUUID()}`);
      await rename(path, aside);
      const isOld = await isOlder(aside, before);
      if (hash && !isOld) await rename(aside, path);
      else await rm(aside);
      return isOld;
    },
    async open(hash, range) {
      const path = pathOf(hash);
      await stat(path).catch(cause => {
        throw new AppError('not-found', 'The original file is not in the store any more. Upload it again.', {
          cause,
        });
      });
      return createReadStream(path, range);
    },
  };
}

const HASH = /^[0-9a-f]{64}$/;
const DRAFT = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The folder is made when the first file comes. */
function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** By the time of its last change; a file that has gone meanwhile is none. */
async function isOlder(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(noneYet);
  return 'mtime' in found && found.isFile() && found.mtime < before;
}

async function writeDraft(path: string, source: Readable | Iterable<Buffer>, limit: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const part of source as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > limit) {
        throw new AppError(
          'unreadable-resource',
          `the file is larger than ${Math.floor(limit / 1024 / 1024)} MB; divide it`,
        );
      }
      hash.update(part);
      await file.write(part);
    }
    if (bytes === 0) throw new AppError('unreadable-resource', 'the file is empty');
    // Postgres will say that the file is kept: it must not be in a buffer that a power cut empties.
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: hash.digest('hex'), bytes };
}

/** Writes down that these files are kept; in the transaction that accepts them. */
export async function recordFiles(db: Db, files: StoredFile[]): Promise<void> {
  if (files.length === 0) return;
  await db.query(
    `insert into public.file (hash, bytes, media_type)
     select decode(hash, 'hex'), bytes, media_type
     from unnest($1::text[], $2::bigint[], $3::text[]) as new(hash, bytes, media_type)
     on conflict (hash) do nothing`,
    [files.map(file => file.hash), files.map(file => file.bytes), files.map(file => file.mediaType)],
  );
}
