import type { ReadSummary } from '../ingestion/ingest-paths.ts';
import { AppError } from '../library/errors.ts';
import type { ListingResult } from '../library/sources.ts';
import type { Operator } from './operator.ts';
import { print } from './terminal.ts';

/** Failures beyond this are counted, not listed: a manifest with the wrong columns fails on every line. */
const LISTED_FAILURES = 20;

/** What was done, as it is told: `listing` only for a source that is remembered, null when it broke off. */
export interface Report {
  read: ReadSummary;
  listing?: ListingResult | null;
  syncs: boolean;
  seconds: number;
}

/** Prints what a run came to. @throws AppError `unreadable-resource` when it failed. */
export async function printIngestion(
  operator: Operator,
  json: boolean | undefined,
  { read: { runId, skipped }, listing, syncs, seconds }: Report,
): Promise<void> {
  const progress = await operator.progress({ runId });
  if (progress.state === 'failed')
    throw new AppError('unreadable-resource', `The run failed: ${progress.reason}`);
  const failures = await operator.failures({ runId });
  const library = await operator.countLibrary();
  const { state, added, updated, unchanged, failed, leftOut } = progress;
  const counts = { runId, state, added, updated, unchanged, failed, leftOut };
  const summary = {
    ...counts,
    skipped,
    ...(listing !== undefined && { listing }),
    failures,
    seconds,
    library,
  };
  print(json, summary, () => {
    const listed = failures.slice(0, LISTED_FAILURES).map(({ place, reason }) => `  ${place}: ${reason}`);
    const more = failed > listed.length ? [`  … and ${failed - listed.length} more`] : [];
    const passedOver = Object.entries(skipped).map(([reason, n]) => `  ${n} files passed over: ${reason}`);
    return [
      `${added} added, ${updated} updated, ${unchanged} unchanged, ${failed} failed in ${seconds} s`,
      ...listed,
      ...more,
      ...(leftOut > 0 ? [`  ${leftOut} parts of files left out: they are no resources`] : []),
      ...passedOver,
      ...(listing === undefined ? [] : describeListing(listing, syncs)),
      `The library now has ${library.resources} resources with ${library.passages} passages.`,
    ].join('\n');
  });
}

function describeListing(listing: ListingResult | null, syncs: boolean): string[] {
  if (!listing) {
    return syncs ? ['  Not everything could be listed, so nothing was withdrawn. Run it again.'] : [];
  }
  const { withdrawn, restored, missing, listed } = listing;
  const lines: string[] = [];
  if (withdrawn > 0) lines.push(`  ${withdrawn} withdrawn: the source has them no longer`);
  if (restored > 0) lines.push(`  ${restored} live again: the source has them again`);
  if (missing > 0 && !syncs) lines.push(`  ${missing} are gone from the source; --sync withdraws them`);
  if (missing > 0 && syncs) {
    lines.push(
      `  ${missing} of ${listed} are gone from the source, more than a third: nothing was withdrawn. If that is right, run it again with --withdraw-missing.`,
    );
  }
  return lines;
}
