import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';

/** PGlite in a thread of its own: the event loop of the process stays free while SQL runs. */
export interface PgliteThread {
  /** Sends wire-protocol bytes and returns the reply bytes. */
  exec(bytes: Uint8Array): Promise<Uint8Array>;
  /** The data directory as a gzipped tar, for a test template. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Resolves with the reason when the thread has died by itself; never rejects. */
  died: Promise<Error>;
}

interface Reply {
  id?: number;
  ready?: boolean;
  bytes?: Uint8Array;
  error?: string;
}

/**
 * Opens the database in `dataDir` (undefined: in memory), creating it where it is missing.
 * @throws AppError `conflict` when the directory cannot be opened.
 */
export async function openPgliteThread(options: {
  dataDir?: string;
  template?: string;
}): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
    workerData: options,
    execArgv: [],
  });
  const waiting = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let closing = false;

  let reportDeath: (error: Error) => void;
  const died = new Promise<Error>(resolve => {
    reportDeath = resolve;
  });
  // A dead thread answers nobody: whoever waits must be told, or would wait for ever.
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    if (!closing) reportDeath(error);
  };
  worker.on('error', fail);
  worker.on('exit', code =>
    fail(new AppError('library-busy', `The embedded database stopped (exit ${code}). Start again.`)),
  );

  await new Promise<void>((resolve, reject) => {
    worker.on('message', ({ id, ready, bytes, error }: Reply) => {
      if (id === undefined) {
        if (ready) resolve();
        else
          reject(
            new AppError(
              'conflict',
              `The database in ${options.dataDir ?? 'memory'} cannot be opened: ${error}`,
            ),
          );
        return;
      }
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error !== undefined) asked?.reject(new Error(error));
      else asked?.resolve(bytes ?? new Uint8Array());
    });
    worker.once('error', reject);
  });

  const ask = (message: { bytes?: Uint8Array; dump?: true; close?: true }, transfer: ArrayBuffer[] = []) =>
    new Promise<Uint8Array>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ ...message, id: lastId }, transfer);
    });

  return {
    exec(bytes) {
      const copy = Uint8Array.from(bytes);
      return ask({ bytes: copy }, [copy.buffer as ArrayBuffer]);
    },
    dump: () => ask({ dump: true }),
    async close() {
      closing = true;
      await ask({ close: true });
      await worker.terminate();
    },
    died,
  };
}
