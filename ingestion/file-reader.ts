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
export type FileReply = { content: FileContent } | { reason: string; cause?: string | undefined };

const ENTRY = fileURLToPath(new URL('./file-reader-process.js', import.meta.url));
/** How far a file may go, and how long a process is kept that reads nothing. */
export interface ReaderLimits {
  ms: number;
  bytes: number;
  idleMs: number;
}

const LIMITS: ReaderLimits = {
  // Ten times what the slowest good file took (a scanned book of 900 pages).
  ms: 60_000,
  // A good file of 100 MB stays below half of it.
  bytes: 1024 * 1024 * 1024,
  // So that a server that reads nothing carries no second process.
  idleMs: 30_000,
};
const HEAP_MB = 640;
const WATCH_MS = 200;

export interface FileReader {
  /**
   * Reads a file in a process of its own, one at a time.
   * @throws AppError `unreadable-resource` with the reason: what the parser says, or that it took too long, too much
   * memory, or ended the process; `stopped` when `signal` is aborted.
   */
  read(request: FileRequest, signal: AbortSignal): Promise<FileContent>;
  close(): void;
}

/** Whatever a file does to its parser, it does to a process that is thrown away. `entry` is what the process runs. */
export function createFileReader(limits: ReaderLimits = LIMITS, entry: string = ENTRY): FileReader {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = () => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  return {
    async read(request, signal) {
      clearTimeout(idle);
      // One that died while nobody looked (the system was short of memory) must not be held against this file.
      if (child && isGone(child)) child = undefined;
      child ??= start(entry);
      try {
        return await ask(child, request, limits, signal);
      } finally {
        // What one file left behind would count against the next.
        if ((await memoryOf(child.pid)) > limits.bytes / 2) end();
        idle = setTimeout(end, limits.idleMs);
        idle.unref();
      }
    },
    close() {
      clearTimeout(idle);
      end();
    },
  };
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.killed || !child.connected;
}

/** Without our environment, in which there are keys, and without what it prints. */
function start(entry: string): ChildProcess {
  const child = fork(entry, {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Between two files nobody else listens, and an error that nobody hears ends our own process.
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(
  child: ChildProcess,
  request: FileRequest,
  limits: ReaderLimits,
  signal: AbortSignal,
): Promise<FileContent> {
  return new Promise((resolve, reject) => {
    const kill = (error: Error) => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const unreadable = (reason: string, cause?: string) =>
      new AppError('unreadable-resource', reason, { cause });
    const tooLarge = 'reading it takes too much memory; divide the file';
    const onReply = (reply: unknown) => {
      if (isContent(reply)) settle(() => resolve(reply.content));
      else if (isReason(reply)) settle(() => reject(unreadable(reply.reason, reply.cause)));
      else kill(unreadable('what was read of it makes no sense; save the file anew'));
    };
    const onExit = (_code: unknown, ending?: unknown) =>
      // So V8 ends a process whose heap is full.
      kill(
        unreadable(
          ending === 'SIGABRT' ? tooLarge : 'reading it ended the reading process; save the file anew',
        ),
      );
    const onAbort = () => kill(new AppError('stopped', 'The worker is closing.'));
    // Time is counted in looks, so that none passes while our own process stands still (a laptop that sleeps).
    let looks = 0;
    const watch = setInterval(async () => {
      looks += 1;
      if (looks * WATCH_MS >= limits.ms)
        kill(unreadable(`reading it took longer than ${limits.ms / 1000} s; divide the file`));
      else if ((await memoryOf(child.pid)) > limits.bytes) kill(unreadable(tooLarge));
    }, WATCH_MS);
    const settle = (end: () => void) => {
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

function isContent(reply: unknown): reply is { content: FileContent } {
  const { content } = (reply ?? {}) as { content?: Partial<FileContent> };
  return Array.isArray(content?.resources) && Array.isArray(content.leftOut);
}

function isReason(reply: unknown): reply is { reason: string; cause?: string } {
  return typeof (reply as { reason?: unknown } | null)?.reason === 'string';
}

/** Resident memory of a process in bytes; 0 where the system does not tell (only Linux does, in /proc). */
async function memoryOf(pid: number | undefined): Promise<number> {
  const PAGE = 4096;
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE;
}
