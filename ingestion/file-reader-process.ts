import dgram from 'node:dgram';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { endWithParent } from './end-with-parent.ts';
import type { FileReply, FileRequest } from './file-reader.ts';
import { parseFile } from './parse/parsers.ts';
import { causeOf, reasonOf } from './reason.ts';

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
    const cause = causeOf(error);
    // Not the stack alone: that of pdf.js does not say what happened.
    return { reason: reasonOf(error), cause: cause && `${cause.message}\n${cause.stack}` };
  }
}
