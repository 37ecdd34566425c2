import { currentChildren, isOn } from './office-package.ts';
import { childElements, descend, descendants, type XmlElement } from './xml.ts';

/** Where a shape stands on its slide, in the file's own units. */
export interface Place {
  x: number;
  y: number;
  height: number;
}

/** A shape with text, a table or a diagram. */
export interface Shape {
  element: XmlElement;
  /** What it is a placeholder for ("title", "body", "sldNum"); undefined for free shapes. */
  role: string | undefined;
  place: Place | undefined;
}

/** Places of the placeholders of a layout, which slides leave out, by role and by index. */
export type LayoutPlaces = Map<string, Place>;

/** Dates, footers and numbers repeat on every slide. */
const REPEATED = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg']);

export function readLayout(root: XmlElement | undefined): LayoutPlaces {
  const places: LayoutPlaces = new Map();
  if (!root) return places;
  for (const shape of descendants(root, 'p:sp')) {
    const [place, placeholder] = [placeOf(shape), placeholderOf(shape)];
    if (!place || !placeholder) continue;
    for (const key of keysOf(placeholder)) if (!places.has(key)) places.set(key, place);
  }
  return places;
}

/** The visible shapes of a slide in reading order: the title first, then row by row. Groups stay together. */
export function readShapes(root: XmlElement, layout: LayoutPlaces): Shape[] {
  const shapes = shapesIn(descend(root, 'p:cSld', 'p:spTree'), layout);
  const isTitle = ({ role }: Shape) => role === 'title' || role === 'ctrTitle';
  return [...shapes.filter(isTitle), ...shapes.filter(shape => !isTitle(shape))];
}

function shapesIn(tree: XmlElement | undefined, layout: LayoutPlaces): Shape[] {
  const groups = currentChildren(tree)
    .filter(element => !isHidden(element))
    .map(element => {
      if (element.name === 'p:grpSp') return { shapes: shapesIn(element, layout), place: placeOf(element) };
      const shape = readShape(element, layout);
      return { shapes: shape ? [shape] : [], place: shape?.place };
    });
  return inRows(groups.filter(({ shapes }) => shapes.length > 0)).flatMap(({ shapes }) => shapes);
}

function readShape(element: XmlElement, layout: LayoutPlaces): Shape | undefined {
  if (element.name !== 'p:sp' && element.name !== 'p:graphicFrame') return undefined;
  const placeholder = placeholderOf(element);
  const role = placeholder && (placeholder.attributes.type ?? 'body');
  if (role !== undefined && REPEATED.has(role)) return undefined;
  const inherited = placeholder && keysOf(placeholder).map(key => layout.get(key));
  return { element, role, place: placeOf(element) ?? inherited?.find(place => place !== undefined) };
}

/** What has no place of its own stays behind what came before it. */
function inRows<T extends { place: Place | undefined }>(items: T[]): T[] {
  let last: Place = { x: 0, y: 0, height: 0 };
  const placed = items.map(item => {
    last = item.place ?? last;
    return { item, place: last };
  });
  const rows: (typeof placed)[] = [];
  for (const entry of placed.toSorted((a, b) => a.place.y - b.place.y)) {
    const first = rows.at(-1)?.[0]?.place;
    if (first && entry.place.y < first.y + first.height / 2) rows.at(-1)!.push(entry);
    else rows.push([entry]);
  }
  return rows.flatMap(row => row.toSorted((a, b) => a.place.x - b.place.x)).map(({ item }) => item);
}

function placeOf(element: XmlElement): Place | undefined {
  const frame =
    descend(element, 'p:spPr', 'a:xfrm') ??
    descend(element, 'p:grpSpPr', 'a:xfrm') ??
    descend(element, 'p:xfrm');
  const [offset, extent] = [descend(frame, 'a:off'), descend(frame, 'a:ext')];
  const [x, y] = [Number(offset?.attributes.x), Number(offset?.attributes.y)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  return { x, y, height: Number(extent?.attributes.cy) || 0 };
}

function placeholderOf(element: XmlElement): XmlElement | undefined {
  return descend(headOf(element), 'p:nvPr', 'p:ph');
}

function isHidden(element: XmlElement): boolean {
  const name = descend(headOf(element), 'p:cNvPr');
  return name?.attributes.hidden !== undefined && isOn(name, 'hidden');
}

/** `p:nvSpPr`, `p:nvGrpSpPr`, `p:nvGraphicFramePr`. */
function headOf(element: XmlElement): XmlElement | undefined {
  return childElements(element).find(({ name }) => name.startsWith('p:nv'));
}

function keysOf({ attributes }: XmlElement): string[] {
  const role = attributes.type === 'ctrTitle' ? 'title' : (attributes.type ?? 'body');
  return [...(attributes.idx === undefined ? [] : [`index ${attributes.idx}`]), `role ${role}`];
}
