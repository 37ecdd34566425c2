import { createReadStream } from 'node:fs';

/** A line of a file: its number from 1 on and its bytes without the line end; `bytes` is undefined when it is too long. */
export interface Line {
  number: number;
  bytes: Buffer | undefined;
}

/**
 * Reads a file line by line in constant memory: at most one line of `limit` bytes and one chunk are held.
 * Ends of lines are LF or CRLF.
 */
export async function* readLines(path: string, limit: number): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer) => {
    length += piece.length;
    if (length <= limit) pieces.push(piece);
    else pieces = [];
  };
  const take = (): Line => {
    const bytes =
      length > limit ? undefined : withoutReturn(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    pieces = [];
    length = 0;
    return { number: number++, bytes };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      yield take();
    }
    // A copy, so that a short rest does not keep its whole chunk in memory.
    if (start < chunk.length) add(Buffer.from(chunk.subarray(start)));
  }
  if (length > 0) yield take();
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
