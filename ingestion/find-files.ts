import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { AppError } from '../library/errors.ts';
import { extensionOf, FILE_FORMATS } from '../library/file-formats.ts';
import { reasonOf } from './reason.ts';

/** A file to read, or why it is not read. `path` is as the caller named it, `id` relative to the ingested folder. */
export type FoundFile =
  | { kind: 'file'; path: string; id: string; extension: string; bytes: number }
  | { kind: 'skipped'; path: string; reason: string }
  | { kind: 'fault'; path: string; reason: string };

/**
 * Checks that every path exists, before anything is read.
 * @throws AppError `not-found` naming those that do not.
 */
export async function requirePaths(paths: string[]): Promise<void> {
  const missing: string[] = [];
  for (const path of paths) {
    await stat(path).catch(() => missing.push(path));
  }
  if (missing.length > 0) {
    throw new AppError('not-found', `No such file or folder: ${missing.join(', ')}. Nothing was ingested.`);
  }
}

/**
 * Finds the files of `paths` in a stable order, folders recursively. Hidden entries and node_modules are passed over;
 * a folder that is reached twice, as through a symbolic link to its parent, is read once.
 */
export async function* findFiles(paths: string[]): AsyncGenerator<FoundFile> {
  const seen = new Set<string>();
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory();
    yield* visit(path, isFolder ? '' : basename(resolve(path)), seen, true);
  }
}

async function* visit(
  path: string,
  id: string,
  seen: Set<string>,
  named: boolean,
): AsyncGenerator<FoundFile> {
  try {
    const entry = await stat(path);
    const real = await realpath(path);
    if (seen.has(real)) yield { kind: 'skipped', path, reason: 'read already under another name' };
    else if (entry.isDirectory()) {
      seen.add(real);
      const names = (await readdir(path)).sort();
      for (const name of names) {
        if (name.startsWith('.') || name === 'node_modules') continue;
        yield* visit(join(path, name), id === '' ? name : `${id}/${name}`, seen, false);
      }
    } else if (!entry.isFile()) yield { kind: 'skipped', path, reason: 'not a regular file' };
    else {
      seen.add(real);
      yield fileOf(path, id, entry.size, named);
    }
  } catch (error) {
    yield { kind: 'fault', path, reason: reasonOf(error) };
  }
}

function fileOf(path: string, id: string, bytes: number, named: boolean): FoundFile {
  const extension = extensionOf(path);
  if (FILE_FORMATS[extension]) {
    return { kind: 'file', path: path.split(sep).join('/'), id, extension, bytes };
  }
  // A file that was asked for by name and cannot be read is a fault; in a folder it merely lies beside the others.
  return {
    kind: named ? 'fault' : 'skipped',
    path,
    reason: `no reader for "${extension || basename(path)}"`,
  };
}
