import { Parser } from 'htmlparser2';
import { AppError } from '../../library/errors.ts';

/** Documents nest some ten deep, formulas some more; walkers of the tree are recursive. */
const DEEPEST = 200;

/** Elements that are held at once: about 60 MB. Larger files are read in pieces by `eachXmlElement`. */
const MOST_ELEMENTS = 250_000;

/** An element of XML; its children in document order. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** Prefixes for the names of namespaces, by their address. */
export type Namespaces = Record<string, string>;

/**
 * Reads XML into a tree. Prefixes are the writer's free choice, so names come without them; those in `namespaces` get
 * the prefix that is given there ("w:p"). Entities other than those of XML itself stay as they are written.
 * @throws AppError `unreadable-resource` when it is none, is cut off, nests too deep, is too large or declares entities.
 */
export function parseXml(source: string, namespaces: Namespaces = {}): XmlElement {
  let root: XmlElement | undefined;
  walk(source, namespaces, { isWanted: () => true, take: element => (root ??= element) });
  if (!root) throw unreadable('not XML');
  return root;
}

/**
 * Calls `take` with each outermost element that has one of the `names`, and forgets it: for files too large for a tree.
 * @throws AppError `unreadable-resource` as `parseXml` does.
 */
export function eachXmlElement(
  source: string,
  namespaces: Namespaces,
  names: string[],
  take: (element: XmlElement) => void,
): void {
  const wanted = new Set(names);
  walk(source, namespaces, { isWanted: name => wanted.has(name), take });
}

/** The text of XML bytes: by byte order mark, else as the declaration says, else UTF-8. */
export function decodeXml(bytes: Buffer): string {
  const mark = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.subarray(0, 2).toString('hex')];
  const declared = /^[^<]{0,3}<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  )?.[1];
  try {
    return new TextDecoder(mark ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(`not valid ${mark ?? declared ?? 'UTF-8'} text`, cause);
  }
}

/** The child elements, all or those of a name. */
export function childElements(element: XmlElement | undefined, name?: string): XmlElement[] {
  const elements = (element?.children ?? []).filter(child => typeof child !== 'string');
  return name === undefined ? elements : elements.filter(child => child.name === name);
}

/** The first child element of a name, and from it on down the further names. */
export function descend(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  let found = element;
  for (const name of names) {
    found = found?.children.find(child => typeof child !== 'string' && child.name === name) as
      | XmlElement
      | undefined;
  }
  return found;
}

/** All elements of a name below, in document order. */
export function* descendants(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.name === name) yield child;
    yield* descendants(child, name);
  }
}

/** All text below, as it stands. */
export function xmlText(node: XmlElement | string | undefined): string {
  if (node === undefined) return '';
  return typeof node === 'string' ? node : node.children.map(xmlText).join('');
}

interface Walker {
  isWanted(name: string): boolean;
  take(element: XmlElement): void;
}

/** What prefixes mean within an element, and the names that were worked out there already. */
interface Scope {
  addresses: Map<string, string>;
  names: Map<string, string>;
}

const NO_ATTRIBUTES: Record<string, string> = Object.freeze(Object.create(null));

function walk(source: string, namespaces: Namespaces, { isWanted, take }: Walker): void {
  const scopes: Scope[] = [{ addresses: new Map(), names: new Map() }];
  const held: XmlElement[] = [];
  let count = 0;
  const parser = new Parser(
    {
      onopentag(rawName, rawAttributes) {
        if (scopes.length > DEEPEST) throw unreadable(`nested more than ${DEEPEST} deep`);
        const scope = scopeWithin(scopes.at(-1)!, rawAttributes);
        scopes.push(scope);
        const name = nameOfElement(scope, rawName, namespaces);
        if (held.length === 0 && !isWanted(name)) return;
        if (++count > MOST_ELEMENTS) throw unreadable(`more than ${MOST_ELEMENTS} elements in one piece`);
        const attributes = attributesIn(scope, rawAttributes, namespaces);
        const element: XmlElement = { name, attributes, children: [] };
        held.at(-1)?.children.push(element);
        held.push(element);
      },
      onclosetag() {
        scopes.pop();
        const element = held.pop();
        if (!element || held.length > 0) return;
        count = 0;
        take(element);
      },
      ontext(text) {
        const children = held.at(-1)?.children;
        if (typeof children?.at(-1) === 'string') children[children.length - 1] += text;
        else children?.push(text);
      },
      onprocessinginstruction(_name, data) {
        if (/^!doctype[^>]*\[|^!entity/i.test(data)) throw unreadable('it declares entities of its own');
      },
    },
    { xmlMode: true },
  );
  parser.write(source);
  if (scopes.length > 1) throw unreadable('it is cut off');
  parser.end();
}

function scopeWithin(outer: Scope, attributes: Record<string, string>): Scope {
  const declared = Object.entries(attributes).filter(([name]) => isDeclaration(name));
  if (declared.length === 0) return outer;
  const addresses = new Map(outer.addresses);
  for (const [name, address] of declared) addresses.set(name.slice('xmlns:'.length), address);
  return { addresses, names: new Map() };
}

function isDeclaration(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:');
}

/** The same string for every element of a name: there are hundreds of thousands in a large table. */
function nameOfElement(scope: Scope, rawName: string, namespaces: Namespaces): string {
  let name = scope.names.get(rawName);
  if (name === undefined) {
    name = nameIn(scope, rawName, namespaces);
    scope.names.set(rawName, name);
  }
  return name;
}

/** An attribute without prefix is in no namespace, whatever the default one is. */
function attributesIn(scope: Scope, raw: Record<string, string>, namespaces: Namespaces) {
  const names = Object.keys(raw).filter(name => !isDeclaration(name));
  if (names.length === 0) return NO_ATTRIBUTES;
  const attributes: Record<string, string> = Object.create(null);
  for (const rawName of names) {
    const name = rawName.includes(':') ? nameIn(scope, rawName, namespaces) : rawName;
    if (name === rawName || !(name in attributes)) attributes[name] = raw[rawName]!;
  }
  return attributes;
}

function nameIn(scope: Scope, rawName: string, namespaces: Namespaces): string {
  const colon = rawName.indexOf(':');
  const address = scope.addresses.get(colon < 0 ? '' : rawName.slice(0, colon));
  const prefix = address === undefined ? undefined : namespaces[address];
  const local = rawName.slice(colon + 1);
  return prefix === undefined ? local : `${prefix}:${local}`;
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError('unreadable-resource', `XML that cannot be read: ${reason}`, { cause });
}
