import type { FileContent } from './file-content.ts';
import { parseTextFile } from './text-file.ts';

export async function parseFile(bytes: Buffer, path: string): Promise<FileContent> {
  return parseTextFile(bytes, path);
}
