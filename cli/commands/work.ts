import { defineCommand } from 'citty';
import { AppError } from '../../library/errors.ts';
import { commonArgs, readConfig } from '../configuration.ts';
import { createLog } from '../log.ts';
import { openWorkshop } from '../product.ts';
import { closeOnSignal } from '../shutdown.ts';

export const work = defineCommand({
  meta: {
    name: 'work',
    description: 'Ingest what is accepted, as a process of its own beside zhujiao serve (server mode)',
  },
  args: commonArgs,
  async run({ args }) {
    const config = readConfig(args);
    if (!config.databaseUrl) {
      throw new AppError(
        'invalid-input',
        'Embedded, the server does the work itself. Set DATABASE_URL to run a worker of its own.',
      );
    }
    const log = createLog(config);
    const workshop = await openWorkshop(config, log);
    log.info('working');
    await closeOnSignal({ close: workshop.close, lost: workshop.lost, log });
  },
});
