import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

/** An original file, named by the SHA-256 of its bytes (hex). */
export interface StoredFile {
  hash: string;
  bytes: number;
  mediaType: string;
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
