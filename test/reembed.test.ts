import { tellReembedding } from './reembedding-story.ts';

/** Embedded: commands work through the server that holds the data directory, or hold it themselves. */
tellReembedding(
  async () => ({}),
  async () => undefined,
);
