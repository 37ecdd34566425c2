import type { FileStore } from '../library/files.ts';
import type { WaitingItem } from '../library/ingestion-batches.ts';
import type { AcceptedItem } from '../library/ingestion-runs.ts';
import type { FileReader } from './file-reader.ts';
import { cleanText } from './parse/clean-text.ts';
import type { FileContent } from './parse/file-content.ts';
import { fillGaps, formatOf, makePayload, parsePayload, type ReadResource } from './parse/parse-payload.ts';
import { causeOf, reasonOf } from './reason.ts';

/** The text of all parts of a file together; more is no lesson but a library, and would fill the outbox. */
const LARGEST_TEXT = 64 * 1024 * 1024;

/**
 * The text of one resource in letters: twice a book of 2,000 pages. More would be one transaction of some ten thousand
 * passages, for which every search of an embedded library waits.
 */
const LONGEST_RESOURCE = 5_000_000;

/** What an item turned out to be: a resource, several parts of a file, or a fault of its own. */
export type ReadItem = { resource: ReadResource } | { parts: AcceptedItem[] } | { reason: string };

/**
 * Reads what an item holds. Reading touches nothing but the item, so whatever goes wrong in it is the item's own fault.
 * @throws AppError `stopped` when `stop` is aborted
 */
export async function readItem(
  { payload, place, resourceId }: WaitingItem,
  { files, reader, report }: { files: FileStore; reader: FileReader; report: (error: Error) => void },
  stop: AbortSignal,
): Promise<ReadItem> {
  const format = formatOf(payload);
  try {
    if (format.format !== 'file') return checkLength(parsePayload(payload));
    const content = await reader.read({ location: files.pathOf(format.file), path: format.path }, stop);
    const [only] = content.resources;
    if (only?.input.id === resourceId && content.resources.length + content.leftOut.length === 1) {
      return checkLength(fillGaps(only));
    }
    return { parts: partsOf(content, { place, path: format.path, file: format.file }) };
  } catch (error) {
    stop.throwIfAborted();
    const cause = causeOf(error);
    if (cause) report(new Error(`"${place}" cannot be read`, { cause }));
    return { reason: cleanText(reasonOf(error)) };
  }
}

function checkLength(resource: ReadResource): ReadItem {
  const length = resource.sections.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= LONGEST_RESOURCE) return { resource };
  return { reason: `its text is longer than ${LONGEST_RESOURCE / 1_000_000} million letters; divide it` };
}

/** The parts of a file as items: `lessons.zip#week 1/plan.docx`. The first of an id stays, as in a whole run. */
function partsOf(
  { resources, leftOut }: FileContent,
  { place, path, file }: { place: string; path: string; file: string },
): AcceptedItem[] {
  // A part's name begins with that of its file, which `place` says already.
  const within = (part: string) =>
    `${place}#${cleanText(part.startsWith(path) ? part.slice(path.length).replace(/^[/#]/, '') : part)}`.slice(
      0,
      1_000,
    );
  const seen = new Map<string, string>();
  let size = 0;
  const parts = resources.map(({ input, sections }): AcceptedItem => {
    const { id } = input;
    const inner = within(id);
    const payload = makePayload({ format: 'parsed', file }, JSON.stringify({ input, sections }));
    size += payload.length;
    if (size > LARGEST_TEXT)
      return { place: inner, resourceId: id, reason: 'the file holds too much; divide it' };
    if (seen.has(id)) return { place: inner, resourceId: id, reason: `same id as ${seen.get(id)}` };
    seen.set(id, inner);
    return { place: inner, resourceId: id, payload, unit: place };
  });
  return [...parts, ...leftOut.map(part => ({ place: within(part.place), leftOut: cleanText(part.reason) }))];
}
