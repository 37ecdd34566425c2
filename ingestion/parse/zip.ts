import { AppError, messageOf } from '../../library/errors.ts';
import { readArchive } from './archive.ts';
import { MANIFEST, parseCartridge } from './cartridge.ts';
import type { FileContent, FileParser } from './file-content.ts';

/** What systems put into archives for themselves. */
const SYSTEM_FILES = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Reads an archive of files, each by `parsePart`; one with a manifest is a course package. Ids and places are those of
 * the file, behind the path of the archive.
 * @throws AppError `unreadable-resource` when no file in it could be read.
 */
export async function parseZip(bytes: Buffer, path: string, parsePart: FileParser): Promise<FileContent> {
  const archive = await readArchive(bytes);
  if (archive.names.some(name => name.split('/').length <= 2 && name.split('/').at(-1) === MANIFEST)) {
    return parseCartridge(bytes, path, parsePart);
  }
  const content: FileContent = { resources: [], leftOut: [] };
  for (const name of archive.names.filter(other => !SYSTEM_FILES.test(other))) {
    const place = `${path}/${name}`;
    try {
      const { resources, leftOut } = await parsePart(await archive.read(name), place);
      content.resources.push(...resources);
      content.leftOut.push(...leftOut);
    } catch (error) {
      // A fault of ours must not look like one of the file.
      if (!(error instanceof AppError)) throw error;
      content.leftOut.push({ place, reason: messageOf(error) });
    }
  }
  if (content.resources.length === 0) {
    const first = content.leftOut[0];
    const reason = first ? `; "${first.place}": ${first.reason}` : '';
    throw new AppError('unreadable-resource', `no file in the archive could be read${reason}`);
  }
  return content;
}
