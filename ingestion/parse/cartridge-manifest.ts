import { resolveInPackage } from './packaged-files.ts';
import { childElements, descend, descendants, type XmlElement, xmlText } from './xml.ts';

/** Something in the course that has a file. */
export interface Part {
  identifier: string;
  /** Its title in the course; empty for what the course does not list. */
  title: string;
  /** The titles of the units that it stands in. */
  above: string[];
  type: string;
  file: string;
}

export interface Manifest {
  title: string;
  description: string | undefined;
  language: string | undefined;
  /** In the order of the course, then what it does not list. */
  parts: Part[];
}

/** Files that hold text when the course does not list them. */
const TEXT_TYPES = /^ims(?:dt|wl|qti)|qti/;
const TEXT_FILES = /\.(?:x?html?|pdf|docx|pptx|md|txt|srt|vtt|epub)$/i;

/** Reads the manifest of a course package; `name` is its own in the archive. */
export function readManifest(root: XmlElement, name: string): Manifest {
  const general = [...descendants(descend(root, 'metadata') ?? root, 'general')][0];
  const resources = new Map(
    childElements(descend(root, 'resources'), 'resource').map(resource => [
      resource.attributes.identifier ?? '',
      resource,
    ]),
  );
  const parts: Part[] = [];
  const add = (resource: XmlElement, title: string, above: string[]) => {
    const file = fileOf(resource, name);
    const { identifier = '', type = '' } = resource.attributes;
    if (file !== undefined) parts.push({ identifier, title, above, type, file });
  };
  const visit = (item: XmlElement, above: string[]) => {
    const title = lineOfXml(descend(item, 'title'));
    const resource = resources.get(item.attributes.identifierref ?? '');
    if (resource) add(resource, title, above);
    resources.delete(item.attributes.identifierref ?? '');
    for (const child of childElements(item, 'item')) visit(child, title === '' ? above : [...above, title]);
  };
  const organization = descend(root, 'organizations', 'organization');
  for (const item of childElements(organization, 'item')) visit(item, []);
  for (const resource of resources.values()) {
    const file = fileOf(resource, name);
    if (TEXT_TYPES.test(resource.attributes.type ?? '') || TEXT_FILES.test(file ?? '')) add(resource, '', []);
  }
  return {
    title: lineOfXml(descend(general, 'title')) || lineOfXml(descend(organization, 'title')),
    description: lineOfXml(descend(general, 'description')) || undefined,
    language: lineOfXml(descend(general, 'language')) || undefined,
    parts,
  };
}

function fileOf(resource: XmlElement, manifest: string): string | undefined {
  const base = resource.attributes['xml:base'] ?? resource.attributes.base ?? '';
  const href = resource.attributes.href ?? descend(resource, 'file')?.attributes.href;
  return href === undefined ? undefined : (resolveInPackage(manifest, base + href) ?? href);
}

function lineOfXml(element: XmlElement | undefined): string {
  return xmlText(element).replace(/\s+/g, ' ').trim();
}
