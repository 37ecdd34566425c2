import { AppError, messageOf } from '../../library/errors.ts';
import type { KnownSource } from '../../library/sources.ts';
import { cleanText } from '../parse/clean-text.ts';
import { makePayload } from '../parse/parse-payload.ts';
import { childElements, decodeXml, descend, parseXml, type XmlElement } from '../parse/xml.ts';
import type { SourceEntry } from '../read-text.ts';
import type { Fetcher } from '../safe-fetch.ts';
import { bytesOf } from '../web/inflate.ts';
import { readRecord } from './record.ts';
import { textIn } from './values.ts';

const LARGEST_ANSWER = 50 * 1024 * 1024;
const WITHIN_MS = 2 * 60_000;
/** A list that its repository forgets more often has no end. */
const MOST_BEGINNINGS = 3;

/** What is asked of a repository, as the address says it: `https://host/oai?set=math&metadataPrefix=oai_dc`. */
type Query = Record<string, string>;

/** How a repository keeps its records. */
interface Repository {
  /** It tells of every deletion for ever, so that it is enough to ask for what changed. */
  tellsDeletions: boolean;
  granularity: string;
}

/**
 * Harvests a repository by OAI-PMH: everything the first time, then what has changed since the last complete harvest
 * began. A repository that does not keep deletions in mind is listed as a whole again when `needsWhole`.
 * @throws AppError `unreadable-resource` when the listing breaks off; what was read before is in.
 */
export async function* harvest(
  address: URL,
  options: { fetcher: Fetcher; known: Pick<KnownSource, 'mark'>; needsWhole: boolean },
): AsyncGenerator<SourceEntry> {
  const { fetcher, known, needsWhole } = options;
  const { verb: _, ...asked }: Query = Object.fromEntries(address.searchParams);
  const query: Query = { metadataPrefix: 'oai_dc', ...asked };
  const isWindow = 'from' in query || 'until' in query;
  const ask = (parameters: Query) => askRepository(fetcher, address, parameters);
  const { tellsDeletions, granularity } = await identify(ask);
  const since = !isWindow && known.mark && (tellsDeletions || !needsWhole) ? known.mark : undefined;
  if (since) query.from = granularity.length <= 10 ? since.slice(0, 10) : since;
  let mark: string | undefined;
  for await (const { record, at } of listRecords(ask, query)) {
    mark ??= at;
    if (record) yield entryOf(record);
  }
  yield { end: { whole: !since && !isWindow, mark: isWindow ? undefined : mark } };
}

async function identify(ask: (query: Query) => Promise<XmlElement>): Promise<Repository> {
  const answer = await ask({ verb: 'Identify' });
  const identity = descend(answer, 'Identify');
  if (!identity) throw broken(`it does not say what it is: ${errorOf(answer)?.text ?? 'no Identify'}`);
  return {
    tellsDeletions: textIn(descend(identity, 'deletedRecord')) === 'persistent',
    granularity: textIn(descend(identity, 'granularity')),
  };
}

/** All records with the repository's time of the first answer; once without a record where there are none. */
async function* listRecords(
  ask: (query: Query) => Promise<XmlElement>,
  query: Query,
): AsyncGenerator<{ record?: XmlElement; at: string }> {
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let at: string | undefined;
  let beginnings = 1;
  let next: Query = { verb: 'ListRecords', ...query };
  for (;;) {
    const answer = await ask(next);
    at ??= timeOf(answer);
    const error = errorOf(answer);
    if (error?.code === 'noRecordsMatch') return yield { at };
    if (error?.code === 'badResumptionToken' && next.resumptionToken && beginnings < MOST_BEGINNINGS) {
      beginnings++;
      tokens.clear();
      next = { verb: 'ListRecords', ...query };
      continue;
    }
    if (error) throw broken(`it answers ${error.code}: ${error.text}`);
    const list = descend(answer, 'ListRecords');
    if (!list) throw broken('its answer has neither records nor an error');
    yield { at };
    for (const record of childElements(list, 'record')) {
      const id = textIn(descend(record, 'header', 'identifier'));
      // Of a list that begins anew, or shifts while it is read, a record may come twice.
      if (seen.has(id)) continue;
      seen.add(id);
      yield { record, at };
    }
    const resumptionToken = textIn(descend(list, 'resumptionToken'));
    if (resumptionToken === '') return;
    if (tokens.has(resumptionToken))
      throw broken('it goes round in circles (the same resumption token again)');
    tokens.add(resumptionToken);
    next = { verb: 'ListRecords', resumptionToken };
  }
}

function entryOf(element: XmlElement): SourceEntry {
  const place = textIn(descend(element, 'header', 'identifier')) || 'a record without identifier';
  try {
    const record = readRecord(element);
    if (!record) return { place, reason: 'the record has no identifier' };
    if ('deleted' in record) return { place, gone: record.id };
    const payload = makePayload({ format: 'manifest' }, cleanText(JSON.stringify(record.fields)));
    return { place, resourceId: record.id, payload };
  } catch (error) {
    return { place, reason: cleanText(messageOf(error)) };
  }
}

async function askRepository(fetcher: Fetcher, address: URL, query: Query): Promise<XmlElement> {
  const url = new URL(address);
  url.search = new URLSearchParams(query).toString();
  try {
    const { body } = await fetcher.fetch(url, {
      limit: LARGEST_ANSWER,
      withinMs: WITHIN_MS,
      accepts: mediaType => mediaType === '' || /xml|text\/plain/.test(mediaType),
    });
    const root = parseXml(decodeXml(await bytesOf(body)));
    if (root.name !== 'OAI-PMH') throw broken('its answer is no OAI-PMH');
    return root;
  } catch (error) {
    throw broken(messageOf(error), error);
  }
}

function errorOf(answer: XmlElement): { code: string; text: string } | undefined {
  const error = descend(answer, 'error');
  return error && { code: error.attributes.code ?? 'an error', text: textIn(error) };
}

/** The repository's own time, by which it also dates its records. */
function timeOf(answer: XmlElement): string {
  const time = textIn(descend(answer, 'responseDate'));
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(time)) throw broken('its answer has no date');
  return time.replace(/\.\d+Z$/, 'Z');
}

function broken(reason: string, cause?: unknown): AppError {
  if (cause instanceof AppError && cause.details?.oai) return cause;
  return new AppError('unreadable-resource', `The repository cannot be harvested: ${reason}`, {
    cause,
    details: { oai: true },
  });
}
