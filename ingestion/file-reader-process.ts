import dgram from 'node:dgram';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { AppError, messageOf } from '../library/errors.ts';
import { endWithParent } from './end-with-parent.ts';
import type { FileReply, FileRequest } from './file-reader.ts';
import { parseFile } from './parse/parsers.ts';

// A file says what is read next to nobody: a parser that would follow a link in it cannot.
const refuse = () => {
  throw new Error('the process that reads files makes no connections');
};
net.Socket.prototype.connect = refuse;
dgram.Socket.prototype.send = refuse;

process.on('message', async (request: FileRequest) => {
  const reply = await read(request);
  process.send?.(reply);
});
endWithParent();

async function read({ location, path }: FileRequest): Promise<FileReply> {
  try {
    return { content: await parseFile(await readFile(location), path) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** What a person is told; a fault of a parser's own speaks of its inside, and only of that at the end. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return 'the original file is not in the store any more; upload it again';
  if (error instanceof RangeError) return 'the file is too large or nested too deeply to be read; divide it';
  return `the file is damaged or of an unusual make; save it anew with another program (${messageOf(error)})`;
}
