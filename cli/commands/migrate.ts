import { defineCommand } from 'citty';
import { openDatabase } from '../../library/db.ts';
import { takeLock } from '../../library/lock.ts';
import { migrate as runMigrations } from '../../library/migrate.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { print } from '../terminal.ts';

export const migrate = defineCommand({
  meta: { name: 'migrate', description: 'Bring the database schema up to date' },
  args: { ...commonArgs, ...jsonArg },
  async run({ args }) {
    const config = readConfig(args);
    const lock = config.databaseUrl ? undefined : await takeLock(config.dataDir);
    const database = await openDatabase(config);
    try {
      const migrations = await runMigrations(database);
      print(args.json, { migrations }, () =>
        migrations.length > 0 ? `Ran ${migrations.join(', ')}` : 'The schema is up to date.',
      );
    } finally {
      await database.close();
      await lock?.release();
    }
  },
});
