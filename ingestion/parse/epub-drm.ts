import { AppError } from '../../library/errors.ts';
import type { Archive } from './archive.ts';
import type { BookFile } from './epub-toc.ts';
import { readXml, resolveInPackage } from './packaged-files.ts';
import { descendants } from './xml.ts';

const LIST = 'META-INF/encryption.xml';

/**
 * Fonts are disguised in many free books, which is no protection of the text.
 * @throws AppError `unreadable-resource` when pages of the book are encrypted.
 */
export async function refuseDrm(archive: Archive, pages: BookFile[]): Promise<void> {
  if (!archive.has(LIST)) return;
  const encrypted = [...descendants(await readXml(archive, LIST), 'CipherReference')].map(({ attributes }) =>
    resolveInPackage('container', attributes.URI ?? ''),
  );
  if (pages.some(({ name }) => encrypted.includes(name))) {
    throw new AppError(
      'unreadable-resource',
      'the e-book is protected (DRM), so its text cannot be read; bring a copy without protection',
    );
  }
}
