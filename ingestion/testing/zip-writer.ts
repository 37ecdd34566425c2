import { crc32, deflateRawSync } from 'node:zlib';

/** A file for `makeZip`; what is not plain data is there to build broken and hostile archives. */
export interface ZipEntry {
  name: string | Buffer;
  data: string | Buffer;
  flags?: number;
  externalAttributes?: number;
  /** What the headers say about the unpacked size. */
  claimedSize?: number;
  /** Points to the packed bytes of the first entry instead of its own. */
  overlapsFirst?: boolean;
}

const UTF8_NAME = 0x800;
const MADE_BY_UNIX = 3 << 8;

/** A zip archive with the given files, packed. */
export function makeZip(files: Record<string, string | Buffer> | ZipEntry[]): Buffer {
  const entries = Array.isArray(files)
    ? files
    : Object.entries(files).map(([name, data]): ZipEntry => ({ name, data }));
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const data = Buffer.from(entry.data as string);
    const packed = deflateRawSync(data);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(entry.flags ?? (typeof entry.name === 'string' ? UTF8_NAME : 0), 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.claimedSize ?? data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(entry.externalAttributes ?? 0, 6);
    place.writeUInt32LE(entry.overlapsFirst ? 0 : offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(MADE_BY_UNIX + 20);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, shared, place, name]));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listing, Buffer.from('PK\x05\x06'), end]);
}
