import type { Db } from '../library/db.ts';
import { payloadHash } from '../library/ingestion-runs.ts';
import { type EmbeddedPassage, embeddingText } from '../library/passages.ts';
import type { PassageInput } from '../library/resources.ts';
import type { ResourceToStore } from '../library/store-resources.ts';
import type { SpaceEmbedder } from '../models/live-embedder.ts';
import type { Pacer } from '../retrieval/pacer.ts';
import { type EmbeddedText, embedTexts } from './embed-texts.ts';
import { fileOf, formatOf, makePayload, type ReadResource } from './parse/parse-payload.ts';
import { eachPassage } from './split.ts';

/** Texts per request to an endpoint: a long book must not become one of thousands. */
const TEXTS_PER_CALL = 64;
/** Texts that the embedder of this process takes without letting others run: some 3 ms. */
const TEXTS_AT_ONCE = 8;

/** A resource that is read and cut, but has no vectors yet. */
export interface CutResource extends Omit<ResourceToStore, 'passages'> {
  passages: PassageInput[];
}

/**
 * Cuts what was read from `payload` into passages; `source` is for resources that name none. Lets others run in between.
 */
export async function cutResource(
  payload: string,
  { input, sections }: ReadResource,
  source: string,
  pacer: Pacer,
): Promise<CutResource> {
  const passages: PassageInput[] = [];
  for (const passage of eachPassage(sections, input.language)) {
    passages.push(passage);
    if (pacer.due()) await pacer.pause();
  }
  return {
    input: { ...input, source: input.source ?? source },
    contentHash: hashOf(payload),
    fileHash: fileOf(payload),
    passages,
  };
}

function hashOf(payload: string): Buffer {
  const format = formatOf(payload);
  const known = format.format === 'parsed' ? format.hash : undefined;
  return known === undefined ? payloadHash(payload) : Buffer.from(known, 'hex');
}

/** The payload that stores what was read from `payload` without reading it again. */
export function proposalOf(payload: string, resource: ReadResource): string {
  const format = { format: 'parsed', file: fileOf(payload), hash: hashOf(payload).toString('hex') } as const;
  return makePayload(format, JSON.stringify(resource));
}

/**
 * Gives the passages of several resources their vectors, in as few calls as sizes allow.
 * @throws whatever the embedder throws: then nothing of the group is stored.
 */
export async function embedResources(
  db: Db,
  resources: CutResource[],
  live: SpaceEmbedder,
  pacer: Pacer,
  signal: AbortSignal,
): Promise<ResourceToStore[]> {
  const texts = resources.flatMap(({ input, passages }) =>
    passages.map(passage => embeddingText(input.title, passage)),
  );
  const embedded: EmbeddedText[] = [];
  const step = live.embedder.local ? TEXTS_AT_ONCE : TEXTS_PER_CALL;
  for (let first = 0; first < texts.length; first += step) {
    embedded.push(...(await embedTexts(db, live, texts.slice(first, first + step), signal)));
    if (pacer.due()) await pacer.pause();
  }
  let next = 0;
  const embed = (passage: PassageInput): EmbeddedPassage => ({ ...passage, ...embedded[next++]! });
  return resources.map(resource => ({ ...resource, passages: resource.passages.map(embed) }));
}
