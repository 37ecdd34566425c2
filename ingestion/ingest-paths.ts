import { AppError } from '../library/errors.ts';
import type { FileStore } from '../library/files.ts';
import type { AcceptedItem, ListedItem } from '../library/ingestion-runs.ts';
import type { ListingEnd } from '../library/sources.ts';
import type { SourceEntry } from './read-text.ts';
import { readSources } from './sources.ts';

/**
 * A batch ends at either: a worker then holds at most this much, and its progress is seen every second or so. A file,
 * of which a payload only has the name, weighs as much as a tenth of a batch.
 */
const BATCH_ITEMS = 100;
const BATCH_BYTES = 512 * 1024;
const FILE_BYTES = BATCH_BYTES / 10;

/** Where a run is accepted: in this process or by a server on the same data directory. */
export interface RunDoor {
  startRun(run: { label: string; sourceId?: string | undefined }): Promise<{ runId: string }>;
  acceptBatch(batch: {
    runId: string;
    items: (AcceptedItem | ListedItem)[];
  }): Promise<{ accepted: number; unchanged: number; failed: number }>;
  finishReading(run: { runId: string }): Promise<void>;
  failRun(run: { runId: string; reason: string }): Promise<void>;
  /** Where original files go; without it only formats that are text are read. */
  files?: FileStore;
}

/** What was handed over; how it ended is told by the run's progress. */
export interface ReadSummary {
  runId: string;
  accepted: number;
  unchanged: number;
  failed: number;
  /** Files that were passed over, counted by reason. */
  skipped: Record<string, number>;
  /** Of a source that was listed without a break. */
  end?: ListingEnd;
}

/**
 * Reads files and folders into a new run. Everything that was read stands in the library's outbox when this returns.
 * `onBatch` is told the counts so far.
 * @throws AppError `not-found` for a path that does not exist, before a run is started.
 */
export async function ingestPaths(
  paths: string[],
  label: string,
  door: RunDoor,
  onBatch?: (summary: ReadSummary) => void,
): Promise<ReadSummary> {
  return ingestEntries(await readSources(paths, door.files), { label }, door, onBatch);
}

/** The same for entries from anywhere. */
export async function ingestEntries(
  entries: AsyncIterable<SourceEntry>,
  run: { label: string; sourceId?: string },
  door: RunDoor,
  onBatch: (summary: ReadSummary) => void = () => undefined,
): Promise<ReadSummary> {
  const { runId } = await door.startRun(run);
  const summary: ReadSummary = { runId, accepted: 0, unchanged: 0, failed: 0, skipped: {} };
  let items: (AcceptedItem | ListedItem)[] = [];
  let bytes = 0;
  const flush = async () => {
    if (items.length === 0) return;
    const counts = await door.acceptBatch({ runId, items });
    summary.accepted += counts.accepted;
    summary.unchanged += counts.unchanged;
    summary.failed += counts.failed;
    items = [];
    bytes = 0;
    onBatch(summary);
  };
  try {
    for await (const entry of entries) {
      if ('end' in entry) {
        summary.end = entry.end;
        continue;
      }
      if ('skipped' in entry) {
        summary.skipped[entry.skipped] = (summary.skipped[entry.skipped] ?? 0) + 1;
        continue;
      }
      const weight = 'file' in entry ? FILE_BYTES : 'payload' in entry ? Buffer.byteLength(entry.payload) : 0;
      if (bytes + weight > BATCH_BYTES) await flush();
      items.push(entry);
      bytes += weight;
      if (items.length === BATCH_ITEMS) await flush();
    }
    await flush();
  } catch (error) {
    const reason =
      error instanceof AppError
        ? error.message
        : 'reading broke off; see what the command says, mend it and ingest the same paths again';
    await door.failRun({ runId, reason });
    throw error;
  }
  await door.finishReading({ runId });
  return summary;
}
