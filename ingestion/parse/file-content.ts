import type { ParsedResource } from './parsed-resource.ts';

/** What a file holds: one resource mostly, several in a catalogue or an archive. */
export interface FileContent {
  resources: ParsedResource[];
  /** Parts that are no resource of the library, or could not be read: where, and why. */
  leftOut: { place: string; reason: string }[];
}

/**
 * Reads the bytes of a file. `path` (relative to what was ingested, `/` between names) is the id of a resource that
 * names none itself; parts of a file have ids that begin with it and stay the same while the part keeps its name.
 * @throws AppError `unreadable-resource` saying what is wrong with the file, for the person who brought it.
 */
export type FileParser = (bytes: Buffer, path: string) => Promise<FileContent>;
