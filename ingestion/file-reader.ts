import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../library/errors.ts';
import type { FileContent } from './parse/file-content.ts';

/** Asked of the reading process: the bytes at `location` on the disk, called `path` by who brought them. */
export interface FileRequest {
  location: string;
  path: string;
}
/** `cause` is for the log. */
export type FileReply = { content: FileContent } | { reason: string; cause: string | undefined };

const ENTRY = fileURLToPath(new URL('./file-reader-process.js', import.meta.url));
/** Longest time for one file: ten times what the slowest good one took (a scanned book of 900 pages). */
const LIMIT_MS = 60_000;
/** Largest memory of the process: a good file of 100 MB stays below half of it. */
const LIMIT_BYTES = 1024 * 1024 * 1024;
const HEAP_MB = 640;
const WATCH_MS = 200;
/** An idle process is let go, so that a server that reads nothing carries none. */
const IDLE_MS = 30_000;

export interface FileReader {
  /**
   * Reads a file in a process of its own, one at a time.
   * @throws AppError `unreadable-resource` with the reason: what the parser says, or that it took too long, too much
   * memory, or ended the process; `stopped` when `signal` is aborted.
   */
  read(request: FileRequest, signal: AbortSignal): Promise<FileContent>;
  close(): void;
}

/** Whatever a file does to its parser, it does to a process that is thrown away. */
export function createFileReader(limits = { ms: LIMIT_MS, bytes: LIMIT_BYTES }): FileReader {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = () => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  return {
    async read(request, signal) {
      clearTimeout(idle);
      child ??= start();
      try {
        return await ask(child, request, limits, signal);
      } finally {
        if (child.exitCode !== null || child.signalCode !== null || child.killed) child = undefined;
        idle = setTimeout(end, IDLE_MS);
        idle.unref();
      }
    },
    close() {
      clearTimeout(idle);
      end();
    },
  };
}

/** Without our environment, in which there are keys, and without what it prints. */
function start(): ChildProcess {
  const child = fork(ENTRY, {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(
  child: ChildProcess,
  request: FileRequest,
  limits: { ms: number; bytes: number },
  signal: AbortSignal,
): Promise<FileContent> {
  return new Promise((resolve, reject) => {
    const kill = (error: Error) => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const unreadable = (reason: string, cause?: string) =>
      new AppError('unreadable-resource', reason, { cause });
    const onReply = (reply: FileReply) =>
      settle(() =>
        'content' in reply ? resolve(reply.content) : reject(unreadable(reply.reason, reply.cause)),
      );
    const onExit = () =>
      settle(() => reject(unreadable('reading it ended the reading process; save the file anew')));
    const onAbort = () => kill(new AppError('stopped', 'The worker is closing.'));
    const timer = setTimeout(
      () => kill(unreadable(`reading it took longer than ${limits.ms / 1000} s; divide the file`)),
      limits.ms,
    );
    const watch = setInterval(async () => {
      if ((await memoryOf(child.pid)) > limits.bytes)
        kill(unreadable('reading it takes too much memory; divide the file'));
    }, WATCH_MS);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      clearInterval(watch);
      child.off('message', onReply).off('exit', onExit).off('error', onExit);
      signal.removeEventListener('abort', onAbort);
      end();
    };
    child.on('message', onReply).on('exit', onExit).on('error', onExit);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else child.send(request);
  });
}

/** Resident memory of a process in bytes; 0 where the system does not tell (only Linux does, in /proc). */
async function memoryOf(pid: number | undefined): Promise<number> {
  const PAGE = 4096;
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE;
}
