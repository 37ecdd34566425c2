import { createPacer } from './pacer.ts';

/** Values per line: some milliseconds of work. */
const VALUES_PER_LINE = 1000;

/**
 * Values as UTF-8 lines of JSON, in the order given. A snapshot of 300,000 resources as one JSON text would hold the
 * event loop for a second; this way others run in between.
 */
export async function packJson(values: readonly unknown[]): Promise<Uint8Array> {
  const pacer = createPacer();
  const lines: Buffer[] = [];
  for (let first = 0; first < values.length; first += VALUES_PER_LINE) {
    lines.push(Buffer.from(`${JSON.stringify(values.slice(first, first + VALUES_PER_LINE))}\n`));
    if (pacer.due()) await pacer.pause();
  }
  // A view of plain bytes: a Buffer would be written to JSON as text.
  const packed = Buffer.concat(lines);
  return new Uint8Array(packed.buffer, packed.byteOffset, packed.length);
}

/** The values of `packJson`. */
export function unpackJson<T>(packed: Uint8Array): T[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const values: T[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf('\n', start);
    for (const value of JSON.parse(bytes.toString('utf8', start, end)) as T[]) values.push(value);
    start = end + 1;
  }
  return values;
}
