import { z } from 'zod';
import { AppError } from '../../library/errors.ts';
import type { App, RouteDeps } from '../deps.ts';
import { createOperations, type Operations } from '../operations.ts';

/** A batch of items holds at most half a megabyte, or one item, which may have 20 MB. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** The operations of commands on this machine, which show the token of the lock file. Not part of the public API. */
export async function localRoutes(app: App, deps: RouteDeps): Promise<void> {
  const operations = createOperations(deps);
  const schema = { hide: true, params: z.object({ operation: z.string() }) };
  app.post('/api/local/:operation', { schema, bodyLimit: BODY_LIMIT }, async request => {
    if (!request.local) throw new AppError('forbidden', 'This is for commands on the machine of the server.');
    const { operation } = request.params;
    if (!Object.hasOwn(operations, operation))
      throw new AppError('not-found', `There is no operation "${operation}".`);
    // The sender is our own command line of the same version; it has checked its input.
    const call = operations[operation as keyof Operations] as (input: unknown) => Promise<unknown>;
    return { result: (await call(request.body)) ?? null };
  });
}
