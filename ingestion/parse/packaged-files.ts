import { posix } from 'node:path';
import type { Archive } from './archive.ts';
import { cleanText } from './clean-text.ts';
import { decodeXml, parseXml, type XmlElement } from './xml.ts';

/**
 * The tree of an XML file in an archive.
 * @throws AppError `unreadable-resource`
 */
export async function readXml(archive: Archive, name: string): Promise<XmlElement> {
  return parseXml(cleanText(decodeXml(await archive.read(name))));
}

/** The name in the archive that `href` leads to from the file `from`; undefined for an address outside of it. */
export function resolveInPackage(from: string, href: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
  const path = decoded(href.replace(/[?#].*$/s, '')).replaceAll('\\', '/');
  const resolved = posix.normalize(posix.join(posix.dirname(from), path));
  return resolved === '.' || resolved.startsWith('../') || resolved.startsWith('/') ? undefined : resolved;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A per cent sign that is part of the name.
    return path;
  }
}
