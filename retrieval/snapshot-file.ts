import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { isUint8Array } from 'node:util/types';

const KINDS = { Uint8Array, Int8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array };
type Kind = keyof typeof KINDS;
/** The arrays of numbers that an index is made of. */
type Numbers = InstanceType<(typeof KINDS)[Kind]>;

/** Files of another format are rebuilt, not read. */
const MAGIC = 'zhujiao-snapshot-2\n';
/** Arrays begin at multiples of this, so that they can be used where they lie in the file. */
const ALIGNMENT = 8;

/** Any JSON value in which arrays of numbers may stand. */
export type SnapshotValue = unknown;

/**
 * Writes `value` to `path` as a whole or not at all: to a temporary name, flushed to disk, then renamed. The file holds
 * a line that says what it is, the value as JSON with references in the place of arrays, then the arrays.
 */
export async function writeSnapshot(path: string, value: SnapshotValue): Promise<void> {
  const arrays: Numbers[] = [];
  const references: { kind: Kind; length: number; offset: number }[] = [];
  let offset = 0;
  const json = JSON.stringify(value, (_key, inner: unknown) => {
    if (!ArrayBuffer.isView(inner)) return inner;
    const array = inner as Numbers;
    if (!(array.constructor.name in KINDS))
      throw new TypeError(`A snapshot cannot hold a ${array.constructor.name}.`);
    arrays.push(array);
    references.push({ kind: array.constructor.name as Kind, length: array.length, offset });
    offset += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return { array: arrays.length - 1 };
  });
  // Two servers in containers may share the folder and have the same process number.
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'w');
  try {
    const head = Buffer.from(`${MAGIC}${JSON.stringify({ references })}\n${json}\n`);
    const padding = Buffer.alloc((ALIGNMENT - (head.length % ALIGNMENT)) % ALIGNMENT, '\n');
    await file.write(Buffer.concat([head, padding]));
    for (const array of arrays) {
      const gap = (ALIGNMENT - (array.byteLength % ALIGNMENT)) % ALIGNMENT;
      await file.write(Buffer.from(array.buffer, array.byteOffset, array.byteLength));
      if (gap > 0) await file.write(Buffer.alloc(gap));
    }
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(draft, { force: true });
    throw error;
  }
  await file.close();
  await rename(draft, path);
}

/** The value that was written, its arrays lying in one buffer; undefined where there is none that can be used. */
export async function readSnapshot(path: string): Promise<SnapshotValue | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes || !isUint8Array(bytes) || bytes.subarray(0, MAGIC.length).toString() !== MAGIC)
    return undefined;
  const headEnd = bytes.indexOf('\n', MAGIC.length);
  const jsonEnd = bytes.indexOf('\n', headEnd + 1);
  if (headEnd < 0 || jsonEnd < 0) return undefined;
  const { references } = JSON.parse(bytes.toString('utf8', MAGIC.length, headEnd)) as {
    references: { kind: Kind; length: number; offset: number }[];
  };
  const start = Math.ceil((jsonEnd + 1) / ALIGNMENT) * ALIGNMENT;
  const last = references.at(-1);
  const size = last ? start + last.offset + last.length * KINDS[last.kind].BYTES_PER_ELEMENT : 0;
  // A file that was cut short (a full disk, a copy in the making) is as good as none.
  if (bytes.length < size) return undefined;
  // Small files come out of a shared pool, at any offset; typed arrays need an even one.
  const whole = bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
  return JSON.parse(bytes.toString('utf8', headEnd + 1, jsonEnd), (_key, inner: unknown) => {
    const at = (inner as { array?: number } | null)?.array;
    const reference = at === undefined ? undefined : references[at];
    if (!reference) return inner;
    return new KINDS[reference.kind](
      whole.buffer as ArrayBuffer,
      whole.byteOffset + start + reference.offset,
      reference.length,
    );
  });
}
