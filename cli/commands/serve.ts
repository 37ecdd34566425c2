import { defineCommand } from 'citty';
import { announceTo } from '../announce.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { runServer } from '../run-server.ts';

export const serveArgs = {
  ...commonArgs,
  ...jsonArg,
  port: { type: 'string', description: 'Port to listen on (PORT, else 3000)', valueHint: 'N' },
  host: { type: 'string', description: 'Address to listen on (HOST, else 127.0.0.1)', valueHint: 'ADDRESS' },
  samples: {
    type: 'boolean',
    default: true,
    description: 'Load the sample library into an empty embedded library',
    negativeDescription: 'Leave an empty library empty',
  },
} as const;

export const serve = defineCommand({
  meta: {
    name: 'serve',
    description:
      'Serve the product over HTTP; embedded it also works on the queue, with DATABASE_URL that is for zhujiao work',
  },
  args: serveArgs,
  run: ({ args }) =>
    runServer(readConfig(args), { samples: args.samples, browser: false, announce: announceTo(args.json) }),
});
