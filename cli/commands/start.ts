import { defineCommand } from 'citty';
import { announceTo } from '../announce.ts';
import { readConfig } from '../configuration.ts';
import { runServer } from '../run-server.ts';
import { serveArgs } from './serve.ts';

export const start = defineCommand({
  meta: { name: 'start', description: 'Serve the product and open it in the browser' },
  args: serveArgs,
  run: ({ args }) =>
    runServer(readConfig(args), {
      samples: args.samples,
      browser: process.stdout.isTTY,
      announce: announceTo(args.json),
    }),
});
