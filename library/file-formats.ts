import { extname } from 'node:path';

/** The formats that ingestion reads, by the extension of a file's name, with the media type that a browser opens. */
export const FILE_FORMATS: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.csv': 'text/csv; charset=utf-8',
  '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.epub': 'application/epub+zip',
  '.srt': 'application/x-subrip',
  '.vtt': 'text/vtt; charset=utf-8',
  '.zip': 'application/zip',
  '.imscc': 'application/zip',
  '.xml': 'application/xml',
  '.md': 'text/markdown; charset=utf-8',
  '.markdown': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.xhtml': 'application/xhtml+xml',
  '.json': 'application/json',
  '.jsonld': 'application/ld+json',
  '.jsonl': 'application/x-ndjson',
};

/** Formats that are text as they stand, which needs no process of its own to be read safely. */
export const TEXT_FORMATS = ['.jsonl', '.json', '.jsonld', '.md', '.markdown', '.txt', '.html', '.htm'];

/** Largest original file: a scanned textbook, a term's slides with pictures. */
export const LARGEST_FILE = 200 * 1024 * 1024;

/** The lower-case extension with its dot; empty where the name has none. */
export function extensionOf(name: string): string {
  return extname(name).toLowerCase();
}

/** @returns undefined for a format that ingestion does not read */
export function mediaTypeOf(name: string): string | undefined {
  return FILE_FORMATS[extensionOf(name)];
}
