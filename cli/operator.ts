import type { Config } from '../library/config.ts';
import { AppError, type ErrorCode } from '../library/errors.ts';
import { findHolder, type LockHolder } from '../library/lock.ts';
import { createOperations, type Operations } from '../server/operations.ts';
import { createLog } from './log.ts';
import { openProduct } from './product.ts';

export type Operator = Operations;

/**
 * Runs `work` with the operations on the library that `config` names: through the server that holds the data
 * directory, if one runs, else in this process.
 */
export async function withOperator(
  config: Config,
  work: (operator: Operator) => Promise<void>,
  options: { worker?: boolean } = {},
): Promise<void> {
  const holder = config.databaseUrl ? undefined : await findHolder(config.dataDir);
  if (holder?.port && holder.token) return work(remoteOperator(holder));
  const product = await openProduct(config, createLog({ logLevel: 'warn' }), {
    worker: options.worker ?? false,
  });
  try {
    await product.ready;
    await work(createOperations(product.deps));
  } finally {
    await product.close();
  }
}

/** The same operations over HTTP. */
function remoteOperator({ port, token }: LockHolder): Operator {
  return new Proxy({} as Operator, {
    get: (_target, operation: string) => async (input: unknown) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/local/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(input ?? {}),
      });
      const reply = (await response.json()) as {
        result?: unknown;
        error?: { code: ErrorCode; message: string };
      };
      if (reply.error) throw new AppError(reply.error.code, reply.error.message);
      return reply.result;
    },
  });
}
