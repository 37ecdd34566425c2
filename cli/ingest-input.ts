import { ingestEntries, type ReadSummary } from '../ingestion/ingest-paths.ts';
import type { Input } from '../ingestion/open-input.ts';
import type { FileStore } from '../library/files.ts';
import type { ListingResult, WithdrawMissing } from '../library/sources.ts';
import { followRun } from './follow-run.ts';
import type { Operator } from './operator.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** What a run over a remembered source came to; `listing` is null when it could not be listed to its end. */
export interface IngestedInput {
  read: ReadSummary;
  listing: ListingResult | null;
}

/** Ingests what has changed in a source since the last time, and withdraws what is gone as far as `withdraw` says. */
export async function ingestInput(
  input: Input,
  options: {
    operator: Operator;
    files: FileStore;
    withdraw: WithdrawMissing;
    inMotion?: Set<string> | undefined;
  },
): Promise<IngestedInput> {
  const { operator, files, withdraw, inMotion = NOTHING } = options;
  const { location, kind, label } = input;
  const known = await operator.openSource({ location, kind });
  const entries = await input.read(known, inMotion);
  const read = await followRun(operator, files, door =>
    ingestEntries(entries, { label, sourceId: known.sourceId }, door),
  );
  const { runId, end } = read;
  return { read, listing: end ? await operator.closeListing({ runId, end, withdraw }) : null };
}
