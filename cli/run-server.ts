import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ingestPaths } from '../ingestion/ingest-paths.ts';
import { createDemoAccounts } from '../library/accounts.ts';
import { countLibrary } from '../library/catalogue.ts';
import type { Config } from '../library/config.ts';
import { AppError } from '../library/errors.ts';
import { buildServer } from '../server/app.ts';
import { createOperations } from '../server/operations.ts';
import { openBrowser } from './browser.ts';
import { createLog } from './log.ts';
import { openProduct, type Product } from './product.ts';
import { closeOnSignal } from './shutdown.ts';

const SAMPLES = ['zh', 'en'].map(language =>
  fileURLToPath(new URL(`../samples/${language}`, import.meta.url)),
);

/** What a start tells: where the product is, and the demo accounts that were just made. */
interface Started {
  url: string;
  accounts: { username: string; role: string; password: string }[] | null;
}

/** Serves the product until it is told to end. Embedded it also works on the queue. */
export async function runServer(
  config: Config,
  options: { samples: boolean; browser: boolean; announce: (started: Started) => void },
): Promise<void> {
  const log = createLog(config);
  const product = await openProduct(config, log, { worker: config.databaseUrl === undefined });
  const server = await buildServer(product.deps);
  const close = async () => {
    await server.close();
    await product.close();
  };
  try {
    const url = await listen(server, config);
    await product.announce(Number(new URL(url).port));
    const accounts = config.databaseUrl ? null : await createDemoAccounts(product.deps.database.db);
    options.announce({ url, accounts });
    if (options.browser) openBrowser(url);
    if (options.samples && !config.databaseUrl) await loadSamples(product);
  } catch (error) {
    await close();
    throw error;
  }
  await closeOnSignal({ close, lost: product.deps.database.lost, log });
}

async function listen(server: Awaited<ReturnType<typeof buildServer>>, config: Config): Promise<string> {
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new AppError(
      'conflict',
      `Port ${config.port} is in use. Stop what uses it, or choose another with --port.`,
      { cause },
    );
  }
  const { port } = server.server.address() as AddressInfo;
  return `http://${config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;
}

/** The sample library goes into a library that is empty, and is left alone from then on. */
async function loadSamples({ deps }: Product): Promise<void> {
  if ((await countLibrary(deps.database.db)).resources > 0) return;
  await ingestPaths(SAMPLES, 'samples', createOperations(deps));
}
